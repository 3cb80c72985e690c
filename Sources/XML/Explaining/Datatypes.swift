import CLibXML2

/// XML Schema datatypes as libxml2 judges them.
final class Datatypes {
    private var patterns: [String: RegularExpression] = [:]
    private static let isReady: Void = xmlSchemaInitTypes()

    init() { Self.isReady }

    func allows(_ text: String, _ data: DataPattern) -> Bool {
        guard let type = xmlSchemaGetPredefinedType(data.type, "http://www.w3.org/2001/XMLSchema") else {
            return true
        }
        guard xmlSchemaValidatePredefinedType(type, text, nil) == 0 else { return false }
        return data.facets.allSatisfy { allows(text, $0, data.type) }
    }

    private static let tokens: Set = [
        "token", "language", "NMTOKEN", "Name", "NCName", "ID", "IDREF", "ENTITY", "normalizedString",
    ]

    private func allows(_ text: String, _ facet: DataPattern.Facet, _ type: String) -> Bool {
        let value = type == "string" ? text : PatternTable.collapsed(text)
        switch facet.name {
        // As it is written, but for tokens (`xmlSchemaValidateFacetInternal` in xmlschemastypes.c @ 2.9.14).
        case "pattern": return regularExpression(facet.value).matches(Self.tokens.contains(type) ? value : text)
        case "minInclusive": return compare(value, facet.value) { $0 >= $1 }
        case "maxInclusive": return compare(value, facet.value) { $0 <= $1 }
        case "minExclusive": return compare(value, facet.value) { $0 > $1 }
        case "maxExclusive": return compare(value, facet.value) { $0 < $1 }
        case "length": return compare("\(value.unicodeScalars.count)", facet.value) { $0 == $1 }
        case "minLength": return compare("\(value.unicodeScalars.count)", facet.value) { $0 >= $1 }
        case "maxLength": return compare("\(value.unicodeScalars.count)", facet.value) { $0 <= $1 }
        default: return true
        }
    }

    /// Numbers as they are written in schemas; what is no number is left to libxml2.
    private func compare(_ value: String, _ bound: String, _ holds: (Double, Double) -> Bool) -> Bool {
        guard let a = Double(value), let b = Double(bound) else { return true }
        return holds(a, b)
    }

    private func regularExpression(_ pattern: String) -> RegularExpression {
        if let known = patterns[pattern] { return known }
        let expression = RegularExpression(pattern)
        patterns[pattern] = expression
        return expression
    }
}

/// A pattern facet, compiled.
private final class RegularExpression {
    private let pointer: xmlRegexpPtr?
    init(_ pattern: String) { pointer = xmlRegexpCompile(pattern) }
    deinit { xmlRegFreeRegexp(pointer) }
    /// One that does not compile excludes nothing.
    func matches(_ text: String) -> Bool { pointer == nil || xmlRegexpExec(pointer, text) == 1 }
}
