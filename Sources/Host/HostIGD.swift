package import BerthIGD
package import BerthPCI

/// The host's integrated graphics device. Nil stands for "not in this dump", never for zero.
package struct HostIGD: Hashable, Sendable {
    package let address: PCIAddress
    package let deviceID: UInt16
    /// Nil for an id in no list; then the registers below that depend on the platform are nil, too.
    package let platform: Platform?
    package let revision: UInt8?
    package let subsystemVendor: UInt16?
    package let subsystem: UInt16?
    package let classCode: ClassCode?

    /// GGC, or for generations 2 to 5 the word in the host bridge. Nil from Meteor Lake on, where it
    /// lies behind BAR 0.
    package let graphicsControl: GraphicsControl?
    /// From the graphics control word, else from the range in `/proc/iomem`.
    package let stolenMemorySize: ByteCount?
    /// Base of stolen memory without the lock bit; from the start of the range in `/proc/iomem` where the
    /// register was not dumped.
    package let bdsm: HostPhysicalAddress?
    /// Nil if the register was not dumped.
    package let bdsmIsLocked: Bool?
    /// The OpRegion's address as it stands, whatever its alignment.
    package let asls: UInt32?

    package var generation: Generation? { platform?.generation }
    package var isVGA: Bool { classCode?.isVGA ?? false }

    /// Distance of the OpRegion from the start of its page; nil if firmware set no address.
    package var aslsPageOffset: ByteCount? {
        guard let asls, ASLSRegister().isSet(raw: asls) else { return nil }
        return ASLSRegister().pageOffset(raw: asls)
    }

    /// Data stolen memory; nil if base or size are not known, or there is none.
    package var stolenMemory: HostRange? {
        guard let bdsm, bdsm.rawValue != 0, let stolenMemorySize else { return nil }
        return HostRange(start: bdsm, size: stolenMemorySize)
    }

    /// Stolen memory lies at the end of what firmware reserves for the IGD, behind the GTT's part. What it reserves for others is small.
    private static func base(of size: ByteCount?, in reserved: [HostRange]) -> HostPhysicalAddress? {
        guard let size, size > .zero else { return nil }
        let large = reserved.filter { $0.size >= size && ($0.start.rawValue + $0.size.rawValue) % (1 << 20) == 0 }
        guard large.count == 1, let range = large.first else { return nil }
        return HostPhysicalAddress(range.start.rawValue + range.size.rawValue - size.rawValue)
    }

    init(
        function: HostFunction, identity: FunctionIdentity, hostBridge: ConfigurationSpace?,
        stolenRange: HostRange?, reservedRanges: [HostRange] = []
    ) {
        let platform = Platform.identify(device: identity.device)
        let configuration = function.configuration
        address = function.address
        deviceID = identity.device
        self.platform = platform
        revision = identity.revision
        subsystemVendor = identity.subsystemVendor
        subsystem = identity.subsystem
        classCode = function.classCode

        let word: UInt16? =
            switch platform?.graphicsControl {
            case .hostBridge(let offset): hostBridge?.word(at: offset)
            case .device(let offset): configuration.word(at: offset)
            case .mmio, nil: nil
            }
        graphicsControl = word.flatMap { word in
            platform?.stolenEncoding.map { GraphicsControl(word: word, encoding: $0) }
        }
        stolenMemorySize = graphicsControl?.stolenMemorySize ?? stolenRange?.size

        let register = platform?.bdsm
        let raw: UInt64? = register.flatMap { register in
            switch register.width {
            case .bits32: configuration.dword(at: register.offset).map(UInt64.init)
            case .bits64: configuration.qword(at: register.offset)
            }
        }
        if let register, let raw {
            bdsm = register.base(raw: raw)
            bdsmIsLocked = register.isLocked(raw: raw)
        } else {
            bdsm = stolenRange?.start ?? Self.base(of: stolenMemorySize, in: reservedRanges)
            bdsmIsLocked = nil
        }
        // The kernel reads ASLS of every Intel display, so an id nobody knows yet is no reason not to.
        let asls = platform.map { $0.asls } ?? ASLSRegister()
        self.asls = asls.flatMap { configuration.dword(at: $0.offset) }
    }
}
