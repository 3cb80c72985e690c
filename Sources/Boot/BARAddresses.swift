package import BerthPCI

/// The addresses of one function's BARs: a small dictionary that needs no memory of its own, because a whole
/// segment has sixty-five thousand of them.
package struct BARAddresses: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// Bit n: the register at position n has an address.
    private var present: UInt8 = 0
    private var values = SIMD8<UInt64>(repeating: 0)

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
            guard (0..<8).contains(position), present & 1 << UInt8(position) != 0 else { return nil }
            return values[position]
        }
        set {
            let position = index.position
            guard (0..<8).contains(position) else { return }
            present = newValue == nil ? present & ~(1 << UInt8(position)) : present | 1 << UInt8(position)
            values[position] = newValue ?? 0
        }
    }

    package var isEmpty: Bool { present == 0 }
    package var count: Int { present.nonzeroBitCount }
}
