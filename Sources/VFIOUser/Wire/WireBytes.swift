/// Little-endian numbers out of a message; asking beyond its end gives nil.
struct WireReader {
    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = ArraySlice(Array(bytes))
        at = 0
    }

    /// What has not been read.
    var rest: [UInt8] { Array(bytes[at...]) }

    mutating func next<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let width = MemoryLayout<Number>.size
        guard bytes.count - at >= width else { return nil }
        var value: Number = 0
        for index in (0..<width).reversed() { value = value << 8 | Number(truncatingIfNeeded: bytes[at + index]) }
        at += width
        return value
    }
}

extension [UInt8] {
    /// Appends a number, least significant byte first.
    mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
