import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

/// Arguments and properties in libvirt's QEMU namespace.
extension DomainPatch {
    /// The prefix that stands for the namespace; declared, if there is none.
    private mutating func prefix() -> String {
        if let known = root.namespaces.first(where: { $0.uri == QEMUPassthrough.namespace && !$0.prefix.isEmpty }) {
            return known.prefix
        }
        let taken = Set(root.namespaces.map(\.prefix))
        let prefix = (["qemu"] + (2...).lazy.prefix(8).map { "qemu\($0)" }).first { !taken.contains($0) } ?? "berth"
        editor.set("xmlns:\(prefix)", to: QEMUPassthrough.namespace, of: root)
        return prefix
    }

    /// The element of the domain that has this local name in the namespace; libvirt takes any prefix.
    private func passthroughElement(_ name: String) -> XMLElement? {
        let scope = NamespaceScope(root)
        return root.elements().first { scope.inside($0).localName($0).map(String.init) == name }
    }

    /// The prefix of an element, with its colon; elements below it go by the same.
    private static func prefix(of element: XMLElement) -> String {
        element.name.split(separator: ":").count == 2 ? element.name.prefix { $0 != ":" } + ":" : ""
    }

    // MARK: Arguments

    /// Arguments that an earlier plan added, by their ids; they stay where they are the same.
    mutating func replaceArguments(with words: [String]) {
        let old = written.passthrough.arguments
        var ours: [QEMUPassthrough.Word] = []
        var index = 0
        while index < old.count {
            let hasValue = index + 1 < old.count && ["-device", "-object"].contains(old[index].text)
            let value = hasValue ? old[index + 1].text : ""
            if Self.isOurs(value) { ours += old[index...index + 1] }
            index += hasValue ? 2 : 1
        }
        guard ours.map(\.text) != words else { return }
        for word in ours { editor.remove(word.element) }
        guard !words.isEmpty else { return }
        if let parent = passthroughElement("commandline") {
            let name = Self.prefix(of: parent) + "arg"
            for word in words { editor.append(XMLElement(name, ["value": word]), to: parent) }
        } else {
            let prefix = prefix()
            let arguments = words.map { XMLElement("\(prefix):arg", ["value": $0]) }
            editor.append(XMLElement("\(prefix):commandline", arguments), to: root)
        }
    }

    /// Takes `-fw_cfg` of these names away, the user's own.
    mutating func removeFiles(_ names: [String]) {
        let words = written.passthrough.arguments
        for (option, value) in zip(words, words.dropFirst()) where option.text == "-fw_cfg" {
            let fields = value.text.split(separator: ",")
            guard names.contains(where: { fields.contains("name=\($0)") || fields.first == $0[...] }) else { continue }
            editor.remove(option.element)
            editor.remove(value.element)
            say(
                .note, "the fw_cfg file of '\(value.text)' goes: QEMU makes its own, and refuses a second",
                "apply-file",
                at: value.element)
        }
    }

    private static func isOurs(_ value: String) -> Bool {
        plannedIDs.contains { value.contains("\"id\":\"\($0)") || value.contains("\"id\":\"mem-\($0)") }
    }

    // MARK: Properties

    /// `-set device.ID.x=y` of devices that libvirt writes as JSON, among which QEMU finds none: they become overrides. Those of
    /// the IGD that are given back go with its other properties.
    ///
    /// Source: `qemu_set_option` in softmmu/vl.c @ QEMU 7.2.
    mutating func carrySettings() throws(EmissionRefusal) -> [Property] {
        guard !written.passthrough.removedCapabilities.contains("device.json+hotplug") else { return [] }
        let known = Set(DomainArguments.devices(assigned).compactMap { $0["id"] })
        let igd = aliasOfAssignedIGD()
        var own: [Property] = []
        let words = written.passthrough.arguments
        for (option, value) in zip(words, words.dropFirst()) where option.text == "-set" {
            let sides = value.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            let path = sides[0].split(separator: ".", maxSplits: 2).map(String.init)
            guard sides.count == 2, path.count == 3, path[0] == "device", known.contains(.text(path[1])) else {
                continue
            }
            let property = try Property(path[2], .text(sides[1])).typed()
            editor.remove(option.element)
            editor.remove(value.element)
            say(
                .note,
                "-set \(value.text) becomes an override: QEMU finds no '\(path[1])' among devices that libvirt writes as JSON, "
                    + "and does not start", "apply-set", at: option.element)
            if path[1] == igd {
                own.append(property)
            } else {
                override(path[1], missing([property], path[1]))
            }
        }
        return own
    }

    /// Sets properties of the IGD by an override for its alias, which it gets if it has none of its own.
    mutating func setProperties(_ properties: [Property]) {
        guard !properties.isEmpty, let igd = written.igd, let element = igd.element else { return }
        // An alias of its own takes effect from libvirt's, which overrides that are there may name.
        let given = aliasOfAssignedIGD()
        let isNamed =
            igd.alias != nil || written.passthrough.overrides.contains { $0.alias == given } || isReferred(given)
        let alias = isNamed ? given : Self.aliasOfIGD
        let missing = missing(properties, alias)
        guard !missing.isEmpty else { return }
        if !isNamed {
            if let alias = element.first("alias") {
                editor.set("name", to: Self.aliasOfIGD, of: alias)
            } else {
                editor.append(XMLElement("alias", ["name": Self.aliasOfIGD]), to: element)
            }
        }
        override(alias, missing)
    }

    /// What no override of the alias says yet; the last one counts.
    private func missing(_ properties: [Property], _ alias: String) -> [Property] {
        let present = written.passthrough.overrides.filter { $0.alias == alias }.flatMap(\.properties)
        return properties.filter { property in
            present.last { $0.name == property.name }?.value != property.value.override
        }
    }

    /// Whether an argument names an id, so that it has to stay what it is.
    private func isReferred(_ id: String) -> Bool {
        written.passthrough.arguments.contains { argument in
            argument.text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }.contains { $0 == id }
        }
    }

    private mutating func override(_ alias: String, _ missing: [Property]) {
        let old = written.passthrough.overrides.first { $0.alias == alias }
        let scope = NamespaceScope(root)
        if let old, let frontend = old.element.elements().first(where: { scope.inside($0).localName($0) == "frontend" })
        {
            for property in missing {
                let written = frontend.elements().last { $0["name"] == property.name }
                let new = Override.element(property, prefix: Self.prefix(of: frontend))
                if let written {
                    editor.set("type", to: new["type"], of: written)
                    editor.set("value", to: new["value"], of: written)
                } else {
                    editor.append(new, to: frontend)
                }
            }
            return
        }
        let parent = passthroughElement("override")
        let prefix = parent.map(Self.prefix) ?? "\(prefix()):"
        let device = Override(id: alias, properties: missing).element(prefix: prefix)
        if let parent {
            editor.append(device, to: parent)
        } else {
            editor.append(XMLElement("\(prefix)override", [device]), to: root)
        }
    }
}

extension DomainPatch {
    /// The QEMU id that libvirt gives the IGD.
    private func aliasOfAssignedIGD() -> String {
        let index = assigned[.hostdev].firstIndex { $0.element?.position == written.igd?.element?.position }
        return index.map { DomainAliases(assigned)[DeviceReference(kind: .hostdev, index: $0)] } ?? Self.aliasOfIGD
    }
}

extension PropertyValue {
    /// As an override has it.
    fileprivate var override: QEMUPassthrough.OverrideValue {
        switch self {
        case .bool(let isOn): .bool(isOn)
        case .number(let number): .unsigned(number)
        case .text(let text): .text(text)
        }
    }
}
