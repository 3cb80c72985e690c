package import BerthDiagnostics

/// Unpacks what gzip packed, as far as an archive of text needs it.
///
/// Source: RFC 1951 and RFC 1952.
package struct Inflate {
    /// The most that comes out.
    package static let limit = 64 << 20

    package static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b, 8]) }

    /// Errors: a file that was cut, or is damaged; more than the limit.
    package static func unpack(_ bytes: [UInt8], file: String) throws(InputError) -> [UInt8] {
        do throws(Fault) {
            var whole: [UInt8] = []
            var place = 0
            repeat {
                var state = Inflate(bytes, try header(bytes, place))
                try state.run()
                let (sum, length) = (state.trailer(0), state.trailer(4))
                guard let sum, let length else { throw Fault.cut }
                guard length == UInt32(truncatingIfNeeded: state.output.count), sum == checksum(state.output) else {
                    throw Fault.damaged
                }
                whole += state.output
                place = state.place + 8
            } while place + 18 <= bytes.count && Array(bytes[place..<(place + 2)]) == [0x1f, 0x8b]
            return whole
        } catch {
            throw InputError(error.words, rule: "host-archive", at: SourceLocation(file: file))
        }
    }

    private enum Fault: Error {
        case cut, damaged, tooLarge
        var words: String {
            switch self {
            case .cut: "the archive was cut: it ends before its content does; copy it again"
            case .damaged: "the archive is damaged; copy it again"
            case .tooLarge: "the archive has more than \(Inflate.limit) bytes in it; give the folder"
            }
        }
    }

    private let input: [UInt8]
    private var place: Int
    private var bits: UInt32 = 0
    private var count = 0
    private var output: [UInt8] = []

    private init(_ input: [UInt8], _ place: Int) {
        self.input = input
        self.place = place
    }

    /// Where the packed bytes begin.
    private static func header(_ bytes: [UInt8], _ start: Int) throws(Fault) -> Int {
        guard bytes.count >= start + 18 else { throw .cut }
        guard bytes[start] == 0x1f, bytes[start + 1] == 0x8b, bytes[start + 2] == 8 else { throw .damaged }
        let flags = bytes[start + 3]
        var place = start + 10
        if flags & 4 != 0 { place += 2 + Int(bytes[place]) + Int(bytes[place + 1]) << 8 }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while place < bytes.count, bytes[place] != 0 { place += 1 }
            place += 1
        }
        return flags & 2 != 0 ? place + 2 : place
    }

    private mutating func run() throws(Fault) {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try block(Self.fixedLengths, Self.fixedDistances)
            case 2:
                let (lengths, distances) = try tables()
                try block(lengths, distances)
            default: throw .damaged
            }
        }
        // Whole bytes that were fetched and not needed go back.
        place -= count / 8
        (bits, count) = (0, 0)
    }

    private mutating func take(_ wanted: Int) throws(Fault) -> Int {
        while count < wanted {
            guard place < input.count else { throw .cut }
            bits |= UInt32(input[place]) << UInt32(count)
            place += 1
            count += 8
        }
        let value = Int(bits & (UInt32(1) << UInt32(wanted) - 1))
        bits >>= UInt32(wanted)
        count -= wanted
        return value
    }

    private mutating func stored() throws(Fault) {
        place -= count / 8
        (bits, count) = (0, 0)
        guard place + 4 <= input.count else { throw .cut }
        let length = Int(input[place]) | Int(input[place + 1]) << 8
        let complement = Int(input[place + 2]) | Int(input[place + 3]) << 8
        guard length == ~complement & 0xffff else { throw .damaged }
        place += 4
        guard place + length <= input.count else { throw .cut }
        guard output.count + length <= Self.limit else { throw .tooLarge }
        output += input[place..<(place + length)]
        place += length
    }

    /// Codes of one alphabet: how many have each length, and the symbols in the order of their codes.
    private struct Table {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        /// Whether more codes are asked for than there are, of which none could be read.
        var isOverfull: Bool {
            var free = 1
            for length in 1..<16 {
                free = (free << 1) - counts[length]
                if free < 0 { return true }
            }
            return false
        }

        init(_ lengths: some Sequence<Int>) {
            var ordered = [[Int]](repeating: [], count: 16)
            for (symbol, length) in lengths.enumerated() where length > 0 {
                ordered[length].append(symbol)
                counts[length] += 1
            }
            symbols = ordered.flatMap { $0 }
        }
    }

    private static let fixedLengths = Table(
        (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = Table((0..<30).map { _ in 5 })

    private mutating func symbol(_ table: Table) throws(Fault) -> Int {
        var (code, first, index) = (0, 0, 0)
        for length in 1..<16 {
            code |= try take(1)
            let count = table.counts[length]
            if code - count < first { return table.symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .damaged
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private mutating func tables() throws(Fault) -> (Table, Table) {
        let (literals, distances, codes) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        guard literals <= 286, distances <= 30 else { throw .damaged }
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<codes { lengths[Self.order[index]] = try take(3) }
        let table = Table(lengths)
        guard !table.isOverfull else { throw .damaged }
        var all: [Int] = []
        while all.count < literals + distances {
            let symbol = try symbol(table)
            if symbol < 16 {
                all.append(symbol)
                continue
            }
            guard symbol > 16 || !all.isEmpty else { throw .damaged }
            let value = symbol == 16 ? all.last ?? 0 : 0
            let times = symbol == 16 ? 3 + (try take(2)) : symbol == 17 ? 3 + (try take(3)) : 11 + (try take(7))
            guard all.count + times <= literals + distances else { throw .damaged }
            all += [Int](repeating: value, count: times)
        }
        let pair = (Table(all[..<literals]), Table(all[literals...]))
        guard !pair.0.isOverfull, !pair.1.isOverfull else { throw .damaged }
        return pair
    }

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]

    private mutating func block(_ lengths: Table, _ distances: Table) throws(Fault) {
        while true {
            let symbol = try symbol(lengths)
            if symbol == 256 { return }
            guard output.count < Self.limit else { throw .tooLarge }
            if symbol < 256 {
                output.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < Self.lengthBases.count else { throw .damaged }
            let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
            let code = try self.symbol(distances)
            guard code < Self.distanceBases.count else { throw .damaged }
            let distance = Self.distanceBases[code] + (try take(Self.distanceBits[code]))
            guard distance <= output.count else { throw .damaged }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private func trailer(_ offset: Int) -> UInt32? {
        guard place + offset + 4 <= input.count else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(input[place + offset + $1]) << UInt32(8 * $1) }
    }

    private static let remainders: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { remainders[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }
}
