package import BerthPCI
package import BerthXML

/// The machine type of a domain.
package struct DomainMachine: Hashable, Sendable {
    /// What decides which addresses are taken. Everything else has no PCI here.
    package enum Chipset: Hashable, Sendable { case i440fx, q35, none }

    /// As written; `pc` where nothing is.
    package var name: String
    package var element: XMLElement?

    package init(name: String, element: XMLElement? = nil) {
        self.name = name
        self.element = element
    }

    /// Source: `qemuDomainMachineIsQ35` and `qemuDomainMachineIsI440FX` in src/qemu/qemu_domain.c @ 9.0.0.
    package var chipset: Chipset {
        if name == "q35" || name.hasPrefix("pc-q35-") { return .q35 }
        let prefixes = ["pc-0.", "pc-1.", "pc-i440fx-", "rhel"]
        return name == "pc" || prefixes.contains { name.hasPrefix($0) } ? .i440fx : .none
    }
}

/// Memory sizes, in bytes as written; libvirt rounds up to whole mebibytes when QEMU is started.
package struct DomainMemory: Hashable, Sendable {
    package var size: ByteCount = .zero
    /// `<maxMemory>`; nil where nothing can be plugged in.
    package var maximum: ByteCount?
    package var slots = 0
    package init() {}
}

/// The elements of libvirt's QEMU namespace.
package struct QEMUPassthrough: Hashable, Sendable {
    package static let namespace = "http://libvirt.org/schemas/domain/qemu/1.0"

    /// `<qemu:arg value=…/>`, word by word.
    package var arguments: [Word] = []
    /// `<qemu:override>`: properties by the QEMU id they go to.
    package var overrides: [DeviceOverride] = []
    /// `<qemu:del capability=…/>` and `<qemu:add …/>`.
    package var removedCapabilities: [String] = []
    package var addedCapabilities: [String] = []
    package init() {}

    package struct Word: Hashable, Sendable {
        package var text: String
        package var element: XMLElement
    }

    package struct DeviceOverride: Hashable, Sendable {
        package var alias: String
        package var properties: [OverrideProperty]
        package var element: XMLElement
    }

    package struct OverrideProperty: Hashable, Sendable {
        package var name: String
        package var value: OverrideValue
    }

    package enum OverrideValue: Hashable, Sendable {
        case bool(Bool)
        case unsigned(UInt64)
        case signed(Int64)
        case text(String)
        case remove
    }
}
