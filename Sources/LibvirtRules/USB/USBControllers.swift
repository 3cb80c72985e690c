import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Controllers of USB.
enum USBControllers: RuleTable {
    static let all = [model, ports, portLimit, once, master]

    private static let postparse = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"]

    private static func model(_ controller: XMLElement) -> String? {
        controller["type"] == "usb" ? controller["model"] ?? "piix3-uhci" : nil
    }

    private static let model = RuleRow.devices(
        "controller", "usb-model", "a USB controller is one of a PC", remedy: "write model='qemu-xhci'",
        sources: postparse,
        "qusb1 and qusb2 are Xen's, vt82c686b-uhci that of other machines."
    ) { controller, _, report in
        switch model(controller) {
        case "qusb1", "qusb2":
            report.refuse(
                "USB controller model type 'qusb1' or 'qusb2' is not supported in QEMU", at: controller, "model")
        case "vt82c686b-uhci":
            report.refuse(
                "USB controller model 'vt82c686b-uhci' not supported in this QEMU binary", at: controller, "model")
        default: break
        }
    }

    /// What ports= says, to controllers that are there.
    private static func ports(_ controller: XMLElement) -> (model: String, count: Int32)? {
        guard let model = model(controller), !["qusb1", "qusb2", "vt82c686b-uhci", "none"].contains(model),
            let ports = controller["ports"].flatMap({ LibvirtNumber.signed($0, base: 10) })
        else { return nil }
        return (model, ports)
    }

    private static let ports = RuleRow.devices(
        "controller", "usb-ports", "the number of ports is set on xHCI", sources: postparse,
        "Others have as many as their registers."
    ) { controller, _, report in
        guard let (model, _) = ports(controller), !["qemu-xhci", "nec-xhci"].contains(model) else { return }
        report.surplus(
            "usb controller type '\(model)' doesn't support 'ports' with this QEMU binary", controller, "ports")
    }

    private static let portLimit = RuleRow.devices(
        "controller", "usb-port-count", "xHCI has at most 15 ports", remedy: "write ports='15'", sources: postparse,
        "QEMU's has registers for them."
    ) { controller, _, report in
        guard let (model, count) = ports(controller), ["qemu-xhci", "nec-xhci"].contains(model), count > 15 else {
            return
        }
        report.refuse("'\(model)' controller only supports up to '15' ports", at: controller, "ports")
    }

    private static let once = RuleRow.domain(
        "usb-controller-once", "a USB controller has an index of its own", remedy: "write another index",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressSetAddController"],
        "Only companions share the index of their master; they have no ports of their own."
    ) { domain, report in
        guard let assigned = domain.assigned else { return }
        var seen: Set<Int> = []
        for controller in assigned[.controller] where controller.type == "usb" && controller.usbPorts > 0 {
            guard let index = controller.index, !seen.insert(index).inserted else { continue }
            report.refuse(
                "Duplicate USB controllers with index \(index)", at: controller.element ?? domain.root)
        }
    }

    private static let master = RuleRow.domain(
        "usb-master", "a USB companion has a master of the same index",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildUSBControllerFindMasterAlias"],
        """
        The UHCI controllers of ICH9 are companions: they share the bus of a USB 2 controller that has their index. What libvirt
        defines without one it cannot make a command line of.
        """
    ) { domain, report in
        let controllers = domain.assigned?[.controller].filter { $0.type == "usb" } ?? []
        let masters = Set(controllers.filter { $0.masterPort == nil }.compactMap(\.index))
        for controller in controllers where controller.masterPort != nil {
            guard let index = controller.index, !masters.contains(index) else { continue }
            report.refuse(
                "masterbus not found", at: controller.element ?? domain.root,
                fix: "add <controller type='usb' index='\(index)' model='ich9-ehci1'/>")
        }
    }
}

extension DomainDevice {
    /// Ports of a USB controller; companions have none of their own.
    ///
    /// Source: `virDomainUSBAddressControllerModelToPorts` in src/conf/domain_addr.c @ 9.0.0.
    var usbPorts: Int {
        switch model {
        case "piix3-uhci", "piix4-uhci", "vt82c686b-uhci", "": 2
        case "ehci", "ich9-ehci1": 6
        case "pci-ohci": 3
        case "qemu-xhci", "nec-xhci", "qusb1", "qusb2":
            self[attribute: "ports"].flatMap { LibvirtNumber.signed($0, base: 10) }.map { Int($0) } ?? 4
        default: 0
        }
    }
}
