import BerthPCI

/// The tree that `lspci -t` draws, with names (`-tv`) or numbers (`-tn`, `-tvnn`).
///
///     -[0000:00]-+-00.0  Intel Corporation Device [8086:4660]
///                +-02.0  Intel Corporation Raptor Lake-S GT1 [UHD Graphics 770] [8086:a780]
///                +-1c.0-[01]----00.0  Intel Corporation Ethernet Controller I226-V [8086:125c]
///                \-1f.0  Intel Corporation Z690 Chipset LPC/eSPI Controller [8086:7a84]
///
/// Of what is behind bridges nothing is taken: which bus it is on, the drawing tells only in part.
struct LspciTree {
    struct Node: Hashable {
        /// Of the root bus that the line begins; nil where it goes on with the one before.
        var bus: (segment: UInt16, number: UInt8)?
        /// How far the drawing goes before the function.
        var column: Int
        var devfn: UInt8
        /// Empty for a bridge, and without `-v`.
        var name: Substring

        static func == (a: Node, b: Node) -> Bool { a.column == b.column && a.devfn == b.devfn && a.name == b.name }
        func hash(into hasher: inout Hasher) { hasher.combine(column) }
    }

    private var bus: (segment: UInt16, number: UInt8)?
    private var column = 0

    /// Where a function of a root bus is; nil for one behind a bridge.
    mutating func address(of node: Node) -> PCIAddress? {
        if let new = node.bus { (bus, column) = (new, node.column) }
        guard let bus, node.column == column else { return nil }
        return PCIAddress(segment: bus.segment, bus: bus.number, devfn: node.devfn)
    }

    /// Nil for a line that is none of a tree.
    static func node(_ line: TextLine) -> Node? {
        let text = String(decoding: line.bytes.prefix(1024), as: UTF8.self)
        guard let dash = text.firstIndex(of: "-") else { return nil }
        var rest = text[dash...]
        var bus: (UInt16, UInt8)?
        if dash == text.startIndex || text[..<dash].allSatisfy({ $0 == " " || $0 == "+" || $0 == "\\" }),
            rest.hasPrefix("-[")
        {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let parts = rest[rest.index(rest.startIndex, offsetBy: 2)..<end].split(separator: ":")
            guard parts.count == 2, let segment = UInt16(parts[0], radix: 16),
                let number = UInt8(parts[1].prefix(2), radix: 16)
            else { return nil }
            bus = (segment, number)
            rest = rest[rest.index(after: end)...].drop { $0 == "-" }
            if rest.first == "+" { rest = rest.dropFirst() }
            rest = rest.drop { $0 == "-" }
        } else {
            // ` |           +-02.0  ...`
            guard let mark = text[..<dash].last, ["+", "\\"].contains(mark),
                text[..<dash].dropLast().allSatisfy({ $0 == " " || $0 == "|" })
            else { return nil }
            rest = rest.dropFirst()
        }
        let column = text.distance(from: text.startIndex, to: rest.startIndex)
        guard let devfn = devfn(rest.prefix(4)) else { return nil }
        let after = rest.dropFirst(4)
        return Node(bus: bus, column: column, devfn: devfn, name: after.hasPrefix("-") ? "" : after)
    }

    /// `1c.0`
    private static func devfn(_ text: Substring) -> UInt8? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 2, parts[1].count == 1, let slot = UInt8(parts[0], radix: 16),
            slot < 32,
            let function = UInt8(parts[1], radix: 16), function < 8
        else { return nil }
        return slot << 3 | function
    }
}
