/// Numbers in the byte order of PCI.
extension [UInt8] {
    /// Nil beyond the end.
    func word(at offset: Int) -> UInt16? { little(offset, 2).map(UInt16.init(truncatingIfNeeded:)) }
    /// Nil beyond the end.
    func dword(at offset: Int) -> UInt32? { little(offset, 4).map(UInt32.init(truncatingIfNeeded:)) }

    private func little(_ offset: Int, _ count: Int) -> UInt64? {
        guard offset >= 0, offset <= self.count - count else { return nil }
        return (0..<count).reduce(0) { $0 | UInt64(self[offset + $1]) << UInt64($1 * 8) }
    }

    /// The caller has looked whether there is room.
    mutating func set(_ value: UInt16, at offset: Int) {
        self[offset] = UInt8(truncatingIfNeeded: value)
        self[offset + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }

    /// What has to be added so that all of `range` add up to 0 modulo 256.
    func complement(of range: Range<Int>) -> UInt8 { 0 &- self[range].reduce(0, &+) }

    /// Where `pattern` begins for the first time; nil if it does not.
    func position(of pattern: [UInt8], from start: Int = 0) -> Int? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        var at = start
        while at <= count - pattern.count {
            if self[at] == first, self[at..<at + pattern.count].elementsEqual(pattern) { return at }
            at += 1
        }
        return nil
    }

    func contains(_ text: String) -> Bool { position(of: Array(text.utf8)) != nil }

    mutating func pad(to size: Int) {
        if count < size { append(contentsOf: repeatElement(0, count: size - count)) }
    }
}
