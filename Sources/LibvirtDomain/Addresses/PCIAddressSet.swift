import BerthDiagnostics
import BerthStack

/// Why libvirt gives up, in its words.
struct AddressRefusal: Error {
    var rule: DomainRule
    var message: String
    /// The address that somebody else has.
    var taken: DomainPCIAddress?
    init(_ rule: DomainRule, _ message: String, taken: DomainPCIAddress? = nil) {
        self.rule = rule
        self.message = message
        self.taken = taken
    }
}

/// The addresses in use, bus by bus.
///
/// Source: src/conf/domain_addr.c @ 9.0.0.
struct PCIAddressSet {
    var buses: [AddressBus]
    /// The first of two passes: missing buses are added.
    let mayGrow: Bool
    let libvirt: LibvirtRelease

    /// Takes an address that somebody chose. A bus that is not there is added in the first pass, and the bus of the
    /// address moves by one where that takes two controllers.
    ///
    /// Source: `virDomainPCIAddressReserveAddr`.
    mutating func reserve(
        _ address: inout DomainPCIAddress, for needs: PCIConnect, isChosen: Bool = true
    ) throws(AddressRefusal) {
        let written = address
        if mayGrow { try grow(&address.bus, needs) }
        try check(address, as: written, needs, isChosen: isChosen)
        guard !buses[address.bus].isInUse(slot: address.slot, function: address.function) else {
            throw AddressRefusal(.pciDoubleUse, "Attempted double use of PCI Address \(written)", taken: written)
        }
        buses[address.bus].take(
            slot: address.slot, function: address.function, sharing: needs.contains(.aggregate))
    }

    /// The first place that fits: lowest bus, lowest slot with nothing in it.
    ///
    /// Source: `virDomainPCIAddressReserveNextAddr`, `virDomainPCIAddressGetNextAddr`.
    mutating func reserveNext(for needs: PCIConnect, function: Int? = nil) throws(AddressRefusal) -> DomainPCIAddress {
        guard !buses.isEmpty else { throw AddressRefusal(.pciNoBus, "No PCI buses available") }
        var place: DomainPCIAddress?
        for (index, bus) in buses.enumerated() {
            guard misfit(needs, bus, index, isChosen: false) == nil else { continue }
            if let free = bus.free(function: function, sharing: needs.contains(.aggregate)) {
                place = DomainPCIAddress(bus: index, slot: free.slot, function: free.function)
                break
            }
        }
        if place == nil, mayGrow {
            var bus = buses.count
            try grow(&bus, needs)
            place = DomainPCIAddress(bus: bus, slot: buses[bus].slots.lowerBound, function: function ?? 0)
        }
        guard var place else { throw AddressRefusal(.pciNoSlot, "No more available PCI slots") }
        try reserve(&place, for: needs, isChosen: false)
        return place
    }

    /// `written` is the address in messages.
    ///
    /// Source: `virDomainPCIAddressValidate`.
    func check(
        _ address: DomainPCIAddress, as written: DomainPCIAddress, _ needs: PCIConnect, isChosen: Bool = true
    ) throws(AddressRefusal) {
        guard !buses.isEmpty else { throw AddressRefusal(.pciNoBus, "No PCI buses available") }
        guard address.domain == 0 else {
            throw AddressRefusal(.pciDomain, "Invalid PCI address \(written). Only PCI domain 0 is available")
        }
        guard buses.indices.contains(address.bus) else {
            throw AddressRefusal(
                .pciBusMissing,
                "Invalid PCI address \(written). Only PCI buses up to \(buses.count - 1) are available")
        }
        let bus = buses[address.bus]
        if let misfit = misfit(needs, bus, address.bus, isChosen: isChosen) {
            throw AddressRefusal(.pciConnection, "The device at PCI address \(written) \(misfit.sentence)")
        }
        if address.slot < bus.slots.lowerBound {
            throw AddressRefusal(
                .pciSlotRange, "Invalid PCI address \(written). slot must be >= \(bus.slots.lowerBound)")
        }
        if address.slot > bus.slots.upperBound {
            throw AddressRefusal(
                .pciSlotRange, "Invalid PCI address \(written). slot must be <= \(bus.slots.upperBound)")
        }
        if address.function > 7 {
            throw AddressRefusal(.pciAddressRange, "Invalid PCI address \(written). function must be <= 7")
        }
    }

    /// Why a device cannot be on a bus.
    private enum Misfit {
        case integrated
        case notAutomatic(index: Int)
        case wrongKind(PCIConnect, index: Int)

        /// The rest of libvirt's sentence.
        var sentence: String {
            switch self {
            case .integrated: return "needs to be an integrated device (bus=0)"
            case .notAutomatic(let index):
                return "was auto-assigned this address, but the PCI controller with index='\(index)' "
                    + "doesn't allow auto-assignment"
            case .wrongKind(let needs, let index):
                guard let kind = needs.typeName else {
                    return "has unrecognized connection type flags "
                        + Hexadecimal.string(needs.intersection(.types).rawValue, digits: 2)
                }
                return "cannot be plugged into the PCI controller with index='\(index)'. "
                    + "It requires a controller that accepts a \(kind)."
            }
        }
    }

    /// Nil if it fits.
    ///
    /// Source: `virDomainPCIAddressFlagsCompatible`.
    private func misfit(_ needs: PCIConnect, _ bus: AddressBus, _ index: Int, isChosen: Bool) -> Misfit? {
        var offers = bus.offers
        if needs.contains(.integrated) {
            guard index == 0 else { return .integrated }
            // Without .pci before 9.1, where nothing that is integrated is conventional.
            offers.formUnion([.pci, .autoAssign])
        }
        if !isChosen, needs.contains(.autoAssign), !offers.contains(.autoAssign) { return .notAutomatic(index: index) }
        guard !needs.isSatisfied(by: offers, isChosen: isChosen) else { return nil }
        return .wrongKind(isChosen && needs.contains(.pciBridge) ? needs.union(.pci) : needs, index: index)
    }

    /// Adds the controllers that bus number `bus` takes.
    ///
    /// Source: `virDomainPCIAddressSetGrow`.
    private mutating func grow(_ bus: inout Int, _ needs: PCIConnect) throws(AddressRefusal) {
        // 11.3 adds no port for a pcie-to-pci-bridge, 12.8 does: recorded.
        let isLate = LibvirtSpan.since(11, 4).contains(libvirt)
        var missing = bus - buses.count + 1
        guard missing > 0 else { return }
        let model: String
        var needsBridge = false
        if needs.contains(.pci) {
            model = "pci-bridge"
            needsBridge = !buses.contains { $0.offers.contains(.pciBridge) }
            if needsBridge, missing == 1 {
                // A root port and a bridge in it.
                missing += 1
                bus += 1
            }
        } else if needs.contains(.pcie) || needs.contains(.upstreamPort)
            || isLate && needs.contains(.expressToPCIBridge)
        {
            model = "pcie-root-port"
        } else if let controller = needs.controllerModel {
            throw AddressRefusal(
                .pciNoSlot,
                "a \(isLate ? "PCIe" : "PCI") slot is needed to connect a PCI controller model='\(controller)', but none is available, "
                    + "and it cannot be automatically added")
        } else {
            throw AddressRefusal(
                .pciNoSlot,
                "Cannot automatically add a new PCI bus for a device with connect flags "
                    + Hexadecimal.plain(needs.rawValue, digits: 2))
        }
        var added: [AddressBus?] = []
        if needsBridge {
            // Nothing else gets into that root port.
            var port = AddressBus(model: "pcie-root-port")
            port?.offers = .expressToPCIBridge
            added = [port, AddressBus(model: "pcie-to-pci-bridge")]
        }
        while added.count < missing { added.append(AddressBus(model: model)) }
        buses += added.compactMap { $0 }
    }
}
