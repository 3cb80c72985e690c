public import BerthDiagnostics
public import BerthPCI

/// The value of a QEMU property, as its JSON syntax has it.
public enum PropertyValue: Hashable, Sendable, CustomStringConvertible {
    case bool(Bool)
    case number(UInt64)
    case text(String)

    /// As `-device` in option form writes it.
    public var description: String {
        switch self {
        case .bool(let value): value ? "on" : "off"
        case .number(let value): "\(value)"
        case .text(let value): value
        }
    }
}

/// A property of a device, in the order given.
public struct Property: Hashable, Sendable {
    public var name: String
    public var value: PropertyValue
    public init(_ name: String, _ value: PropertyValue) {
        self.name = name
        self.value = value
    }
}

/// A device of the guest, as asked for: a model of QEMU's, a place, properties.
public struct Device: Hashable, Sendable {
    /// Unique in the guest; also the name of the bus below it, if it is a bridge.
    public var id: String
    /// QEMU's name of the model: `virtio-net-pci`.
    public var model: String
    public var slot: Slot
    /// Function 0 announces further functions. Nil: QEMU's default, which is no.
    public var multifunction: Bool?
    public var properties: [Property]
    /// The memory behind an `ivshmem-plain` BAR; nil for models that have none.
    public var backend: MemoryBackend?
    /// Another identity than the model's (`x-pci-vendor-id` and the like, or a stand-in).
    public var identity: IdentityOverride?
    /// Configuration registers that have a value before the guest starts, by offset: a stand-in's.
    public var presets: [Int: UInt32] = [:]
    /// The size of the file that `romfile` names, where the reader could look.
    public var romSize: ByteCount?
    /// BARs for a model that the catalogue does not know.
    public var described: DescribedFunction?
    /// Where the input says so.
    public var location: SourceLocation?

    public init(
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
    public subscript(_ name: String) -> PropertyValue? {
        properties.last { $0.name == name }?.value
    }
}

/// Identity registers that differ from the model's.
public struct IdentityOverride: Hashable, Sendable {
    public var vendor: UInt16?
    public var device: UInt16?
    public var classCode: ClassCode?
    public init(vendor: UInt16? = nil, device: UInt16? = nil, classCode: ClassCode? = nil) {
        self.vendor = vendor
        self.device = device
        self.classCode = classCode
    }
}

/// A function that the user describes register by register, for models the catalogue lacks.
public struct DescribedFunction: Hashable, Sendable {
    public var vendor: UInt16
    public var device: UInt16
    public var classCode: ClassCode
    public var bars: [BAR]
    public init(vendor: UInt16, device: UInt16, classCode: ClassCode, bars: [BAR]) {
        self.vendor = vendor
        self.device = device
        self.classCode = classCode
        self.bars = bars
    }
}

/// Host memory behind a BAR: QEMU's `memory-backend-ram` or `memory-backend-file`.
public struct MemoryBackend: Hashable, Sendable {
    public var id: String
    /// A power of two, because it becomes a BAR.
    public var size: ByteCount
    /// The file behind it; nil for anonymous memory.
    public var path: String?
    public init(id: String, size: ByteCount, path: String? = nil) {
        self.id = id
        self.size = size
        self.path = path
    }
}

/// A named file that QEMU hands to the firmware over fw_cfg.
public struct FirmwareFile: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// Eight bytes, little endian.
        case number(UInt64)
        /// A host file of a known size.
        case file(path: String, size: ByteCount)
        /// The bytes of a string, without a terminator.
        case text(String)

        public var size: ByteCount {
            switch self {
            case .number: 8
            case .file(_, let size): size
            case .text(let text): ByteCount(UInt64(text.utf8.count))
            }
        }
    }
    public var name: String
    public var content: Content
    public init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }

    /// A copy of the host's OpRegion, for the firmware to place (QEMU docs/igd-assign.rst).
    public static let opRegion = "etc/igd-opregion"
    /// How many bytes of stolen memory the firmware has to reserve (same source).
    public static let stolenMemorySize = "etc/igd-bdsm-size"
}
