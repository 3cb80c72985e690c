/// Which characters and names XML 1.0 (fifth edition) allows, and how the others are written.
enum XMLCharacters {
    /// Production 2, `Char`.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xa, 0xd, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
        default: false
        }
    }

    /// Production 3, the white space of markup.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    /// A name with at most one colon, neither first nor last (Namespaces in XML 1.0, `QName`).
    static func isQualifiedName(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { isNonColonName($0) }
    }

    /// `NCName`.
    static func isNonColonName(_ text: some StringProtocol) -> Bool {
        guard let first = text.unicodeScalars.first, isNameStart(first) else { return false }
        return text.unicodeScalars.dropFirst().allSatisfy(isNamePart)
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5a, 0x5f, 0x61...0x7a, 0xc0...0xd6, 0xd8...0xf6, 0xf8...0x2ff, 0x370...0x37d, 0x37f...0x1fff,
            0x200c...0x200d, 0x2070...0x218f, 0x2c00...0x2fef, 0x3001...0xd7ff, 0xf900...0xfdcf, 0xfdf0...0xfffd,
            0x10000...0xeffff:
            true
        default: false
        }
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2d, 0x2e, 0x30...0x39, 0xb7, 0x300...0x36f, 0x203f...0x2040: true
        default: isNameStart(scalar)
        }
    }

    /// Character data such that a parser gives back the same string. A carriage return would become a line
    /// feed (§2.11).
    static func escapedText(_ text: String, isASCII: Bool = false) -> String {
        escape(text, isASCII) { scalar in scalar == "\r" ? "&#13;" : markup(scalar) }
    }

    /// An attribute value for quotes of one kind. Tabs and line ends would become spaces (§3.3.3).
    static func escapedAttribute(_ text: String, quote: Character = "'", isASCII: Bool = false) -> String {
        escape(text, isASCII) { scalar in
            switch scalar {
            case "\t": "&#9;"
            case "\n": "&#10;"
            case "\r": "&#13;"
            case "'": quote == "'" ? "&apos;" : nil
            case "\"": quote == "\"" ? "&quot;" : nil
            default: markup(scalar)
            }
        }
    }

    private static func markup(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: nil
        }
    }

    private static func escape(
        _ text: String, _ isASCII: Bool, _ replacement: (Unicode.Scalar) -> String?
    ) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let written = replacement(scalar) {
                result.append(contentsOf: written.unicodeScalars)
            } else if isASCII, !scalar.isASCII {
                result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
