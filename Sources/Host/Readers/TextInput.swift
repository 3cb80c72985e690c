import BerthDiagnostics
import BerthPCI

/// The lines of a text file that somebody else made: not too long, no binary, UTF-8.
struct TextInput: Sequence {
    /// Larger files are refused before they are read; a dump of 65,536 functions with 64 bytes each fits.
    static let limit = ByteCount.mib(8)

    let file: String
    private let bytes: [UInt8]

    /// `expected` completes the sentence "expected ..." of the messages.
    init(_ bytes: [UInt8], file: String, expected: String) throws(InputError) {
        guard bytes.count <= Int(Self.limit.rawValue) else {
            throw InputError(
                tooLarge(bytes.count, expected), rule: "host-dump-too-large", at: SourceLocation(file: file))
        }
        self.init(unchecked: bytes, file: file)
        var isBlank = true
        for line in self {
            if let fault = line.firstBinary {
                throw InputError(
                    binary(line.bytes[fault], expected), rule: "host-dump-binary", at: line.location(fault))
            }
            isBlank = isBlank && line.isBlank
        }
        if isBlank {
            throw InputError(empty(expected), rule: "host-dump-empty", at: SourceLocation(file: file))
        }
    }

    /// For a look at text that may turn out to be anything.
    init(unchecked bytes: [UInt8], file: String) {
        self.file = file
        self.bytes = bytes
    }

    func makeIterator() -> Iterator {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        return Iterator(file: file, bytes: bytes, position: bytes.starts(with: mark) ? mark.count : 0)
    }

    struct Iterator: IteratorProtocol {
        fileprivate let file: String
        fileprivate let bytes: [UInt8]
        fileprivate var position: Int
        private var number = 0

        fileprivate init(file: String, bytes: [UInt8], position: Int) {
            self.file = file
            self.bytes = bytes
            self.position = position
        }

        mutating func next() -> TextLine? {
            guard position < bytes.count else { return nil }
            number += 1
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            var end = position
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            position += 1
            return TextLine(file: file, number: number, bytes: bytes[start..<end])
        }
    }
}

/// One line without its end; indices are those of the whole file.
struct TextLine {
    let file: String
    let number: Int
    let bytes: ArraySlice<UInt8>

    var isBlank: Bool { bytes.allSatisfy(Self.isSpace) }
    static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// The position of an index, which may be the end of the line.
    func location(_ index: Int) -> SourceLocation {
        let before = String(decoding: bytes[bytes.startIndex..<index], as: UTF8.self)
        return SourceLocation(file: file, line: number, column: before.count + 1)
    }

    /// Runs of bytes without spaces, from `start` on.
    func fields(from start: Int) -> [ArraySlice<UInt8>] { bytes[start...].split(whereSeparator: Self.isSpace) }

    /// Index of the first NUL or of the first byte that is not UTF-8.
    fileprivate var firstBinary: Int? {
        var isASCII = true
        for index in bytes.indices {
            if bytes[index] == 0 { return index }
            if bytes[index] >= 0x80 { isASCII = false }
        }
        if isASCII { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var index = bytes.startIndex
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar): index += scalar.count
            case .error: return index
            case .emptyInput: return nil
            }
        }
    }
}

/// User text for a message: quoted, at most 40 characters, nothing that moves a cursor.
func quoted(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(160), as: UTF8.self)
    let shown = text.prefix(40).map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f } ? $0 : "?" }
    return "'\(String(shown))\(text.count > 40 ? "..." : "")'"
}

private func tooLarge(_ count: Int, _ expected: String) -> String {
    "the file has \(ByteCount(UInt64(count))), more than the limit of \(TextInput.limit); expected \(expected)"
}

private func binary(_ byte: UInt8, _ expected: String) -> String {
    "byte \(Hexadecimal.string(byte, digits: 2)) does not belong to UTF-8 text; expected \(expected)"
}

private func empty(_ expected: String) -> String { "the file is empty; expected \(expected)" }
