import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Which device becomes an element, which an argument, and what libvirt will call each bus.
struct DomainPlan {
    let topology: GuestTopology
    let tree: PCITree
    /// Indices of the devices, each after the bridge it sits behind.
    private(set) var order: [Int] = []
    private(set) var forms: [Int: Form] = [:]
    private(set) var buses: [BusName: LibvirtBus]
    /// QEMU ids under which devices appear when they need one: `ua-` and a tidied id, each its own.
    private(set) var aliases: [String: String] = [:]
    private(set) var igdAlias = ""

    enum Form: Hashable {
        /// A PCI controller with this index; its QEMU id and bus are `pci.INDEX`.
        case controller(index: Int, PCIControllerModel)
        /// Libvirt has an element for the model and accepts the place.
        case element
        /// JSON in `qemu:commandline`.
        case argument
    }

    init(_ topology: GuestTopology) throws(EmissionRefusal) {
        self.topology = topology
        tree = try topology.emittableTree()
        let root = LibvirtBus(
            id: topology.rootBus.rawValue, index: 0, model: topology.machine.type == .pc ? "pci-root" : "pcie-root")
        buses = [topology.rootBus: root]
        nameDevices()
        try placeDevices()
    }

    /// Libvirt takes no empty name and none with a slash or a line feed, so such characters become `-`.
    var domainName: String {
        let name = String(topology.name.map { $0 == "/" || $0.isNewline ? "-" : $0 })
        return name.allSatisfy(\.isWhitespace) ? "guest" : name
    }

    private mutating func nameDevices() {
        var taken: Set<String> = []
        func claim(_ id: String) -> String {
            let tidy = "ua-" + String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" })
            var alias = tidy
            var number = 2
            while !taken.insert(alias).inserted {
                alias = "\(tidy)-\(number)"
                number += 1
            }
            return alias
        }
        if let igd = topology.igd { igdAlias = claim(igd.id) }
        for device in topology.devices { aliases[device.id] = claim(device.id) }
    }

    func alias(_ device: Device) -> String { aliases[device.id] ?? device.id }

    private mutating func placeDevices() throws(EmissionRefusal) {
        var waiting = Array(topology.devices.indices)
        var nextIndex = 1
        while !waiting.isEmpty {
            let ready = waiting.filter { buses[topology.devices[$0].slot.bus] != nil }
            // The tree has no errors, so there is a bus for every device.
            guard !ready.isEmpty else { return }
            waiting.removeAll { ready.contains($0) }
            for index in ready {
                let device = topology.devices[index]
                guard let bus = buses[device.slot.bus] else { continue }
                order.append(index)
                guard let model = PCIControllerModel.named(device.model) else {
                    forms[index] = bus.accepts(nil, at: device.slot) ? .element : .argument
                    continue
                }
                if bus.accepts(model.model, at: device.slot), nextIndex <= 255 {
                    forms[index] = .controller(index: nextIndex, model)
                    buses[BusName(device.id)] = LibvirtBus(id: "pci.\(nextIndex)", index: nextIndex, model: model.model)
                    nextIndex += 1
                } else {
                    forms[index] = .argument
                    buses[BusName(device.id)] = LibvirtBus(id: alias(device), index: nil, model: nil)
                }
            }
        }
    }
}
