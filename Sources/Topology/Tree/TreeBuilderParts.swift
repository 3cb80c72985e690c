import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack

/// The expander devices, which add a root bus with a number of its own.
///
/// Source: hw/pci-bridge/pci_expander_bridge.c @ QEMU 7.2, 10.0.
package struct Expander: Sendable {
    private var name: String
    private var device: UInt16
    var isExpress: Bool
    /// Its root bus is one of CXL.
    package var isCXL = false

    package static let models: [String: Expander] = [
        "pxb": Expander(name: "pxb", device: 0x0009, isExpress: false),
        "pxb-pcie": Expander(name: "pxb-pcie", device: 0x000b, isExpress: true),
        "pxb-cxl": Expander(name: "pxb-cxl", device: 0x000b, isExpress: true, isCXL: true),
    ]

    /// The one of CXL has no identity up to 8.0, and then that of a `pxb-pcie`.
    func row(of release: QEMURelease) -> DeviceModel {
        let isNameless = isCXL && !release.namesCXLExpander
        return DeviceModel(
            name: name, vendor: isNameless ? 0 : 0x1b36, device: isNameless ? 0 : device,
            subsystem: .init(vendor: 0x1af4, device: 0x1100), classCode: .hostBridge, revision: 0, header: .endpoint,
            interruptPin: 0, portType: nil, capabilities: [], bars: [])
    }
}

extension TreeBuilder {
    /// A root bus; on a conventional expander with a bridge in it, on which devices then sit.
    mutating func addExpander(
        _ expander: Expander, _ function: PCIFunction, _ device: Device, _ index: Int
    ) throws(PropertyProblem) {
        if expander.isCXL, topology.machine.cxlWindows == nil {
            throw PropertyProblem(
                property: "model", message: "CXL host bridges present, but cxl=off; give the machine 'cxl=on'")
        }
        guard let number = try device.number("bus_nr", in: 1...255).map(UInt8.init) else {
            throw PropertyProblem(property: "bus_nr", message: "missing: the new root bus needs a number from 1 to 255")
        }
        let isTaken = tree.buses.contains { bus in bus.parent == .root(number: number) }
        guard !isTaken else {
            throw PropertyProblem(property: "bus_nr", message: "bus \(number) is already in use")
        }
        guard add(function, at: device) else { return }
        let name = expander.isExpress ? BusName(device.id) : BusName("\(device.id)-internal")
        buses[name] = tree.buses.count
        tree.buses.append(
            PCIBus(name: name, parent: .root(number: number), isExpress: expander.isExpress, functions: []))
        guard !expander.isExpress, let row = DeviceCatalogue.model(named: "pci-bridge") else { return }
        let bridge = PCIFunction(
            name: device.id, qdevID: device.id, model: row.name, bus: tree.buses.count - 1, devfn: 0,
            vendor: row.vendor, device: row.device, subsystem: nil, classCode: row.classCode, revision: row.revision,
            header: .bridge, isMultifunction: false, bars: [], portType: nil, bridge: Bridge(secondaryBus: -1),
            origin: .expander(index))
        if add(bridge, at: device) { addBus(below: tree.functions.count - 1, named: BusName(device.id), device) }
    }

    /// The assigned IGD, and the LPC bridge that QEMU makes for it.
    mutating func addIGD(_ igd: IGDAssignment) {
        guard let bus = buses[igd.slot.bus] else {
            let known = buses.keys.map(\.rawValue).sorted()
            return report(
                "bus '\(igd.slot.bus)' of the IGD not found; the buses are \(known.joined(separator: ", "))"
                    + NearestName.hint(igd.slot.bus.rawValue, among: known), "missing-bus", nil)
        }
        let function = PCIFunction(
            name: igd.id, qdevID: igd.id, model: "vfio-pci", bus: bus, devfn: igd.slot.devfn,
            vendor: igd.shownVendor, device: igd.device, subsystem: nil, classCode: igd.shownClass(by: topology.qemu),
            revision: igd.revision, header: .endpoint,
            isMultifunction: igd.isMultifunction, bars: igd.bars, portType: nil, bridge: nil, origin: .igd)
        guard add(function, at: nil) else { return }
        guard IGDInQEMU(topology)?.createsLPCBridge == true else { return }
        // Identity is copied from the host's bridge; where that is not known, any Intel one will do.
        let companion = PCIFunction(
            name: "igd-lpc", qdevID: nil, model: "vfio-pci-igd-lpc-bridge", bus: 0, devfn: 0x1f << 3, vendor: 0x8086,
            device: igd.hostLPC ?? 0, subsystem: nil, classCode: .isaBridge, revision: 0, header: .endpoint,
            isMultifunction: false, bars: [], portType: nil, bridge: nil, origin: .igdCompanion)
        add(companion, at: nil)
    }

    /// A BAR that a placement adds: it needs a function, and free registers there.
    mutating func extend(_ added: AddedBAR) {
        guard let index = tree.index(at: added.slot) else {
            return report("there is no function at \(added.slot) to add \(added.bar.index) to", "missing-carrier", nil)
        }
        tree.functions[index].bars.append(added.bar)
        tree.functions[index].bars.sort { $0.index < $1.index }
        for violation in BARLayoutViolation.check(tree.functions[index].bars, header: tree.functions[index].header) {
            report("'\(tree.functions[index].name)' with an added BAR: \(violation)", "bar-layout", nil)
        }
    }

    /// QEMU refuses functions 1 to 7 beside a function 0 that is not multifunction
    /// (`pci_init_multifunction` in hw/pci/pci.c @ QEMU 7.2); without function 0 firmware never sees them. QEMU starts
    /// such a guest; an IGD that nobody sees is no use to anyone, and there is nothing to plan for it.
    mutating func checkSlots() {
        for bus in tree.buses {
            guard bus.functions.contains(where: { tree.functions[$0].devfn & 7 != 0 }) else { continue }
            var first = [Int?](repeating: nil, count: 32)
            for index in bus.functions where tree.functions[index].devfn & 7 == 0 {
                let device = Int(tree.functions[index].devfn >> 3)
                first[device] = first[device] ?? index
            }
            for index in bus.functions where tree.functions[index].devfn & 7 != 0 {
                let zero = first[Int(tree.functions[index].devfn >> 3)]
                if let zero, tree.functions[zero].isMultifunction { continue }
                let function = tree.functions[index]
                let device: Device? =
                    if case .device(let number) = function.origin { topology.devices[number] } else { nil }
                let place = "\(bus.name):\(PCIAddress(bus: 0, devfn: function.devfn).slotText)"
                if let zero {
                    let zero = tree.functions[zero]
                    if zero.origin != .machine {
                        report(
                            "'\(function.name)' is at \(place), but function 0 there, '\(zero.name)', is not multifunction",
                            "single-function", device)
                    }
                } else {
                    report(
                        "'\(function.name)' is at \(place), where there is no function 0: no guest will look for it",
                        "no-function-zero", device, severity: function.origin == .igd ? .error : .warning)
                }
            }
        }
    }
}
