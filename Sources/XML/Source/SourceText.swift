/// A document's bytes in a form in which every character of markup is one byte.
struct SourceText: Hashable, Sendable {
    /// The bytes as given, or the UTF-8 of a document in UTF-16.
    let bytes: [UInt8]
    let encoding: Encoding
    /// Where the text begins, behind a byte order mark.
    let start: Int

    enum Encoding: Hashable, Sendable {
        case utf8
        /// ASCII, ISO 8859, Windows: a byte is a character, the lower half is ASCII.
        case singleByte
        case utf16(isLittleEndian: Bool)
    }

    /// Nil for an encoding in which bytes below 0x80 can be part of another character.
    ///
    /// Source: XML 1.0 (fifth edition), appendix F, and the names of IANA that libxml2 knows.
    init?(_ given: [UInt8]) {
        if given.starts(with: [0xff, 0xfe, 0, 0]) || given.starts(with: [0, 0, 0xfe, 0xff]) { return nil }
        if given.starts(with: [0xef, 0xbb, 0xbf]) {
            self.init(given, .utf8, start: 3)
        } else if given.starts(with: [0xff, 0xfe]) || given.starts(with: [0x3c, 0, 0x3f, 0]) {
            self.init(utf16: given, isLittleEndian: true)
        } else if given.starts(with: [0xfe, 0xff]) || given.starts(with: [0, 0x3c, 0, 0x3f]) {
            self.init(utf16: given, isLittleEndian: false)
        } else {
            let name = Self.declaredEncoding(given) ?? "utf-8"
            // UTF-16 that is none: libxml2 takes it for UTF-8, too.
            if ["utf-8", "utf8", "utf-16", "utf16"].contains(name) {
                self.init(given, .utf8, start: 0)
            } else if ["iso-8859-", "iso8859-", "windows-125", "cp125"].contains(where: name.hasPrefix)
                || ["us-ascii", "ascii", "latin1", "latin-1", "iso-latin-1"].contains(name)
            {
                self.init(given, .singleByte, start: 0)
            } else {
                return nil
            }
        }
    }

    private init(_ bytes: [UInt8], _ encoding: Encoding, start: Int) {
        self.bytes = bytes
        self.encoding = encoding
        self.start = start
    }

    /// Nil for an odd number of bytes or half a surrogate pair: it could not be written back.
    private init?(utf16 given: [UInt8], isLittleEndian: Bool) {
        guard given.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: 0, to: given.count, by: 2).map { index in
            isLittleEndian
                ? UInt16(given[index]) | UInt16(given[index + 1]) << 8
                : UInt16(given[index]) << 8 | UInt16(given[index + 1])
        }
        guard let text = String(validating: units, as: UTF16.self) else { return nil }
        self.init(Array(text.utf8), .utf16(isLittleEndian: isLittleEndian), start: units.first == 0xfeff ? 3 : 0)
    }

    func continuesCharacter(_ byte: UInt8) -> Bool {
        if byte & 0xc0 != 0x80 { return false }
        return encoding != .singleByte
    }

    /// The bytes of this text, or of one made from it, in the document's own encoding.
    func encoded(_ text: [UInt8]) -> [UInt8] {
        guard case .utf16(let isLittleEndian) = encoding else { return text }
        return String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
            let pair = [UInt8(unit & 0xff), UInt8(unit >> 8)]
            return isLittleEndian ? pair : pair.reversed()
        }
    }

    /// For people: characters of a single-byte encoding are taken for those of ISO 8859-1.
    func readable(_ bytes: [UInt8]) -> String {
        guard encoding == .singleByte else { return String(decoding: bytes, as: UTF8.self) }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// What an XML declaration in ASCII says, in lower case.
    private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "<?xml".utf8), let end = bytes.prefix(1024).firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self)
        guard let name = declaration.firstRange(of: "encoding") else { return nil }
        let rest = declaration[name.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
        return rest.dropFirst().prefix { $0 != quote }.lowercased()
    }
}
