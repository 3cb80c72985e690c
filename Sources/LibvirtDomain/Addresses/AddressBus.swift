/// A bus while addresses are given out.
struct AddressBus {
    /// The model of the controller above it; empty until that is known.
    private(set) var model = ""
    var offers: PCIConnect = []
    private(set) var slots: ClosedRange<Int> = 0...0
    /// A bit for each function in use, slot by slot.
    private var functions = SIMD32<UInt8>()
    /// A bit for each slot that root ports share.
    private var shared: UInt32 = 0

    init() {}

    /// Nil for a model that is no PCI controller.
    ///
    /// Source: `virDomainPCIAddressBusSetModel` in src/conf/domain_addr.c @ 9.0.0.
    init?(model: String, allowsHotplug: Bool = true) {
        self.model = model
        let conventional: PCIConnect = [.autoAssign, .pci, .pciBridge]
        let plug: PCIConnect = allowsHotplug ? .hotpluggable : []
        switch model {
        case "pci-root": (offers, slots) = (conventional.union(.expander).union(plug), 1...31)
        case "pci-bridge", "pcie-to-pci-bridge": (offers, slots) = (conventional.union(plug), 1...31)
        case "pci-expander-bus": (offers, slots) = (conventional.union(plug), 0...31)
        case "pcie-root": (offers, slots) = ([.pcie, .rootPort, .dmiBridge, .expressExpander], 1...31)
        case "dmi-to-pci-bridge": (offers, slots) = ([.pci, .pciBridge], 0...31)
        case "pcie-root-port", "pcie-switch-downstream-port":
            offers = [.autoAssign, .pcie, .upstreamPort, .expressToPCIBridge]
            offers.formUnion(plug)
            slots = 0...0
        case "pcie-switch-upstream-port": (offers, slots) = (.downstreamPort, 0...31)
        case "pcie-expander-bus": (offers, slots) = ([.rootPort, .dmiBridge], 0...31)
        default: return nil
        }
    }

    func isInUse(slot: Int) -> Bool { functions[slot] != 0 }
    func isInUse(slot: Int, function: Int) -> Bool { functions[slot] & 1 << UInt8(function) != 0 }
    var isFull: Bool { slots.allSatisfy { functions[$0] != 0 } }

    mutating func take(slot: Int, function: Int, sharing: Bool) {
        if sharing, functions[slot] == 0 { shared |= 1 << UInt32(slot) }
        functions[slot] |= 1 << UInt8(function)
    }

    /// The first slot with nothing in it; for a device that shares, the first free function of a shared slot, too.
    ///
    /// `function` is the one wanted; nil for any.
    /// Source: `virDomainPCIAddressFindUnusedFunctionOnBus` in src/conf/domain_addr.c @ 9.0.0.
    func free(function: Int?, sharing: Bool) -> (slot: Int, function: Int)? {
        for slot in slots {
            if functions[slot] == 0 { return (slot, function ?? 0) }
            guard sharing, shared & 1 << UInt32(slot) != 0 else { continue }
            let candidates = function.map { $0...$0 } ?? 0...7
            if let free = candidates.first(where: { !isInUse(slot: slot, function: $0) }) { return (slot, free) }
        }
        return nil
    }
}
