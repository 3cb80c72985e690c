package import BerthPCI

/// The addresses of one function's BARs: a small dictionary that needs no memory of its own, because a whole
/// segment has sixty-five thousand of them.
package struct BARAddresses: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// Bit n: the register at position n has an address.
    private var present: UInt8 = 0
    // By name, not in a vector, whose alignment would double the size of an outcome.
    private var bar0: UInt64 = 0
    private var bar1: UInt64 = 0
    private var bar2: UInt64 = 0
    private var bar3: UInt64 = 0
    private var bar4: UInt64 = 0
    private var bar5: UInt64 = 0
    private var rom: UInt64 = 0

    package init() {}

    package init(dictionaryLiteral elements: (BARIndex, UInt64)...) {
        for (index, address) in elements { self[index] = address }
    }

    init(_ addresses: [BARIndex: UInt64]) {
        for (index, address) in addresses { self[index] = address }
    }

    /// Nil: unassigned, or no register of a header.
    package subscript(index: BARIndex) -> UInt64? {
        get {
            let position = index.position
            guard (0..<7).contains(position), present & 1 << UInt8(position) != 0 else { return nil }
            switch position {
            case 0: return bar0
            case 1: return bar1
            case 2: return bar2
            case 3: return bar3
            case 4: return bar4
            case 5: return bar5
            default: return rom
            }
        }
        set {
            let position = index.position
            guard (0..<7).contains(position) else { return }
            present = newValue == nil ? present & ~(1 << UInt8(position)) : present | 1 << UInt8(position)
            let address = newValue ?? 0
            switch position {
            case 0: bar0 = address
            case 1: bar1 = address
            case 2: bar2 = address
            case 3: bar3 = address
            case 4: bar4 = address
            case 5: bar5 = address
            default: rom = address
            }
        }
    }

    package var isEmpty: Bool { present == 0 }
    package var count: Int { present.nonzeroBitCount }
}
