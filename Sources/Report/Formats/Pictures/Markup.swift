/// A piece of an SVG or HTML document. Text and attributes are escaped when they are written, whatever they hold.
///
/// What is written is well-formed XML and means the same to a parser of HTML.
indirect enum Markup {
    case element(String, [(name: String, value: String)], [Markup])
    case text(String)
    /// A style or a script of ours: no part of it comes from anywhere else.
    case constant(StaticString)

    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
    ) -> Markup {
        .element(name, attributes.map { ($0.key, $0.value) }, children)
    }

    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) -> Markup {
        tag(name, attributes, [.text(text)])
    }

    /// An attribute more.
    func with(_ name: String, _ value: String?) -> Markup {
        guard let value, case .element(let tag, let attributes, let children) = self else { return self }
        return .element(tag, attributes + [(name, value)], children)
    }

    func write(to text: inout String) {
        switch self {
        case .text(let content): text += XMLText.escaped(content)
        case .constant(let content): text += "\(content)"
        case .element(let name, let attributes, let children):
            text += "<\(name)"
            for attribute in attributes { text += " \(attribute.name)=\"\(XMLText.escaped(attribute.value))\"" }
            // HTML takes the short form of these only.
            if children.isEmpty, Self.empty.contains(name) {
                text += "/>"
                return
            }
            text += ">"
            for child in children { child.write(to: &text) }
            text += "</\(name)>"
            if Self.lines.contains(name) { text += "\n" }
        }
    }

    private static let empty: Set = ["meta", "input", "br", "rect", "line", "path", "polygon", "circle", "use"]
    private static let lines: Set = ["g", "li", "tr", "p", "h1", "h2", "h3", "svg", "section", "div", "style", "title"]
}

enum XMLText {
    /// For attributes in double quotes and for text. Characters that XML cannot hold, or that turn the direction of what follows,
    /// become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
            default: result.append(isAllowed(scalar.value) ? scalar : "\u{FFFD}")
            }
        }
        return String(result)
    }

    private static func isAllowed(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x7f...0x9f, 0x202a...0x202e, 0x2066...0x2069, 0xfffe, 0xffff: false
        default: true
        }
    }
}

/// Numbers of drawings.
enum Length {
    /// With one decimal where it is needed: `12`, `12.5`.
    static func pixels(_ value: Double) -> String { decimal(value, 10) }

    /// `12.5%`, of `whole`.
    static func percent(_ part: Double, of whole: Double) -> String {
        whole > 0 ? decimal(part / whole * 100, 100) + "%" : "0%"
    }

    private static func decimal(_ value: Double, _ scale: Double) -> String {
        let scaled = Int((value * scale).rounded())
        let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
        let digits = scale > 10 && rest < 10 ? "0\(rest)" : "\(rest)"
        return (scaled < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(digits)")
    }
}
