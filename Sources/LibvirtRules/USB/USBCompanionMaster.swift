import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct USBCompanionMaster: DomainCheck {
    let rule = DomainRule(
        "usb-master", "a USB companion has a master of the same index",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildUSBControllerFindMasterAlias"],
        """
        The UHCI controllers of ICH9 are companions: they share the bus of a USB 2 controller that has their index. What
        libvirt defines without one it cannot make a command line of.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned else { return [] }
        let controllers = assigned[.controller].filter { $0.type == "usb" }
        let masters = Set(controllers.filter { $0.masterPort == nil }.compactMap(\.index))
        return controllers.compactMap { controller in
            guard controller.masterPort != nil, let index = controller.index, !masters.contains(index) else {
                return nil
            }
            return finding(
                "masterbus not found", at: controller.element ?? domain.root, in: domain,
                fix: "add <controller type='usb' index='\(index)' model='ich9-ehci1'/>")
        }
    }
}
