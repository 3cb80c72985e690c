import BerthDiagnostics
import BerthHost
import BerthPCI
import Testing

/// Dumps made in the test itself.
enum Dump {
    /// The 256 bytes of a function as `lspci -xxx` prints them, with words put at offsets.
    static func hex(_ words: [(offset: Int, value: UInt64, count: Int)], length: Int = 256) -> String {
        var bytes = [UInt8](repeating: 0, count: length)
        for word in words {
            for index in 0..<word.count {
                bytes[word.offset + index] = UInt8(truncatingIfNeeded: word.value >> UInt64(8 * index))
            }
        }
        return stride(from: 0, to: length, by: 16).map { row in
            let cells = bytes[row..<(row + 16)].map { Hexadecimal.plain($0, digits: 2) }
            return "\(Hexadecimal.plain(row, digits: 2)): \(cells.joined(separator: " "))\n"
        }.joined()
    }

    static func graphics(
        _ device: UInt64, _ words: [(offset: Int, value: UInt64, count: Int)], class code: UInt64 = 0x03_0000
    ) -> String {
        hex([(0, 0x8086, 2), (2, device, 2), (8, code << 8 | 4, 4), (0x2c, 0x17aa, 2), (0x2e, 0x2238, 2)] + words)
    }

    static func read(_ text: String) throws(InputError) -> HostInventory {
        try LspciDump.read(Array(text.utf8), file: "dump.txt")
    }

    /// What the reader says about a text it must refuse.
    static func refusal(_ text: String) throws -> Finding { try refusal(bytes: Array(text.utf8)) }

    static func refusal(bytes: [UInt8]) throws -> Finding {
        let error = #expect(throws: InputError.self) { try LspciDump.read(bytes, file: "dump.txt") }
        return try #require(error?.findings.first)
    }
}
