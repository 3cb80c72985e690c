package import BerthStack
package import BerthXML

/// A device of a domain, as its element says it and as libvirt's defaults complete it.
package struct DomainDevice: Hashable, Sendable {
    /// The name of the element, in the order in which libvirt goes over devices.
    ///
    /// Source: `virDomainDeviceInfoIterateFlags` in src/conf/domain_conf.c @ 9.0.0, 11.3.0.
    package enum Kind: Int, Hashable, Sendable, CaseIterable {
        case disk, interface, sound, hostdev, video, controller, smartcard, serial, parallel, channel, console, input
        case filesystem, watchdog, memballoon, rng, nvram, hub, shmem, tpm, panic, memory, redirdev, iommu, vsock
        case crypto, pstore, graphics, audio

        /// Nil for an element that is no device.
        package init?(element name: String) {
            guard let kind = Self.kinds[name] else { return nil }
            self = kind
        }

        /// The name of the element.
        package var name: String { Self.names[rawValue] }

        /// Those that read such an element; others pass over it without a word.
        ///
        /// Source: NEWS.rst @ 9.1.0, "qemu: Support crypto device"; @ 10.6.0, "Introduce pstore device".
        package var releases: LibvirtSpan {
            switch self {
            case .crypto: .since(9, 1)
            case .pstore: .since(10, 6)
            default: .always
            }
        }

        private static let names = allCases.map { "\($0)" }
        private static let kinds = Dictionary(uniqueKeysWithValues: zip(names, allCases))
    }

    package var kind: Kind
    /// What the device is a kind of: the `type` of a controller, interface, hostdev, input or file system, the `bus` of a
    /// disk, the target type of a character device. Empty where there is none.
    package var type: String
    /// Libvirt's name of the model, its default where the document has none; empty where libvirt has no default.
    package var model: String
    /// The `index` of a controller; nil until libvirt chose one.
    package var index: Int?
    package var address: DeviceAddress
    /// A user's alias, which begins with `ua-`; libvirt drops all others.
    package var alias: String?
    /// `<acpi index='…'/>`.
    package var acpiIndex: Int?
    /// `<boot order='…'/>`.
    package var bootOrder: Int?
    /// The first port of a USB companion; nil for a controller that has none above it.
    package var masterPort: Int?
    package var target: PCIControllerSettings
    /// Of an IOMMU.
    package var interrupts = InterruptSettings()
    /// Where it was read; nil for a device that libvirt adds.
    package var element: XMLElement?

    package init(_ kind: Kind, type: String = "", model: String = "", element: XMLElement? = nil) {
        self.kind = kind
        self.type = type
        self.model = model
        self.element = element
        address = .none
        target = PCIControllerSettings()
    }

    package var isImplicit: Bool { element == nil }

    /// A controller whose downstream side is a PCI bus.
    package var isPCIController: Bool { kind == .controller && type == "pci" }

    /// An attribute of the element.
    package subscript(attribute name: String) -> String? { element?[name] }

    /// An attribute of a child element.
    package subscript(child: String, attribute: String) -> String? { element?.first(child)?[attribute] }
}

/// `intremap=` and `eim=` of an IOMMU; nil is what is not written and libvirt does not fill in.
package struct InterruptSettings: Hashable, Sendable {
    package var areRemapped: Bool?
    package var areExtended: Bool?
    package init() {}
}

/// `<model name=>` and `<target>` of a PCI controller; nil is what libvirt fills in.
package struct PCIControllerSettings: Hashable, Sendable {
    package var modelName: String?
    package var chassisNr: Int?
    package var chassis: Int?
    package var port: Int?
    package var busNr: Int?
    package var targetIndex: Int?
    package var numaNode: Int?
    package var hotplug: Bool?
    /// In KiB; nil where the element is absent.
    package var pciHole64: UInt64?
    /// `<target memReserve=>` in KiB, from libvirt 10.3 on.
    package var memoryReserve: UInt64?
    package init() {}
}
