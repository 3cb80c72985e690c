/// The compression of UEFI: LZ77 with a window of 8 KiB, its words in Huffman codes, block by block.
///
/// Source: UEFI 2.10 §19, "Compression Algorithm Specification".
enum UEFICompression {
    /// More than any driver's.
    private static let limit = 8 << 20

    /// Nil: not compressed like that, cut off, or larger than any driver.
    static func expanded(_ source: [UInt8]) -> [UInt8]? {
        guard let compressed = source.dword(at: 0), let size = source.dword(at: 4), size <= limit,
            Int(compressed) <= source.count - 8
        else { return nil }
        var reader = BitReader(bytes: source[8..<8 + Int(compressed)])
        var output: [UInt8] = []
        output.reserveCapacity(Int(size))
        while output.count < Int(size) {
            guard let block = Block(&reader) else { return nil }
            for _ in 0..<block.words where output.count < Int(size) {
                guard let word = block.characters.next(&reader) else { return nil }
                if word < 256 {
                    output.append(UInt8(word))
                    continue
                }
                let length = word - 256 + 3
                guard let code = block.positions.next(&reader) else { return nil }
                let distance = code < 2 ? code : 1 << (code - 1) + reader.take(code - 1)
                guard !reader.isPastEnd, distance < output.count else { return nil }
                for _ in 0..<min(length, Int(size) - output.count) {
                    output.append(output[output.count - distance - 1])
                }
            }
        }
        return output
    }

    private struct Block {
        var words: Int
        var characters: HuffmanCode
        var positions: HuffmanCode

        /// Three codes, each by the lengths of its words: one for the lengths of the next, characters, positions.
        init?(_ reader: inout BitReader) {
            words = reader.take(16)
            guard words > 0, !reader.isPastEnd,
                let lengths = Self.short(&reader, count: 19, width: 5, gap: true),
                let characters = Self.characters(&reader, by: lengths),
                let positions = Self.short(&reader, count: 14, width: 4, gap: false)
            else { return nil }
            self.characters = characters
            self.positions = positions
        }

        /// `gap`: behind the third length stands how many that follow are 0.
        private static func short(
            _ reader: inout BitReader, count: Int, width: Int, gap: Bool
        ) -> HuffmanCode? {
            let given = reader.take(width)
            if given == 0 { return HuffmanCode(only: reader.take(width)) }
            guard given <= count else { return nil }
            var lengths: [Int] = []
            while lengths.count < given {
                var length = reader.take(3)
                if length == 7 {
                    while reader.take(1) == 1 {
                        length += 1
                        guard length <= 16 else { return nil }
                    }
                }
                lengths.append(length)
                if gap, lengths.count == 3 {
                    lengths += repeatElement(0, count: reader.take(2))
                }
                guard !reader.isPastEnd else { return nil }
            }
            return HuffmanCode(lengths)
        }

        private static func characters(_ reader: inout BitReader, by code: HuffmanCode) -> HuffmanCode? {
            let given = reader.take(9)
            if given == 0 { return HuffmanCode(only: reader.take(9)) }
            guard given <= 510 else { return nil }
            var lengths: [Int] = []
            while lengths.count < given {
                guard let word = code.next(&reader) else { return nil }
                switch word {
                case 0: lengths.append(0)
                case 1: lengths += repeatElement(0, count: reader.take(4) + 3)
                case 2: lengths += repeatElement(0, count: reader.take(9) + 20)
                default: lengths.append(word - 2)
                }
                guard !reader.isPastEnd else { return nil }
            }
            return HuffmanCode(lengths)
        }
    }
}

/// Bits, the highest of a byte first; zeros behind the end.
private struct BitReader {
    let bytes: ArraySlice<UInt8>
    private var position = 0

    init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// A few zeros behind the end are read by every decoder.
    var isPastEnd: Bool { position > bytes.count * 8 + 64 }

    mutating func take(_ count: Int) -> Int {
        var value = 0
        for _ in 0..<count {
            let index = bytes.startIndex + position >> 3
            let bit = index < bytes.endIndex ? bytes[index] >> UInt8(7 - position & 7) & 1 : 0
            value = value << 1 | Int(bit)
            position += 1
        }
        return value
    }
}

/// A canonical Huffman code by the lengths of its words.
private struct HuffmanCode {
    private var only: Int?
    /// By length: the first word, how many there are, where their symbols begin.
    private var rows: [(first: Int, count: Int, start: Int)] = []
    private var symbols: [Int] = []

    init(only symbol: Int) { only = symbol }

    init?(_ lengths: [Int]) {
        guard lengths.allSatisfy({ $0 <= 16 }) else { return nil }
        var first = 0
        for length in 1...16 {
            let members = lengths.indices.filter { lengths[$0] == length }
            rows.append((first, members.count, symbols.count))
            symbols += members
            first = (first + members.count) << 1
        }
    }

    /// Nil: no word of the code.
    func next(_ reader: inout BitReader) -> Int? {
        if let only { return only }
        var word = 0
        for row in rows {
            word = word << 1 | reader.take(1)
            if word - row.first < row.count, word >= row.first { return symbols[row.start + word - row.first] }
        }
        return nil
    }
}
