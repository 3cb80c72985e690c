import BerthDiagnostics
import BerthStack
import BerthXML

/// Reads attributes as libvirt does, and collects what it would refuse, in its own words.
///
/// Source: `virXMLPropUInt`, `virXMLPropInt`, `virXMLPropTristateSwitch`, `virXMLPropEnum` in src/util/virxml.c @ 9.0.0.
struct ValueReader {
    let file: String
    let libvirt: LibvirtRelease
    private(set) var refusals: [DomainRefusal] = []

    init(file: String, libvirt: LibvirtRelease = .newestMeasured) {
        self.file = file
        self.libvirt = libvirt
    }

    mutating func refuse(
        _ message: String, _ rule: DomainRule, _ element: XMLElement, attribute: String? = nil,
        effect: DomainRefusal.Effect = .stops, fix: String? = nil
    ) {
        let place = attribute.map { element.location(of: $0, file: file) } ?? element.location(file: file)
        refusals.append(DomainRefusal(rule, message, at: place, effect: effect, fix: fix))
    }

    /// Of what is nothing of PCI's: a guest without it is the same.
    mutating func leaveOut(_ message: String, _ rule: DomainRule, _ element: XMLElement, attribute: String? = nil) {
        refuse(message, rule, element, attribute: attribute, effect: .leavesOut)
    }

    /// Zero where it is absent or refused.
    mutating func unsigned(_ element: XMLElement, _ name: String, base: Int = 0, isZeroAllowed: Bool = true) -> UInt32 {
        guard let text = element[name] else { return 0 }
        guard let value = LibvirtNumber.unsigned(text, base: base) else {
            refuse(
                invalid(element, name, text) + " Expected non-negative integer value", .libvirtNumber, element,
                attribute: name)
            return 0
        }
        if value == 0, !isZeroAllowed {
            refuse(
                "Invalid value for attribute '\(name)' in element '\(element.localName)': Zero is not permitted",
                .libvirtNumber, element, attribute: name)
        }
        return value
    }

    /// Nil where it is absent or refused; never negative.
    mutating func natural(_ element: XMLElement, _ name: String, base: Int = 10) -> Int? {
        guard let text = element[name] else { return nil }
        guard let value = LibvirtNumber.signed(text, base: base) else {
            refuse(
                invalid(element, name, text) + " Expected integer value", .libvirtNumber, element, attribute: name)
            return nil
        }
        guard value >= 0 else {
            refuse(
                invalid(element, name, text) + " Expected non-negative value", .libvirtNumber, element,
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
        choice(element, name, isRequired: isRequired) { known.contains($0) }
    }

    /// Of a list that has grown.
    mutating func choice(
        _ element: XMLElement, _ name: String, among known: LibvirtNames, isRequired: Bool = false
    ) -> String? {
        let libvirt = libvirt
        return choice(element, name, isRequired: isRequired) { known.contains($0, in: libvirt) }
    }

    private mutating func choice(
        _ element: XMLElement, _ name: String, isRequired: Bool, _ isKnown: (String) -> Bool
    ) -> String? {
        guard let text = element[name] else {
            if isRequired {
                refuse(
                    "Missing required attribute '\(name)' in element '\(element.localName)'", .libvirtValue, element)
            }
            return nil
        }
        guard isKnown(text) else {
            refuse(invalid(element, name, text), .libvirtValue, element, attribute: name)
            return nil
        }
        return text
    }

    private func invalid(_ element: XMLElement, _ name: String, _ text: String) -> String {
        "Invalid value for attribute '\(name)' in element '\(element.localName)': '\(text)'."
    }
}
