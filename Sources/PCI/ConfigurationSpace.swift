import BerthDiagnostics

/// The configuration space of one function: the bytes that are known, 64, 256 or 4096 of them.
///
/// Reads beyond what is known answer nil: a dump without the extended part is not a dump of zeros.
package struct ConfigurationSpace: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    /// Longer input is cut at 4096 bytes.
    package init(bytes: [UInt8]) { self.bytes = Array(bytes.prefix(4096)) }

    package func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }
    package func word(at offset: Int) -> UInt16? { little(offset, 2).map { UInt16($0) } }
    package func dword(at offset: Int) -> UInt32? { little(offset, 4).map { UInt32($0) } }
    package func qword(at offset: Int) -> UInt64? { little(offset, 8) }

    private func little(_ offset: Int, _ count: Int) -> UInt64? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) }
    }

    package var vendor: UInt16? { word(at: 0) }
    package var device: UInt16? { word(at: 2) }
    package var command: CommandRegister? { word(at: 4).map(CommandRegister.init) }
    package var revision: UInt8? { byte(at: 8) }
    package var classCode: ClassCode? { dword(at: 8).map { ClassCode(rawValue: $0 >> 8) } }
    package var isMultifunction: Bool? { byte(at: 0xe).map { $0 & 0x80 != 0 } }
    /// Nil for a header that is neither an endpoint's nor a PCI bridge's, or not known.
    package var header: HeaderType? { byte(at: 0xe).flatMap { HeaderType(rawValue: $0 & 0x7f) } }
    package var subsystemVendor: UInt16? { header == .endpoint ? word(at: 0x2c) : nil }
    package var subsystem: UInt16? { header == .endpoint ? word(at: 0x2e) : nil }

    /// Raw value of a base address register with the flag bits cleared, and what it decodes. The size
    /// is not in the register, so it is not in the answer. Nil for an unimplemented (zero) register.
    package func baseAddress(_ index: Int) -> (address: UInt64, space: BaseAddressSpace)? {
        guard let header, (0..<header.registerCount).contains(index),
            let low = dword(at: 0x10 + 4 * index), low != 0
        else { return nil }
        if low & 1 == 1 { return (UInt64(low & ~3), .io) }
        let prefetchable = low & 8 != 0
        guard low & 6 == 4 else { return (UInt64(low & ~0xf), .memory32(prefetchable: prefetchable)) }
        let high = dword(at: 0x14 + 4 * index) ?? 0
        return (UInt64(high) << 32 | UInt64(low & ~0xf), .memory64(prefetchable: prefetchable))
    }
}

/// What the low bits of a base address register say.
package enum BaseAddressSpace: Hashable, Sendable {
    case io
    case memory32(prefetchable: Bool)
    case memory64(prefetchable: Bool)
}

/// The command register, offset 0x04 (PCI 3.0 §6.2.2).
package struct CommandRegister: OptionSet, Hashable, Sendable {
    package var rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Bit 0: one switch for all I/O BARs of the function.
    package static let ioSpace = CommandRegister(rawValue: 1 << 0)
    /// Bit 1: one switch for all memory BARs of the function.
    package static let memorySpace = CommandRegister(rawValue: 1 << 1)
    /// Bit 2: the function may send requests of its own.
    package static let busMaster = CommandRegister(rawValue: 1 << 2)
    /// Bit 8: report errors with SERR#.
    package static let systemError = CommandRegister(rawValue: 1 << 8)
}
