import BerthDiagnostics
import BerthIGD
package import BerthPCI
import BerthStack

/// What QEMU makes of the graphics control word, and of `x-igd-gms`, which overrides its size of stolen memory.
///
/// Source: hw/vfio/igd.c `vfio_probe_igd_bar4_quirk` of 2.7 to 9.1 and 9.2, `vfio_pci_igd_config_quirk` of 10.0,
/// `vfio_pci_igd_override_gms` of 10.2.
struct GraphicsControlInQEMU {
    let igd: IGDAssignment
    let era: QEMUEra
    let generation: Int

    enum Override: Hashable {
        /// Not given, 0, or in a release that does not look at it.
        case none
        case accepted(UInt16)
        /// QEMU prints the message and goes on without.
        case ignored(String)
        /// QEMU prints the message and does not start.
        case fatal(String)
    }

    var override: Override {
        guard let gms = igd[number: "x-igd-gms"], gms != 0, era != .v9_2 else { return .none }
        let code = UInt16(clamping: gms)
        switch era {
        case .v2_7, .v9_2: return gms <= 0x10 ? .accepted(code) : .ignored(Self.unsupported(gms))
        case .v10_0:
            return gms <= (generation < 8 ? 0x10 : 0x40) ? .accepted(code) : .ignored(Self.unsupported(gms))
        case .v10_1:
            guard generation > 0 else { return .fatal("x-igd-gms is not supported on this device") }
            let ranges: [ClosedRange<UInt64>] =
                generation < 8 ? [0...0x10] : generation == 8 ? [0...0x40] : [0...0x40, 0xf0...0xfe]
            if ranges.contains(where: { $0.contains(gms) }) { return .accepted(code) }
            let expected = ranges.map { "0x\(String($0.lowerBound, radix: 16))~0x\(String($0.upperBound, radix: 16))" }
            return .fatal(
                "Parameter 'x-igd-gms' expects "
                    + expected.joined(separator: " or ").replacingPrefix("0x0~", with: "0~"))
        }
    }

    /// The word that the guest reads while QEMU emulates it; old releases clear the size first.
    var emulatedWord: UInt16 {
        let host = igd.assumedGraphicsControl
        switch override {
        case .accepted(let code): return host & ~field | code << shift & field
        case .none, .ignored, .fatal: return era == .v2_7 ? host & ~field : host
        }
    }

    /// Data stolen memory as QEMU counts it, by its own number of the generation: Cherryview it takes for gen 8.
    func size(of word: UInt16) -> ByteCount {
        let gms = UInt64((word & field) >> shift)
        if generation < 9 { return era == .v9_2 && gms > 0x10 ? .zero : .mib(gms * 32) }
        return gms < 0xf0 ? .mib(gms * 32) : .mib(4 * (gms - 0xf0 + 1))
    }

    /// GTT stolen memory, which the fw_cfg file includes up to 9.2. Field 0 of gen 8 is 1 MiB in old releases,
    /// nothing in 9.2.
    var gttSize: ByteCount {
        let word = igd.assumedGraphicsControl
        if generation < 8 { return .mib(UInt64(word >> 8 & 3)) }
        let field = UInt64(word >> 6 & 3)
        return field == 0 && era == .v9_2 ? .zero : .mib(1 << field)
    }

    private var shift: UInt16 { generation < 8 ? 3 : 8 }
    private var field: UInt16 { (generation < 8 ? 0x1f : 0xff) << shift }

    private static func unsupported(_ gms: UInt64) -> String {
        "Unsupported IGD GMS value 0x\(String(gms, radix: 16))"
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}

extension GuestTopology {
    /// Stolen memory by the control word that the guest reads, decoded as Intel documents it. Zero without an IGD.
    package var visibleStolenMemory: ByteCount {
        guard let igd, let encoding = igd.platform?.stolenEncoding else { return .zero }
        let word = IGDInQEMU(self)?.graphicsControl ?? igd.assumedGraphicsControl
        return GraphicsControl(word: word, encoding: encoding).stolenMemorySize ?? .zero
    }
}
