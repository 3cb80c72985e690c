import BerthDiagnostics
import BerthXML

/// Completes a domain as libvirt 9.0 does when it is defined: devices and controllers that nobody wrote, then an
/// address for every PCI device.
package enum DomainAddresses {
    /// Errors: what libvirt would refuse, in its words, at the device it is about.
    package static func assign(_ written: WrittenDomain) throws(DomainRefusals) -> AssignedDomain {
        DocumentStage.assigned.note()
        var assigner = AddressAssigner(try DomainDefaults.complete(written))
        assigner.run()
        guard assigner.refusals.isEmpty else { throw DomainRefusals(assigner.refusals) }
        return AssignedDomain(written: written, lists: assigner.domain.lists)
    }
}

/// A device by its kind and its place among them.
package struct DeviceReference: Hashable {
    package var kind: DomainDevice.Kind
    package var index: Int

    package init(kind: DomainDevice.Kind, index: Int) {
        self.kind = kind
        self.index = index
    }
}

/// Two passes: the first finds out which controllers are missing, the second gives out addresses.
///
/// Source: `qemuDomainAssignPCIAddresses` in src/qemu/qemu_domain_address.c @ 9.0.0.
struct AddressAssigner {
    var domain: UnfinishedDomain
    var set: PCIAddressSet
    private(set) var refusals: [DomainRefusal] = []
    let isExpress: Bool

    init(_ domain: UnfinishedDomain) {
        self.domain = domain
        set = PCIAddressSet(buses: [], mayGrow: true, libvirt: domain.libvirt)
        isExpress = domain[.controller].contains { $0.isPCIController && $0.index == 0 && $0.model == "pcie-root" }
    }

    mutating func run() {
        let highest = domain[.controller].filter(\.isPCIController).compactMap(\.index).max() ?? -1
        if highest >= 0 {
            set = PCIAddressSet(buses: [], mayGrow: true, libvirt: domain.libvirt)
            guard firstPass(highest) else { return }
        }
        set = PCIAddressSet(buses: set.buses, mayGrow: false, libvirt: domain.libvirt)
        guard attempt(nil, { assigner throws(AddressRefusal) in try assigner.prepareBuses(assigner.set.buses.count) }),
            collect(), reserveChipset(), assignDevices()
        else { return }
        setMultifunction()
        completeControllers()
    }

    private mutating func firstPass(_ highest: Int) -> Bool {
        guard attempt(nil, { assigner throws(AddressRefusal) in try assigner.prepareBuses(highest + 1) }),
            collect(), reserveChipset()
        else { return false }
        if hasPCIRoot, !set.buses.allSatisfy(\.isFull) {
            // Room for one more device, so that a bridge comes before the bus is full.
            guard
                attempt(
                    nil,
                    { assigner throws(AddressRefusal) in _ = try assigner.set.reserveNext(for: [.pci, .autoAssign]) })
            else { return false }
        }
        guard assignDevices() else { return false }
        if highest == 0, set.buses.count > 1, isExpress {
            // Who named no controller gets a free port for hotplug.
            guard
                attempt(
                    nil,
                    { assigner throws(AddressRefusal) in _ = try assigner.set.reserveNext(for: [.pcie, .autoAssign]) })
            else { return false }
        }
        return addControllers()
    }

    private var hasPCIRoot: Bool {
        domain[.controller].contains { $0.isPCIController && $0.index == 0 && $0.model == "pci-root" }
    }

    /// Controllers for the buses that the first pass added.
    private mutating func addControllers() -> Bool {
        let known = Set(domain[.controller].filter(\.isPCIController).compactMap(\.index))
        var index = 1
        // An added controller can need yet another bus.
        while index < set.buses.count {
            defer { index += 1 }
            guard !known.contains(index) else { continue }
            var controller = DomainDevice(.controller, type: "pci", model: set.buses[index].model)
            controller.index = index
            let needs = PCIConnect.pciController(controller.model)
            let reference = DeviceReference(kind: .controller, index: domain.add(controller))
            guard
                attempt(reference, { assigner throws(AddressRefusal) in _ = try assigner.set.reserveNext(for: needs) })
            else { return false }
        }
        return true
    }

    /// The buses that have a controller, and the kind of bus that fills the gaps.
    ///
    /// Source: `qemuDomainPCIAddressSetCreate`.
    private mutating func prepareBuses(_ count: Int) throws(AddressRefusal) {
        var buses = [AddressBus?](repeating: nil, count: count)
        for controller in domain[.controller] where controller.isPCIController {
            guard let index = controller.index, buses.indices.contains(index) else { continue }
            guard let bus = AddressBus(model: controller.model, allowsHotplug: controller.target.hotplug != false)
            else {
                throw AddressRefusal(.controllerModel, "PCI controller model was not set correctly")
            }
            buses[index] = bus
        }
        let filler = isExpress ? "pcie-root-port" : "pci-bridge"
        set.buses = buses.enumerated().compactMap { index, bus in
            bus ?? AddressBus(model: index == 0 ? "pci-root" : filler)
        }
    }

    /// Every address that is written, or was found before.
    ///
    /// Source: `qemuDomainCollectPCIAddress`.
    private mutating func collect() -> Bool {
        var isGood = true
        for kind in DomainDevice.Kind.allCases {
            for index in domain[kind].indices {
                guard var address = domain[kind][index].address.pci else { continue }
                let device = domain[kind][index]
                guard !device.isConsoleOfSerial(at: index) else { continue }
                if device.isPartOfPIIX3(at: address) {
                    guard set.buses.isEmpty || set.buses[0].offers.contains(.pci) else {
                        refuse(
                            AddressRefusal(
                                .piix3Bus, "Bus 0 must be PCI for integrated PIIX3 USB or IDE controllers"),
                            device)
                        isGood = false
                        continue
                    }
                    continue
                }
                let needs = PCIConnect.needs(of: device, onExpress: isExpress)
                // Libvirt goes on with a device that should have no such address.
                let assumed: PCIConnect = needs.isEmpty ? .pci : needs
                let reference = DeviceReference(kind: kind, index: index)
                let isReserved = attempt(reference) { assigner throws(AddressRefusal) in
                    try assigner.set.reserve(&address, for: assumed)
                }
                if isReserved { domain.update(reference) { $0.address = .pci(address) } } else { isGood = false }
            }
        }
        return isGood
    }

    /// Source: `virDomainPCIAddressSetAllMulti` in src/conf/domain_addr.c @ 9.0.0.
    private mutating func setMultifunction() {
        var slots: Set<DomainPCIAddress> = []
        for kind in DomainDevice.Kind.allCases {
            for device in domain[kind] {
                guard let address = device.address.pci, address.function != 0 else { continue }
                slots.insert(DomainPCIAddress(domain: address.domain, bus: address.bus, slot: address.slot))
            }
        }
        guard !slots.isEmpty else { return }
        for kind in DomainDevice.Kind.allCases {
            for index in domain[kind].indices {
                guard var address = domain[kind][index].address.pci, address.function == 0,
                    address.multifunction == nil, slots.contains(address)
                else { continue }
                address.multifunction = true
                domain.update(DeviceReference(kind: kind, index: index)) { $0.address = .pci(address) }
            }
        }
    }

    /// Runs a step, and says false where libvirt would give up.
    mutating func attempt(
        _ reference: DeviceReference?, _ step: (inout AddressAssigner) throws(AddressRefusal) -> Void
    ) -> Bool {
        do throws(AddressRefusal) {
            try step(&self)
            return true
        } catch {
            refuse(error, reference.map { domain[$0.kind][$0.index] })
            return false
        }
    }

    mutating func refuse(_ refusal: AddressRefusal, _ device: DomainDevice?) {
        let blamed = device?.element.map { $0.first("address") ?? $0 } ?? domain.element
        var found = DomainRefusal(refusal.rule, refusal.message, at: blamed.location(file: domain.file))
        found.taken = refusal.taken
        refusals.append(found)
    }
}

extension DomainDevice {
    /// The first console is another name of the first serial device, and repeats its address
    /// (`virDomainSkipBackcompatConsole` in src/conf/domain_conf.c @ 9.0.0).
    func isConsoleOfSerial(at index: Int) -> Bool {
        kind == .console && index == 0 && ["", "none", "serial"].contains(type)
    }

    /// The IDE and USB functions of PIIX3, whose places are taken with those of the chipset.
    func isPartOfPIIX3(at address: DomainPCIAddress) -> Bool {
        guard kind == .controller, index == 0, address.domain == 0, address.bus == 0, address.slot == 1 else {
            return false
        }
        return type == "ide" && address.function == 1
            || type == "usb" && (model == "piix3-uhci" || model.isEmpty) && address.function == 2
    }
}
