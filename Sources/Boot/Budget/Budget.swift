package import BerthPCI
package import BerthTopology

/// How full a guest's address space is, and what would still fit.
package struct Budget: Hashable, Sendable {
    /// Root apertures first, then the windows of the bridges in tree order.
    package var spaces: [Space]
    package var buses: BusNumbers
    /// The largest 32-bit BAR that one more device could have, everything else placed anew; nil: none.
    package var largest32BitBAR: ByteCount?
    /// The same for a 64-bit prefetchable BAR.
    package var largest64BitBAR: ByteCount?

    /// One range that addresses are handed out from.
    package struct Space: Hashable, Sendable {
        /// `I/O`, `below 4 GiB`, `above 4 GiB`, or the bridge and the kind of window.
        package var name: String
        package var size: ByteCount
        package var used: ByteCount
        /// The largest naturally aligned block that is free now, without moving anything: what hot-plug can use.
        package var largestFree: ByteCount?
    }

    package struct BusNumbers: Hashable, Sendable {
        /// Numbers that some bus has.
        package var used: Int
        package let available = 256
    }

    /// `outcome` must not be a halt.
    package init(_ topology: GuestTopology, _ tree: PCITree, _ outcome: FirmwareOutcome) {
        spaces = SpaceAccounting(tree: tree, outcome: outcome).spaces()
        buses = BusNumbers(used: Set(outcome.busNumbers.compactMap { $0 }).count)
        largest32BitBAR = Headroom.largest(topology, upTo: 31) { .memory32(size: $0, prefetchable: false) }
        largest64BitBAR = Headroom.largest(topology, upTo: 45) { .memory64(size: $0, prefetchable: true) }
    }
}

/// What lies in which range.
struct SpaceAccounting {
    let tree: PCITree
    let outcome: FirmwareOutcome

    func spaces() -> [Budget.Space] {
        var spaces: [Budget.Space] = []
        let roots = Set(tree.roots)
        let rootRanges = ranges { roots.contains($0.bus) }
        let apertures: [(String, Bool, UInt64, UInt64)?] = [
            outcome.apertures.io.map { ("I/O", true, $0.start.rawValue, $0.last.rawValue) },
            outcome.apertures.below4GiB.map { ("below 4 GiB", false, $0.start.rawValue, $0.last.rawValue) },
            outcome.apertures.above4GiB.map { ("above 4 GiB", false, $0.start.rawValue, $0.last.rawValue) },
        ]
        for case let (name, isIO, first, last)? in apertures {
            spaces.append(space(name, first, last, rootRanges.filter { $0.isIO == isIO }))
        }
        for (index, function) in tree.functions.enumerated() {
            guard let bridge = function.bridge, let registers = outcome.functions[index].bridge else { continue }
            let inside = ranges { $0.bus == bridge.secondaryBus }
            for window in [registers.io, registers.memory, registers.prefetchable]
            where window.isOpen && window.limit > 0xfffff || window.kind == .io && window.isOpen && window.base > 0 {
                spaces.append(
                    space(
                        "\(function.name) \(Self.names[window.kind] ?? "")", window.base, window.limit,
                        inside.filter { $0.isIO == (window.kind == .io) }))
            }
        }
        return spaces
    }

    private static let names: [BridgeWindow.Kind: String] = [
        .io: "I/O window", .memory: "memory window", .prefetchableMemory: "prefetchable window",
    ]

    private struct Taken {
        var isIO: Bool
        var range: GuestRange
    }

    /// BARs, ROM space and windows of the functions that the test lets through.
    private func ranges(where belongs: (PCIFunction) -> Bool) -> [Taken] {
        var taken: [Taken] = []
        for (index, function) in tree.functions.enumerated() where belongs(function) {
            let result = outcome.functions[index]
            for bar in function.bars {
                let start = bar.index == .rom ? result.romReservation : result.addresses[bar.index]
                guard let start, let range = GuestRange(start: GuestPhysicalAddress(start), size: bar.kind.size) else {
                    continue
                }
                taken.append(Taken(isIO: bar.kind.isIO, range: range))
            }
            guard let bridge = result.bridge else { continue }
            for window in [bridge.io, bridge.memory, bridge.prefetchable] where window.isOpen {
                guard
                    let range = GuestRange(
                        first: GuestPhysicalAddress(window.base), last: GuestPhysicalAddress(window.limit))
                else { continue }
                taken.append(Taken(isIO: window.kind == .io, range: range))
            }
        }
        return taken
    }

    private func space(_ name: String, _ first: UInt64, _ last: UInt64, _ taken: [Taken]) -> Budget.Space {
        guard let whole = GuestRange(first: GuestPhysicalAddress(first), last: GuestPhysicalAddress(last)) else {
            return Budget.Space(name: name, size: .zero, used: .zero, largestFree: nil)
        }
        let used = FreeSpace(taken.compactMap { $0.range.intersection(whole) })
        var free = FreeSpace([whole])
        for range in used.ranges { free.remove(range) }
        return Budget.Space(
            name: name, size: whole.size, used: used.total, largestFree: free.largestNaturallyAligned?.size)
    }
}

/// What would still fit, found by trying.
enum Headroom {
    /// The largest power of two up to `2^bits` that a BAR of one more device can have.
    static func largest(_ topology: GuestTopology, upTo bits: UInt64, kind: (ByteCount) -> BARKind) -> ByteCount? {
        let tree = topology.resolve().tree
        let used = Set(tree.buses[0].functions.map { tree.functions[$0].devfn >> 3 })
        guard let free = (1..<UInt8(32)).first(where: { !used.contains($0) }) else { return nil }
        // Larger BARs never fit where smaller ones do not, so the answer can be halved for.
        var low: UInt64 = 11
        var high = bits + 1
        while low + 1 < high {
            let middle = (low + high) / 2
            if fits(topology, at: topology.rootSlot(free), kind(ByteCount(1 << middle))) {
                low = middle
            } else {
                high = middle
            }
        }
        return low > 11 ? ByteCount(1 << low) : nil
    }

    private static func fits(_ topology: GuestTopology, at slot: Slot, _ kind: BARKind) -> Bool {
        var copy = topology
        var device = Device(id: "headroom", model: "headroom", at: slot)
        device.described = DescribedFunction(
            vendor: 0x1b36, device: 0xffff, classCode: .unclassified, bars: [BAR(.bar(0), kind)])
        copy.devices.append(device)
        let tree = copy.resolve().tree
        let outcome = FirmwareModels.model(for: copy.firmware).boot(copy, tree)
        guard outcome.halted == nil, let index = tree.index(at: slot) else { return false }
        return outcome.functions[index].addresses[.bar(0)] != nil && !outcome.functions.contains { $0.isRejected }
    }
}
