import BerthPCI

/// The host bridge driver's books: what each root bridge asked for, and what it got.
///
/// Source: `NotifyPhase`, `SubmitResources`, `GetProposedResources`, `AllocateResource` in
/// MdeModulePkg/Bus/Pci/PciHostBridgeDxe/PciHostBridge.c @ edk2-stable202211.
struct HostBridge {
    private enum Status { case none, submitted, allocated }

    private struct Entry {
        var status = Status.none
        var base: UInt64 = 0
        var length: UInt64 = 0
        /// A mask. Nobody resets it, and it decides the order also for types that are no longer asked for.
        var alignment: UInt64 = 0
    }

    private let apertures: PlatformApertures
    /// By root bridge and type.
    private var entries: [[Entry]]
    private var ports: FirstFit
    private var memory: FirstFit

    init(_ apertures: PlatformApertures, rootBridges: Int) {
        self.apertures = apertures
        entries = Array(
            repeating: Array(repeating: Entry(), count: ResourceType.allCases.count), count: rootBridges)
        ports = FirstFit()
        memory = FirstFit()
    }

    /// False if the request is malformed: 4 GiB or more of 32-bit memory.
    mutating func submit(_ windows: [ResourceType: ResourceNode], rootBridge: Int) -> Bool {
        if let window = windows[.memory32], window.length >= 1 << 32 { return false }
        for (type, window) in windows {
            entries[rootBridge][type.rawValue].length = window.length
            entries[rootBridge][type.rawValue].alignment = window.alignment
            entries[rootBridge][type.rawValue].status = .submitted
        }
        return true
    }

    /// True if everything that was asked for has a place.
    mutating func allocate() -> Bool {
        var isComplete = true
        for rootBridge in entries.indices {
            var handled: Set<ResourceType> = []
            for turn in ResourceType.allCases {
                guard entries[rootBridge][turn.rawValue].status != .none else {
                    handled.insert(turn)
                    continue
                }
                guard let type = next(rootBridge, handled) else { continue }
                handled.insert(type)
                let entry = entries[rootBridge][type.rawValue]
                if let base = place(type, length: entry.length, alignment: entry.alignment) {
                    entries[rootBridge][type.rawValue].base = base
                    entries[rootBridge][type.rawValue].status = .allocated
                } else {
                    isComplete = false
                }
            }
        }
        for rootBridge in entries.indices {
            for type in entries[rootBridge].indices where entries[rootBridge][type].status != .allocated {
                entries[rootBridge][type].length = 0
            }
        }
        return isComplete
    }

    /// The largest alignment first; among equals the later type. A type that is no longer asked for counts
    /// until its turn: with a large alignment left over it goes first, fails, and takes the turn of another.
    private func next(_ rootBridge: Int, _ handled: Set<ResourceType>) -> ResourceType? {
        ResourceType.allCases.filter { !handled.contains($0) }.max {
            (entries[rootBridge][$0.rawValue].alignment, $0.rawValue)
                < (entries[rootBridge][$1.rawValue].alignment, $1.rawValue)
        }
    }

    private mutating func place(_ type: ResourceType, length: UInt64, alignment: UInt64) -> UInt64? {
        switch type {
        case .io:
            return ports.allocate(length, alignment: alignment, in: apertures.io)
        case .memory64:
            if let high = apertures.above4GiB, let base = memory.allocate(length, alignment: alignment, in: high) {
                return base
            }
            return memory.allocate(length, alignment: alignment, in: apertures.below4GiB)
        case .memory32:
            return memory.allocate(length, alignment: alignment, in: apertures.below4GiB)
        // Root bridges have no apertures for prefetchable memory.
        case .prefetchable32, .prefetchable64: return nil
        }
    }

    func base(_ rootBridge: Int, _ type: ResourceType) -> UInt64? {
        let entry = entries[rootBridge][type.rawValue]
        return entry.status == .allocated ? entry.base : nil
    }

    /// Types that lack space, as the bus driver sees it: of several root bridges the last one that asked decides.
    ///
    /// Source: `GetResourceAllocationStatus` in PciBusDxe/PciEnumerator.c @ edk2-stable202211.
    var unsatisfiedTypes: [ResourceType] {
        ResourceType.allCases.filter { type in
            let last = entries.last { $0[type.rawValue].status != .none }
            return last.map { $0[type.rawValue].status == .submitted } ?? false
        }
    }

    /// Gives back what was allocated. What was not stays submitted, with a length of 0 that can never be
    /// allocated.
    mutating func free() {
        for rootBridge in entries.indices {
            for type in entries[rootBridge].indices where entries[rootBridge][type].status == .allocated {
                entries[rootBridge][type].status = .none
                entries[rootBridge][type].length = 0
            }
        }
        ports = FirstFit()
        memory = FirstFit()
    }
}

/// Ranges already given away.
private struct FirstFit {
    /// Ascending and disjoint.
    private var taken: [ClosedRange<UInt64>] = []

    /// The first aligned place; nil if there is none.
    mutating func allocate(_ length: UInt64, alignment mask: UInt64, in aperture: ClosedRange<UInt64>) -> UInt64? {
        guard length > 0 else { return nil }
        var candidate = Alignment.up(aperture.lowerBound, to: mask &+ 1)
        for (position, range) in taken.enumerated() {
            guard let start = candidate, let last = Self.last(start, length), last <= aperture.upperBound else {
                return nil
            }
            if last < range.lowerBound {
                taken.insert(start...last, at: position)
                return start
            }
            if start <= range.upperBound { candidate = Alignment.up(range.upperBound + 1, to: mask &+ 1) }
        }
        guard let start = candidate, let last = Self.last(start, length), last <= aperture.upperBound else {
            return nil
        }
        taken.append(start...last)
        return start
    }

    private static func last(_ start: UInt64, _ length: UInt64) -> UInt64? {
        let (last, overflow) = start.addingReportingOverflow(length - 1)
        return overflow ? nil : last
    }
}
