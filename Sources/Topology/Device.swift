package import BerthDiagnostics
package import BerthPCI

/// The value of a QEMU property, as its JSON syntax has it.
package enum PropertyValue: Hashable, Sendable, CustomStringConvertible {
    case bool(Bool)
    case number(UInt64)
    case text(String)

    /// As `-device` in option form writes it.
    package var description: String {
        switch self {
        case .bool(let value): value ? "on" : "off"
        case .number(let value): "\(value)"
        case .text(let value): value
        }
    }
}

/// A property of a device, in the order given.
package struct Property: Hashable, Sendable {
    package var name: String
    package var value: PropertyValue
    package init(_ name: String, _ value: PropertyValue) {
        self.name = name
        self.value = value
    }
}

/// A device of the guest, as asked for: a model of QEMU's, a place, properties.
package struct Device: Hashable, Sendable {
    /// Unique in the guest; also the name of the bus below it, if it is a bridge.
    package var id: String
    /// QEMU's name of the model: `virtio-net-pci`.
    package var model: String
    package var slot: Slot
    /// Function 0 announces further functions. Nil: QEMU's default, which is no.
    package var multifunction: Bool?
    package var properties: [Property]
    /// The memory behind an `ivshmem-plain` BAR; nil for models that have none.
    package var backend: MemoryBackend?
    /// Another identity than the model's (`x-pci-vendor-id` and the like, or a stand-in).
    package var identity: IdentityOverride?
    /// Configuration registers that have a value before the guest starts, by offset: a stand-in's.
    package var presets: [Int: UInt32] = [:]
    /// The size of the file that `romfile` names, where the reader could look.
    package var romSize: ByteCount?
    /// What a register writer in its option ROM does; empty for every other ROM.
    package var tasks: [RegisterTask] = []
    /// BARs for a model that the catalogue does not know.
    package var described: DescribedFunction?
    /// Where the input says so.
    package var location: SourceLocation?

    package init(
        id: String, model: String, at slot: Slot, multifunction: Bool? = nil, properties: [Property] = [],
        backend: MemoryBackend? = nil
    ) {
        self.id = id
        self.model = model
        self.slot = slot
        self.multifunction = multifunction
        self.properties = properties
        self.backend = backend
    }

    /// The last value given for a property; QEMU lets the last one win.
    package subscript(_ name: String) -> PropertyValue? {
        properties.last { $0.name == name }?.value
    }
}

/// Identity registers that differ from the model's.
package struct IdentityOverride: Hashable, Sendable {
    package var vendor: UInt16?
    package var device: UInt16?
    package var classCode: ClassCode?
    package init(vendor: UInt16? = nil, device: UInt16? = nil, classCode: ClassCode? = nil) {
        self.vendor = vendor
        self.device = device
        self.classCode = classCode
    }
}

/// A function that the user describes register by register, for models the catalogue lacks.
package struct DescribedFunction: Hashable, Sendable {
    package var vendor: UInt16
    package var device: UInt16
    package var classCode: ClassCode
    package var bars: [BAR]
    package init(vendor: UInt16, device: UInt16, classCode: ClassCode, bars: [BAR]) {
        self.vendor = vendor
        self.device = device
        self.classCode = classCode
        self.bars = bars
    }
}

/// Host memory behind a BAR: QEMU's `memory-backend-ram` or `memory-backend-file`.
package struct MemoryBackend: Hashable, Sendable {
    package var id: String
    /// A power of two, because it becomes a BAR.
    package var size: ByteCount
    /// The file behind it; nil for anonymous memory.
    package var path: String?
    package init(id: String, size: ByteCount, path: String? = nil) {
        self.id = id
        self.size = size
        self.path = path
    }
}

/// A named file that QEMU hands to the firmware over fw_cfg.
package struct FirmwareFile: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// Eight bytes, little endian.
        case number(UInt64)
        /// A host file of a known size.
        case file(path: String, size: ByteCount)
        /// The bytes of a string, without a terminator.
        case text(String)

        package var size: ByteCount {
            switch self {
            case .number: 8
            case .file(_, let size): size
            case .text(let text): ByteCount(UInt64(text.utf8.count))
            }
        }
    }
    package var name: String
    package var content: Content
    package init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }

    /// A copy of the host's OpRegion, for the firmware to place (QEMU docs/igd-assign.txt).
    package static let opRegion = "etc/igd-opregion"
    /// How many bytes of stolen memory the firmware has to reserve (same source).
    package static let stolenMemorySize = "etc/igd-bdsm-size"
}
