package import BerthXML

/// A size with a unit.
///
/// Source: `virParseScaledValue` in src/conf/domain_conf.c, `virScaleInteger` in src/util/virutil.c @ 9.0.0.
package enum ScaledSize {
    /// In bytes. Nil for an empty element and for everything `complaint` is about.
    package static func bytes(_ element: XMLElement, defaultUnit: UInt64) -> UInt64? {
        bytes(element.text, element["unit"], defaultUnit)
    }

    /// The same in an attribute.
    package static func bytes(_ element: XMLElement, _ attribute: String, defaultUnit: UInt64) -> UInt64? {
        element[attribute].flatMap { bytes($0, element["unit"], defaultUnit) }
    }

    private static func bytes(_ text: String, _ unit: String?, _ defaultUnit: UInt64) -> UInt64? {
        guard let number = number(text), let unit = scale(unit ?? "", defaultUnit) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }

    /// Libvirt's words against the element; nil if it is good or empty.
    static func complaint(_ element: XMLElement, defaultUnit: UInt64) -> String? {
        let unit = element["unit"] ?? ""
        guard !element.text.isEmpty, bytes(element, defaultUnit: defaultUnit) == nil else { return nil }
        guard let number = number(element.text) else {
            let index = ["memory", "maxMemory"].contains(element.name) ? "[1]" : ""
            return "Invalid value '\(element.text)' for element or attribute './\(element.name)\(index)'"
        }
        return scale(unit, defaultUnit) == nil ? "unknown suffix '\(unit)'" : "value too large: \(number)\(unit)"
    }

    /// As `strtoull` reads it: white space and a plus sign in front are passed over, nothing may follow.
    private static func number(_ text: String) -> UInt64? {
        let digits = text.drop { " \t\n\u{b}\u{c}\r".contains($0) }
        return digits.hasPrefix("-") ? nil : UInt64(digits)
    }

    private static func scale(_ unit: String, _ otherwise: UInt64) -> UInt64? {
        let name = unit.lowercased()
        if name.isEmpty { return otherwise }
        if ["b", "byte", "bytes"].contains(name) { return 1 }
        let base: UInt64
        switch name.dropFirst() {
        case "", "ib": base = 1024
        case "b": base = 1000
        default: return nil
        }
        guard let power = "kmgtpe".firstIndex(of: name.first ?? "x") else { return nil }
        let exponent = "kmgtpe".distance(from: "kmgtpe".startIndex, to: power) + 1
        return (0..<exponent).reduce(1) { product, _ in product * base }
    }
}

extension UInt64 {
    package func dividedRoundingUp(by divisor: UInt64) -> UInt64 { self / divisor + (isMultiple(of: divisor) ? 0 : 1) }
}
