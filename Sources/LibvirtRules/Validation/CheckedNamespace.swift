import BerthLibvirtDomain
import BerthXML

/// An element of the QEMU namespace two levels below the root, such as `<qemu:arg>`; names without prefixes.
struct QEMUChild: Sendable {
    var container: String
    var name: String
    var element: XMLElement

    static func all(in root: XMLElement) -> [QEMUChild] {
        let scope = NamespaceScope(root)
        var found: [QEMUChild] = []
        for element in root.elements() {
            let inner = scope.inside(element)
            guard let container = inner.localName(element) else { continue }
            for child in element.elements() {
                guard let name = inner.inside(child).localName(child) else { continue }
                found.append(QEMUChild(container: String(container), name: String(name), element: child))
            }
        }
        return found
    }
}

/// The QEMU namespace of a document.
extension CheckedDomain {
    /// Elements `name` inside `<qemu:container>`, under any prefix.
    func qemuElements(_ container: String, _ name: String) -> [XMLElement] {
        qemuChildren.filter { $0.container == container && $0.name == name }.map(\.element)
    }

    func isInQEMUNamespace(_ element: XMLElement) -> Bool {
        NamespaceScope(root).inside(element).localName(element) != nil
    }

    /// The namespace of a child of the root; none for a prefix nobody declared.
    func uris(of element: XMLElement) -> [String] {
        (element.namespaces + root.namespaces).first { $0.prefix == element.prefix }.map { [$0.uri] } ?? []
    }

    var overriddenAliases: Set<String> { Set(overrides.keys) }

    /// Whether libvirt writes option-style -device again.
    var removesJSON: Bool { written.passthrough.removedCapabilities.contains("device.json+hotplug") }

    /// `-global` properties, such as `vfio-pci.x-igd-opregion`.
    var globals: [String: String] {
        var found: [String: String] = [:]
        for option in commandLineOptions where option.name == "global" {
            let parts = option.text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { found[parts[0]] = parts[1] }
        }
        return found
    }

    // MARK: Ids

    /// What the devices of the kinds that overrides are written for are called in QEMU; nil where that is not known.
    var deviceIDs: [String]? {
        guard let assigned else { return nil }
        let aliases = DomainAliases(assigned)
        var found: [String] = []
        for (kind, _) in Self.prefixes {
            for index in assigned[kind].indices { found.append(aliases[DeviceReference(kind: kind, index: index)]) }
        }
        for controller in assigned[.controller] where controller.isPCIController {
            found.append(controller.alias ?? "pci.\(controller.index ?? 0)")
        }
        return found + assigned.devices.compactMap(\.alias)
    }

    private static let prefixes: [(DomainDevice.Kind, String)] = [
        (.hostdev, "hostdev"), (.shmem, "shmem"), (.video, "video"), (.interface, "net"), (.sound, "sound"),
        (.rng, "rng"), (.filesystem, "fs"),
    ]

    /// Whether an id has the shape of those in `deviceIDs`.
    static func isNumbered(_ id: String) -> Bool {
        if id.hasPrefix("ua-") || id.hasPrefix("shmmem-") { return true }
        return (prefixes.map(\.1) + ["pci."]).contains { prefix in
            id.hasPrefix(prefix) && id.count > prefix.count
                && id.dropFirst(prefix.count).allSatisfy { $0.isASCII && $0.isNumber }
        }
    }
}
