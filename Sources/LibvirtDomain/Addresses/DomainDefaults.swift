import BerthDiagnostics
import BerthStack
import BerthXML

/// What libvirt adds to a domain before it looks at addresses.
///
/// Source: `virDomainDefPostParse` in src/conf/domain_postparse.c, `qemuDomainDefPostParse` in
/// src/qemu/qemu_domain.c @ 9.0.0.
struct DomainDefaults {
    var domain: UnfinishedDomain
    private var refusals: [DomainRefusal] = []

    private init(_ written: WrittenDomain) { domain = UnfinishedDomain(written) }

    /// Errors: what libvirt would refuse, in its words, at the device it is about.
    static func complete(_ written: WrittenDomain) throws(DomainRefusals) -> UnfinishedDomain {
        var defaults = DomainDefaults(written)
        defaults.run()
        guard defaults.refusals.isEmpty else { throw DomainRefusals(defaults.refusals) }
        return defaults.domain
    }

    private mutating func run() {
        nameHostSCSIControllers()
        numberControllers()
        addBoardDevices()
        completeModels()
        checkControllers()
        guard refusals.isEmpty else { return }
        addDriveControllers()
        addSerialControllers()
        addSmartcardControllers()
        nameHostSCSIControllers()
        addVideo()
        completeControllerModels()
        assignSerialPorts()
        checkUSB()
    }

    mutating func refuse(_ message: String, _ rule: DomainRule, _ device: DomainDevice?) {
        let place = (device?.element ?? domain.element).location(file: domain.file)
        refusals.append(DomainRefusal(rule, message, at: place))
    }

    func controller(_ type: String, _ index: Int) -> DomainDevice? {
        domain[.controller].first { $0.type == type && $0.index == index }
    }

    /// At the end, if there is none of that type and index.
    mutating func addController(_ type: String, _ index: Int, model: String = "") {
        guard !domain[.controller].contains(where: { $0.type == type && $0.index == index }) else { return }
        var added = DomainDevice(.controller, type: type, model: model)
        added.index = index
        domain.add(added)
    }

    /// Source: `qemuDomainDefAddDefaultDevices`, `qemuDomainDefAddImplicitInputDevice`.
    private mutating func addBoardDevices() {
        for type in ["mouse", "keyboard"]
        where !isBare && !domain[.input].contains(where: { $0.type == "ps2" && $0[attribute: "type"] == type }) {
            domain[.input].append(DomainDevice(.input, type: "ps2"))
        }
        let chipset = domain.machine.chipset
        if domain.machine.name != "isapc", !isBare {
            addController("usb", 0, model: chipset == .q35 ? "qemu-xhci" : "")
        }
        if chipset == .q35 { addController("sata", 0) }
        if chipset != .none {
            let root = chipset == .q35 ? "pcie-root" : "pci-root"
            if let written = controller("pci", 0), written.model != root {
                refuse(
                    "The PCI controller with index='0' must be model='\(root)' for this machine type, "
                        + "but model='\(written.model)' was found instead", .rootModel, written)
            }
            addController("pci", 0, model: root)
        }
        addIOMMU()
        if domain[.memballoon].isEmpty, !isBare { domain[.memballoon] = [DomainDevice(.memballoon, model: "virtio")] }
    }

    /// A machine without PCI, to which a libvirt later than 11.3 adds nothing: recorded with 12.8.
    private var isBare: Bool {
        domain.machine.name == "microvm" && LibvirtSpan.since(11, 4).contains(domain.libvirt)
    }

    /// More CPUs than an xAPIC can number: an IOMMU that extends and remaps their interrupts.
    ///
    /// Source: NEWS.rst @ 10.10.0, "qemu: Automatically add IOMMU when needed".
    private mutating func addIOMMU() {
        let count = domain.element.first("vcpu").flatMap { LibvirtNumber.unsigned($0.text, base: 10) } ?? 1
        guard domain.machine.chipset == .q35, count > 255, LibvirtSpan.since(10, 10).contains(domain.libvirt) else {
            return
        }
        if domain[.iommu].isEmpty { domain[.iommu] = [DomainDevice(.iommu, model: "intel")] }
        for index in domain[.iommu].indices where domain[.iommu][index].model == "intel" {
            domain.update(DeviceReference(kind: .iommu, index: index)) { device in
                device.interrupts.areRemapped = device.interrupts.areRemapped ?? true
                device.interrupts.areExtended = device.interrupts.areExtended ?? true
            }
        }
    }

    /// Models and places of single devices.
    private mutating func completeModels() {
        for index in domain[.disk].indices {
            domain.update(DeviceReference(kind: .disk, index: index)) { DiskDefaults.complete(&$0) }
        }
        for index in domain[.disk].indices where domain[.disk][index].address == .none {
            let disk = domain[.disk][index]
            guard let name = disk["target", "dev"], DiskName.index(name) < 0 else { continue }
            refuse("Unknown disk name '\(name)' and no address specified", .diskName, disk)
        }
        completeControllerModels()
        completeHostSCSI()
    }

    private mutating func completeControllerModels() {
        for index in domain[.controller].indices {
            domain.update(DeviceReference(kind: .controller, index: index)) { controller in
                switch (controller.type, controller.model) {
                // What QEMU has decides; every QEMU of a distribution has both.
                case ("scsi", ""), ("scsi", "auto"): controller.model = "lsilogic"
                case ("usb", ""): controller.model = "piix3-uhci"
                default: break
                }
            }
        }
    }

    /// Source: `qemuDomainControllerDefPostParse`, `virDomainDefRejectDuplicateControllers`.
    private mutating func checkControllers() {
        let chipset = domain.machine.chipset
        let isLate = LibvirtSpan.since(11, 4).contains(domain.libvirt)
        let cells = domain.element.first("cpu")?.first("numa")?.elements("cell").count ?? 0
        var seen: [String: Set<Int>] = [:]
        for controller in domain[.controller] {
            let index = controller.index ?? 0
            if controller.isPCIController {
                if ["pci-root", "pcie-root"].contains(controller.model), index != 0 {
                    refuse("pci-root and pcie-root controllers should have index 0", .rootIndex, controller)
                }
                if controller.model == "pci-expander-bus", chipset != .i440fx {
                    refuse(
                        "pci-expander-bus controllers are only supported on 440fx-based machinetypes",
                        .expanderMachine, controller)
                }
                if controller.model == "pcie-expander-bus", chipset != .q35 {
                    refuse(
                        "pcie-expander-bus controllers are not supported with this machine type", .expanderMachine,
                        controller)
                }
                if let node = controller.target.numaNode, node >= cells {
                    refuse(
                        "\(controller.model) with index \(index) is configured for a NUMA node (\(node)) not present in "
                            + "the domain's <cpu><numa> array (\(cells))", .numaNode, controller)
                }
                if index > 255 {
                    // Libvirt fills the gap first, and 240 root ports are the most that fit.
                    let message =
                        chipset == .q35
                        ? "a \(isLate ? "PCIe" : "PCI") slot is needed to connect a PCI controller model='pcie-root-port', but none is available, "
                            + "and it cannot be automatically added"
                        : "PCI controller index \(index) too high, maximum is 255"
                    refuse(message, .controllerIndex, controller)
                }
            }
            if controller.type != "usb", seen[controller.type, default: []].insert(index).inserted == false {
                refuse("Multiple '\(controller.type)' controllers with index '\(index)'", .duplicateIndex, controller)
            }
        }
    }

    /// Source: `virDomainDefAddImplicitVideo`.
    private mutating func addVideo() {
        if domain[.video].isEmpty, !domain[.graphics].isEmpty {
            domain[.video] = [DomainDevice(.video, model: "cirrus")]
        }
        // Whatever is written with a video of model none is dropped.
        if domain[.video].first?.model == "none" {
            domain.update(DeviceReference(kind: .video, index: 0)) { $0.address = .none }
        }
    }
}
