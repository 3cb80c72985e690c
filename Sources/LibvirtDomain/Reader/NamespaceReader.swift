import BerthDiagnostics
package import BerthXML

/// Reads libvirt's QEMU namespace: under any prefix, or as a default namespace.
///
/// Source: `qemuDomainDefNamespaceParse` in src/qemu/qemu_domain.c @ 9.0.0.
struct NamespaceReader {
    private let prefixes: NamespaceScope
    private(set) var passthrough = QEMUPassthrough()

    init(_ domain: XMLElement, _ values: inout ValueReader) {
        prefixes = NamespaceScope(domain)
        for element in domain.elements() {
            let scope = prefixes.inside(element)
            let name = scope.localName(element)
            if name == nil { warnOfOther(element, domain, &values) }
            switch name {
            case "commandline": readCommandLine(element, scope, &values)
            case "override": readOverride(element, scope, &values)
            case "capabilities": readCapabilities(element, scope, &values)
            default: break
            }
        }
    }

    /// An element of this name that is in another namespace, or in none.
    private func warnOfOther(_ element: XMLElement, _ domain: XMLElement, _ values: inout ValueReader) {
        guard Self.names.contains(element.localName) else { return }
        let uri = (element.namespaces + domain.namespaces).first { $0.prefix == element.prefix }?.uri
        guard !Self.others.contains(uri ?? "") else { return }
        let prefix = element.prefix.isEmpty ? "" : ":\(element.prefix)"
        values.refuse(
            "<\(element.name)> is not in the namespace \(QEMUPassthrough.namespace); libvirt drops it", .qemuNamespace,
            element, effect: .leavesOut, fix: "declare xmlns\(prefix)='\(QEMUPassthrough.namespace)' on <domain>")
    }

    private static let names: Set = ["commandline", "override", "capabilities", "deprecation"]

    /// The namespaces of other hypervisors, which have elements of the same names.
    private static let others = Set(
        ["bhyve", "lxc", "xen", "vmware"].map { "http://libvirt.org/schemas/domain/\($0)/1.0" })

    private mutating func readCommandLine(
        _ element: XMLElement, _ scope: NamespaceScope, _ values: inout ValueReader
    ) {
        for child in element.elements() where scope.inside(child).localName(child) == "arg" {
            guard let text = child["value"] else {
                values.refuse("No qemu command-line argument specified", .missingValue, child)
                continue
            }
            passthrough.arguments.append(.init(text: text, element: child))
        }
    }

    private mutating func readCapabilities(
        _ element: XMLElement, _ scope: NamespaceScope, _ values: inout ValueReader
    ) {
        for child in element.elements() {
            let name = scope.inside(child).localName(child)
            guard name == "add" || name == "del" else { continue }
            guard let capability = child["capability"] else {
                values.refuse("missing capability name", .missingValue, child)
                continue
            }
            if name == "add" {
                passthrough.addedCapabilities.append(capability)
            } else {
                passthrough.removedCapabilities.append(capability)
            }
        }
    }

    private mutating func readOverride(_ element: XMLElement, _ scope: NamespaceScope, _ values: inout ValueReader) {
        for device in element.elements() where scope.inside(device).localName(device) == "device" {
            let inner = scope.inside(device)
            guard let alias = device["alias"] else {
                values.refuse("missing 'alias' attribute for qemu:device", .missingValue, device)
                continue
            }
            var properties: [QEMUPassthrough.OverrideProperty] = []
            for frontend in device.elements() where inner.inside(frontend).localName(frontend) == "frontend" {
                let scope = inner.inside(frontend)
                for property in frontend.elements() where scope.inside(property).localName(property) == "property" {
                    if let read = read(property, &values) { properties.append(read) }
                }
            }
            passthrough.overrides.append(.init(alias: alias, properties: properties, element: device))
        }
    }

    private func read(
        _ element: XMLElement, _ values: inout ValueReader
    ) -> QEMUPassthrough.OverrideProperty? {
        guard let name = element["name"] else {
            values.refuse("missing 'name' attribute for qemu:property", .missingValue, element)
            return nil
        }
        guard name != "id" else {
            values.refuse("property with name 'id' can't be overridden", .overrideId, element, attribute: "name")
            return nil
        }
        let types = ["string", "signed", "unsigned", "bool", "remove"]
        guard let type = values.choice(element, "type", among: types, isRequired: true) else { return nil }
        let text = element["value"]
        if type == "remove" {
            if text != nil {
                values.refuse(
                    "setting 'value' attribute of 'qemu:property' doesn't make sense with 'remove' type",
                    .overrideValue, element, attribute: "value")
            }
            return .init(name: name, value: .remove)
        }
        guard let text else {
            values.refuse("missing 'value' attribute for 'qemu:property'", .missingValue, element)
            return nil
        }
        if let value = Self.value(type, text) { return .init(name: name, value: value) }
        values.refuse(
            "invalid value '\(text)' of 'value' attribute of 'qemu:property'", .overrideValue, element,
            attribute: "value")
        return nil
    }

    private static func value(_ type: String, _ text: String) -> QEMUPassthrough.OverrideValue? {
        // strtoll and strtoull pass over white space and a plus sign.
        let digits = text.drop { " \t\n\u{b}\u{c}\r".contains($0) }
        switch type {
        case "string": return .text(text)
        case "bool": return ["true": .bool(true), "false": .bool(false)][text]
        case "signed": return Int64(digits).map { .signed($0) }
        default: return digits.hasPrefix("-") ? nil : UInt64(digits).map { .unsigned($0) }
        }
    }
}

/// Which prefixes mean the QEMU namespace at a place of a document.
package struct NamespaceScope {
    /// The latest declaration of a prefix comes last.
    private var declared: [XMLNamespace] = []

    package init(_ root: XMLElement) { declare(root) }

    /// The scope inside an element.
    package func inside(_ element: XMLElement) -> NamespaceScope {
        guard !element.namespaces.isEmpty else { return self }
        var scope = self
        scope.declare(element)
        return scope
    }

    private mutating func declare(_ element: XMLElement) {
        declared += element.namespaces
    }

    /// The name without its prefix, if the element is in the QEMU namespace.
    package func localName(_ element: XMLElement) -> Substring? {
        guard !declared.isEmpty else { return nil }
        let name = element.name
        let colon = name.utf8.firstIndex(of: UInt8(ascii: ":"))
        let prefix = colon.map { name[..<$0] } ?? ""
        guard declared.last(where: { $0.prefix == prefix })?.uri == QEMUPassthrough.namespace else { return nil }
        return colon.map { name[name.utf8.index(after: $0)...] } ?? name[...]
    }
}
