/// Configuration space of a function without capabilities: what it reads, and which bits a guest may change.
public struct FunctionRegisters: Sendable, Hashable {
    /// Who a function says it is.
    public struct Identity: Sendable, Hashable {
        /// Register 0x00; 0x02 has the device.
        public var vendor: UInt16
        /// What the vendor calls it.
        public var device: UInt16
        /// Registers 0x2c and 0x2e.
        public var subsystemVendor: UInt16
        /// What the vendor of the board calls it.
        public var subsystem: UInt16
        /// Base class, subclass and programming interface, as in 0x060100.
        public var classCode: UInt32
        /// Register 0x08.
        public var revision: UInt8

        /// The class counts with its lower 24 bits.
        public init(
            vendor: UInt16, device: UInt16, subsystemVendor: UInt16 = 0, subsystem: UInt16 = 0, classCode: UInt32,
            revision: UInt8 = 0
        ) {
            self.vendor = vendor
            self.device = device
            self.subsystemVendor = subsystemVendor
            self.subsystem = subsystem
            self.classCode = classCode & 0xff_ffff
            self.revision = revision
        }
    }

    /// What kind of BAR a function has.
    public enum BARKind: Sendable, Hashable {
        /// I/O ports.
        case io
        /// Below 4 GiB.
        case memory32(prefetchable: Bool)
        /// Takes the next BAR's register, too.
        case memory64(prefetchable: Bool)

        /// The bits that a guest cannot change. Source: PCI Local Bus 3.0, 6.2.5.1.
        var typeBits: UInt32 {
            switch self {
            case .io: 0b1
            case .memory32(let prefetchable): prefetchable ? 0b1000 : 0
            case .memory64(let prefetchable): prefetchable ? 0b1100 : 0b0100
            }
        }
    }

    private var current: [UInt8]
    private var initial: [UInt8]
    private var writable: [UInt8]

    /// I/O, memory, bus master, parity, SERR and INTx-off are what a guest may switch in the command register.
    static let commandBits: UInt32 = 0x0547

    /// 256 bytes, or 4096 where the function is to have extended configuration space.
    public init(_ identity: Identity, isExtended: Bool = false) {
        initial = [UInt8](repeating: 0, count: isExtended ? 4096 : 256)
        current = initial
        writable = initial
        set(UInt32(identity.device) << 16 | UInt32(identity.vendor), at: 0x00, writable: 0)
        set(0, at: 0x04, writable: Self.commandBits)
        set(identity.classCode << 8 | UInt32(identity.revision), at: 0x08, writable: 0)
        // Cache line size and the interrupt line are the guest's to keep.
        set(0, at: 0x0c, writable: 0xff)
        set(UInt32(identity.subsystem) << 16 | UInt32(identity.subsystemVendor), at: 0x2c, writable: 0)
        set(0, at: 0x3c, writable: 0xff)
    }

    /// In bytes.
    public var size: UInt64 { UInt64(current.count) }

    /// Gives four bytes a value after reset, and says which of their bits a guest may change. Nothing beyond the end is set.
    public mutating func set(_ value: UInt32, at offset: Int, writable mask: UInt32) {
        guard offset >= 0, offset + 4 <= initial.count else { return }
        for index in 0..<4 {
            let shift = UInt32(8 * index)
            initial[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
            writable[offset + index] = UInt8(truncatingIfNeeded: mask >> shift)
            current[offset + index] = initial[offset + index]
        }
    }

    /// A BAR that answers to sizing: all ones written, the size is read.
    ///
    /// Errors: a number, a kind or a size that PCI does not have.
    public mutating func setBAR(_ number: Int, _ kind: BARKind, size: UInt64) throws(FunctionError) {
        guard (0..<6).contains(number) else { throw .bar(number, "a function has the BARs 0 to 5") }
        guard size.nonzeroBitCount == 1 else {
            throw .bar(number, "\(size) bytes is no power of two, which the size of a BAR has to be")
        }
        let mask = ~(size - 1)
        switch kind {
        case .io:
            guard (4...256).contains(size) else { throw .bar(number, "I/O BARs have 4 to 256 bytes, not \(size)") }
            set(kind.typeBits, at: 0x10 + 4 * number, writable: UInt32(truncatingIfNeeded: mask))
        case .memory32:
            guard (16...1 << 31).contains(size) else {
                throw .bar(number, "\(size) bytes; one of 32 bits has 16 bytes to 2 GiB")
            }
            set(kind.typeBits, at: 0x10 + 4 * number, writable: UInt32(truncatingIfNeeded: mask))
        case .memory64:
            guard number < 5 else {
                throw .bar(number, "one of 64 bits takes the next register, which BAR 5 does not have")
            }
            guard (16...1 << 46).contains(size) else {
                throw .bar(number, "\(size) bytes; one of 64 bits has 16 bytes to 64 TiB")
            }
            set(kind.typeBits, at: 0x10 + 4 * number, writable: UInt32(truncatingIfNeeded: mask))
            set(0, at: 0x14 + 4 * number, writable: UInt32(truncatingIfNeeded: mask >> 32))
        }
    }

    /// The register of an option ROM of so many bytes, a power of two.
    mutating func setROM(size: UInt64) {
        set(0, at: 0x30, writable: UInt32(truncatingIfNeeded: ~(size - 1)) & 0xffff_f800 | 1)
    }

    /// As after power-on.
    public mutating func reset() { current = initial }

    /// Shorter where configuration space ends.
    public func read(at offset: UInt64, count: Int) -> [UInt8] {
        guard let start = Int(exactly: offset), start < current.count, count > 0 else { return [] }
        return Array(current[start..<min(current.count, start + count)])
    }

    /// Changes the bits that may be changed.
    public mutating func write(_ bytes: [UInt8], at offset: UInt64) {
        guard let start = Int(exactly: offset), start < current.count else { return }
        for (index, value) in zip(start..<current.count, bytes) {
            current[index] = current[index] & ~writable[index] | value & writable[index]
        }
    }
}
