import BerthDiagnostics
import BerthXML

/// Where an element stands, for findings: its attribute where there is one to blame, else its start tag.
enum ElementPlace {
    static func of(_ element: XMLElement, attribute: String? = nil, file: String) -> SourceLocation {
        let blamed = attribute.flatMap { name in element.attributes.first { $0.name == name } }
        guard let position = blamed?.position ?? element.position else {
            return SourceLocation(file: file, line: element.line ?? 1)
        }
        return SourceLocation(file: file, line: position.line, column: position.column)
    }
}

/// Reads attributes as libvirt does, and collects what it would refuse, in its own words.
///
/// Source: `virXMLPropUInt`, `virXMLPropInt`, `virXMLPropTristateSwitch`, `virXMLPropEnum` in src/util/virxml.c @ 9.0.0.
struct ValueReader {
    let file: String
    private(set) var findings: [Finding] = []

    init(file: String) { self.file = file }

    mutating func refuse(_ message: String, _ rule: RuleID, _ element: XMLElement, attribute: String? = nil) {
        add(.error, message, rule, element, attribute: attribute)
    }

    /// Libvirt refuses it, but it decides nothing on PCI: a guest without it is the same. A warning, which is an error to
    /// those who ask for libvirt's verdict.
    mutating func leaveOut(_ message: String, _ rule: RuleID, _ element: XMLElement, attribute: String? = nil) {
        add(.warning, message, rule, element, attribute: attribute)
    }

    mutating func add(
        _ severity: Severity, _ message: String, _ rule: RuleID, _ element: XMLElement, attribute: String? = nil
    ) {
        let place = ElementPlace.of(element, attribute: attribute, file: file)
        findings.append(Finding(severity, message, rule: rule, at: place))
    }

    /// Zero where it is absent or refused.
    mutating func unsigned(_ element: XMLElement, _ name: String, base: Int = 0, isZeroAllowed: Bool = true) -> UInt32 {
        guard let text = element[name] else { return 0 }
        guard let value = LibvirtNumber.unsigned(text, base: base) else {
            refuse(
                invalid(element, name, text) + " Expected non-negative integer value", "libvirt-number", element,
                attribute: name)
            return 0
        }
        if value == 0, !isZeroAllowed {
            refuse(
                "Invalid value for attribute '\(name)' in element '\(element.localName)': Zero is not permitted",
                "libvirt-number", element, attribute: name)
        }
        return value
    }

    /// Nil where it is absent or refused; never negative.
    mutating func natural(_ element: XMLElement, _ name: String, base: Int = 10) -> Int? {
        guard let text = element[name] else { return nil }
        guard let value = LibvirtNumber.signed(text, base: base) else {
            refuse(
                invalid(element, name, text) + " Expected integer value", "libvirt-number", element, attribute: name)
            return nil
        }
        guard value >= 0 else {
            refuse(
                invalid(element, name, text) + " Expected non-negative value", "libvirt-number", element,
                attribute: name)
            return nil
        }
        return Int(value)
    }

    mutating func onOff(_ element: XMLElement, _ name: String) -> Bool? {
        choice(element, name, among: ["on", "off"]).map { $0 == "on" }
    }

    mutating func yesNo(_ element: XMLElement, _ name: String) -> Bool? {
        choice(element, name, among: ["yes", "no"]).map { $0 == "yes" }
    }

    /// Nil where it is absent or refused.
    mutating func choice(
        _ element: XMLElement, _ name: String, among known: [String], isRequired: Bool = false
    ) -> String? {
        guard let text = element[name] else {
            if isRequired {
                refuse(
                    "Missing required attribute '\(name)' in element '\(element.localName)'", "libvirt-value", element)
            }
            return nil
        }
        guard known.contains(text) else {
            refuse(invalid(element, name, text), "libvirt-value", element, attribute: name)
            return nil
        }
        return text
    }

    private func invalid(_ element: XMLElement, _ name: String, _ text: String) -> String {
        "Invalid value for attribute '\(name)' in element '\(element.localName)': '\(text)'."
    }
}
