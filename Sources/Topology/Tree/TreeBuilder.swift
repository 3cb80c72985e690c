package import BerthDiagnostics
import BerthPCI

extension GuestTopology {
    /// The PCI functions this guest will have, with every reason why QEMU would refuse to start it.
    ///
    /// The tree leaves out what has an error, so that it can still be shown.
    package func resolve() -> (tree: PCITree, findings: [Finding]) {
        var builder = TreeBuilder(self)
        builder.build()
        return (builder.tree, builder.findings)
    }

    /// The tree, or an error that carries the findings.
    package func resolved() throws(InputError) -> PCITree {
        let (tree, findings) = resolve()
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw InputError(.unusable, errors) }
        return tree
    }
}

/// Puts devices into a tree, one run a value.
struct TreeBuilder {
    private(set) var topology: GuestTopology
    var tree: PCITree
    var findings: [Finding] = []
    var buses: [BusName: Int]
    private var taken: [Slot: String] = [:]
    private var ids: [String: String] = [:]
    private let compatibility: MachineCompatibility
    /// Whether no device had to wait for a bus that a later one brings.
    private(set) var isInOrder = true

    init(_ topology: GuestTopology) {
        self.topology = topology
        compatibility = MachineCompatibility(topology)
        let root = PCIBus(
            name: topology.rootBus, parent: .root(number: 0), isExpress: topology.machine.type.isExpress, functions: [])
        tree = PCITree(buses: [root], functions: [])
        buses = [topology.rootBus: 0]
    }

    mutating func build() {
        start()
        finish()
    }

    /// Everything but added BARs and what is checked at the end.
    mutating func start() {
        let count = topology.devices.count + 8
        ids.reserveCapacity(count)
        taken.reserveCapacity(count)
        tree.functions.reserveCapacity(count)
        for function in MachineFunctions.of(topology.machine) { add(function, at: nil) }
        if let igd = topology.igd {
            ids[igd.id] = "vfio-pci"
            if igd.slot.bus == topology.rootBus { addIGD(igd) }
        }
        addDevices(topology.devices.indices)
        // Behind a port it comes when the port is there.
        if let igd = topology.igd, igd.slot.bus != topology.rootBus { addIGD(igd) }
    }

    /// `topology` is the guest so far with devices behind its own.
    mutating func extend(to topology: GuestTopology) {
        let known = self.topology.devices.count
        self.topology = topology
        addDevices(known..<topology.devices.count)
    }

    mutating func finish() {
        for added in topology.addedBARs { extend(added) }
        checkSlots()
        checkLimits()
        for bus in tree.buses.indices {
            tree.buses[bus].functions.sort { tree.functions[$0].devfn < tree.functions[$1].devfn }
        }
    }

    /// Bridges bring buses, so a device may have to wait for a later one.
    private mutating func addDevices(_ indices: Range<Int>) {
        var waiting = Array(indices)
        for device in topology.devices[indices] {
            if let earlier = ids.updateValue(device.model, forKey: device.id) {
                report(
                    "the id '\(device.id)' is used twice, first for a device \(earlier)", "duplicate-id", device)
            }
        }
        var count = -1
        while count != waiting.count {
            count = waiting.count
            waiting.removeAll { index in
                guard buses[topology.devices[index].slot.bus] != nil else { return false }
                place(index)
                return true
            }
            isInOrder = isInOrder && waiting.isEmpty
        }
        for index in waiting {
            let device = topology.devices[index]
            let known = buses.keys.map(\.rawValue).sorted()
            report(
                "bus '\(device.slot.bus)' not found; the buses are \(known.joined(separator: ", "))"
                    + NearestName.hint(device.slot.bus.rawValue, among: known), "missing-bus", device)
        }
    }

    private mutating func place(_ index: Int) {
        let device = compatibility.applied(to: topology.devices[index])
        guard let bus = buses[device.slot.bus] else { return }
        guard var function = makeFunction(device, index: index, bus: bus) else { return }
        do throws(PropertyProblem) {
            if device.described == nil {
                let parent = tree.buses[bus]
                if function.header == .bridge { function.bridge = Bridge(secondaryBus: -1) }
                try DeviceBehaviours.of(function.model)?.apply(to: &function, device: device, on: parent)
                try OptionROM.apply(to: &function, device: device)
                function.settlePortType(on: parent)
                if try device.bool("x-disable-pcie") == true { function.portType = nil }
            } else if device.model == UserDevice.model {
                try OptionROM.apply(to: &function, device: device)
            }
            if let expander = Expander.models[device.model] {
                try addExpander(expander, function, device, index)
                return
            }
        } catch {
            return report("'\(device.id)': \(error.property): \(error.message)", "device-property", device)
        }
        for violation in BARLayoutViolation.check(function.bars, header: function.header) {
            report("'\(device.id)': \(violation)", "bar-layout", device)
        }
        guard add(function, at: device) else { return }
        if function.bridge != nil { addBus(below: tree.functions.count - 1, named: BusName(device.id), device) }
    }

    private mutating func makeFunction(_ device: Device, index: Int, bus: Int) -> PCIFunction? {
        let model: DeviceModel
        if let described = device.described {
            model = DeviceModel(
                name: device.model, vendor: described.vendor, device: described.device, subsystem: nil,
                classCode: described.classCode, revision: 0, header: .endpoint, interruptPin: 0, portType: nil,
                capabilities: [], bars: described.bars.sorted { $0.index < $1.index })
        } else if let known = DeviceCatalogue.model(named: device.model, of: topology.qemu)
            ?? Expander.models[device.model]?.row(of: topology.qemu)
        {
            model = known
        } else if let other = DeviceCatalogue.model(named: device.model) {
            let since = other.releases.first.map { $0 > topology.qemu ? "; it came with \($0)" : "" } ?? ""
            report("QEMU \(topology.qemu) has no device model '\(device.model)'\(since)", "unknown-device", device)
            return nil
        } else {
            report(
                "'\(device.model)' is not a device model we know\(DeviceCatalogue.hint(for: device.model)); "
                    + "describe it in a topology file with identity, class and bars", "unknown-device", device)
            return nil
        }
        return PCIFunction(
            name: device.id, qdevID: device.id, model: model.name, bus: bus, devfn: device.slot.devfn,
            vendor: device.identity?.vendor ?? model.vendor, device: device.identity?.device ?? model.device,
            subsystem: model.subsystem, classCode: device.identity?.classCode ?? model.classCode,
            revision: model.revision, header: model.header, isMultifunction: device.multifunction ?? false,
            bars: model.bars, portType: model.portType, bridge: nil, origin: .device(index))
    }

    /// False if the slot is taken or cannot be used.
    @discardableResult
    mutating func add(_ function: PCIFunction, at device: Device?) -> Bool {
        let bus = tree.buses[function.bus]
        let slot = Slot(bus.name, devfn: function.devfn)
        if let occupant = taken[slot] {
            report(
                "\(describe(slot)) is taken by '\(occupant)', so '\(function.name)' cannot be there "
                    + "(QEMU: slot \(slot.device) function \(slot.function) not available for \(function.model))",
                "duplicate-address", device)
            return false
        }
        if slot.device != 0, tree.hasOnlySlotZero(function.bus) {
            // QEMU 7.2 takes it, later releases do not; no guest sees it.
            report(
                "'\(function.name)' is in slot \(slot.device) of '\(bus.name)'; a port has only slot 0, and no guest will see it",
                "port-slot", device, severity: .warning)
        }
        if let problem = busProblem(function) {
            report("'\(function.name)' cannot be on '\(bus.name)': \(problem.message)", problem.rule, device)
            return false
        }
        guard reserve(besides: function, on: bus, device) else { return false }
        taken[slot] = function.name
        tree.functions.append(function)
        tree.buses[function.bus].functions.append(tree.functions.count - 1)
        return true
    }

    /// Places of virtual functions; false if they are taken.
    private mutating func reserve(besides function: PCIFunction, on bus: PCIBus, _ device: Device?) -> Bool {
        if VirtualFunctions.overflow(function.model, at: function.devfn, topology.qemu) {
            report(
                "'\(function.name)': its virtual functions are 80 and more behind it and go beyond the bus (QEMU: VF addr overflows)",
                "duplicate-address", device)
            return false
        }
        for devfn in VirtualFunctions.places(of: function.model, at: function.devfn, topology.qemu) {
            let place = Slot(bus.name, devfn: devfn)
            if let occupant = taken[place] {
                report(
                    "\(describe(place)), where a virtual function of '\(function.name)' goes, is taken by '\(occupant)'",
                    "duplicate-address", device)
                return false
            }
            taken[place] = "a virtual function of \(function.name)"
        }
        return true
    }

    mutating func addBus(below function: Int, named name: BusName, isExpress: Bool? = nil, _ device: Device?) {
        guard buses[name] == nil else {
            // Nothing can be behind it, and nobody may look there.
            tree.functions[function].bridge = nil
            return report("there is already a bus '\(name)'", "duplicate-id", device)
        }
        let type = tree.functions[function].portType
        let express = isExpress ?? (type != nil && type != .expressToPCIBridge)
        buses[name] = tree.buses.count
        tree.functions[function].bridge?.secondaryBus = tree.buses.count
        tree.buses.append(PCIBus(name: name, parent: .bridge(function), isExpress: express, functions: []))
    }

    private func describe(_ slot: Slot) -> String {
        slot.bus == topology.rootBus ? "00:\(slot.slotText)" : "\(slot)"
    }

    mutating func report(_ message: String, _ rule: RuleID, _ device: Device?, severity: Severity = .error) {
        findings.append(Finding(severity, message, rule: rule, at: device?.location ?? topology.igd?.location))
    }
}
