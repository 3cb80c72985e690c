import BerthPCI
import BerthStack
import BerthTopology

/// The ranges that all root bridges hand out from, before anything is allocated.
///
/// Source: `PlatformMemMapInitialization` in OvmfPkg/Library/PlatformInitLib/Platform.c,
/// `PciHostBridgeGetRootBridges` in OvmfPkg/Library/PciHostBridgeLib @ edk2-stable202211.
struct PlatformApertures {
    let io: ClosedRange<UInt64>
    let below4GiB: ClosedRange<UInt64>
    /// Nil: root bridges do not decode 64-bit addresses.
    let above4GiB: ClosedRange<UInt64>?

    let release: OVMFRelease

    init(_ topology: GuestTopology, _ release: OVMFRelease) {
        self.release = release
        let hole = (1 << 32) - topology.ramLayout.below4GiB.rawValue
        let start = (1 << 32) - Alignment.powerOfTwoFloor(hole)
        switch topology.machine.type {
        case .pc:
            io = 0xc000...0xffff
            below4GiB = start...0xfbff_ffff
        case .q35:
            io = 0x6000...0xffff
            // ECAM at 0xb0000000 splits the hole, and only the part above it is used.
            below4GiB = release.hasHighECAM ? start...0xdfff_ffff : 0xc000_0000...0xfbff_ffff
        }
        above4GiB = HighWindow(topology, release).range
    }

    var shared: Apertures {
        var apertures = Apertures()
        apertures.io = PortRange(first: PortAddress(io.lowerBound), last: PortAddress(io.upperBound))
        apertures.below4GiB = Self.guestRange(below4GiB)
        apertures.above4GiB = above4GiB.flatMap(Self.guestRange)
        return apertures
    }

    /// The size that hot-plug padding is derived from.
    var sizeAbove4GiB: UInt64 { above4GiB.map { $0.upperBound - $0.lowerBound + 1 } ?? 0 }

    private static func guestRange(_ range: ClosedRange<UInt64>) -> GuestRange? {
        GuestRange(first: GuestPhysicalAddress(range.lowerBound), last: GuestPhysicalAddress(range.upperBound))
    }
}

/// The window above 4 GiB: classic (32 GiB after RAM) or dynamic (the top eighth of the address space).
///
/// Source: `PlatformGetFirstNonAddress`, `PlatformAddressWidthFromCpuid`, `PlatformDynamicMmioWindow` in
/// OvmfPkg/Library/PlatformInitLib/MemDetect.c @ edk2-stable202211 to 202605.
private struct HighWindow {
    private var base: UInt64 = 0
    private var size: UInt64 = 32 << 30

    init(_ topology: GuestTopology, _ release: OVMFRelease) {
        let requested = Self.requestedSize(topology)
        if let requested { size = requested }
        if size > 0 { placeAfterRAM(topology) }
        if requested != nil, release.honoursRequestedSize { return }
        if release.hasDynamicWindow, let bits = Self.validAddressBits(topology, release) {
            growIntoAddressSpace(bits)
            if release.avoidsReservations { stepBelow(topology) }
        }
    }

    var range: ClosedRange<UInt64>? { size == 0 ? nil : base...base + size - 1 }

    private mutating func placeAfterRAM(_ topology: GuestTopology) {
        let gib: UInt64 = 1 << 30
        let ramEnd = (1 << 32) + topology.ramLayout.above4GiB.rawValue
        let end = topology.reservedMemoryEnd?.rawValue ?? ramEnd
        size = Alignment.up(size, to: gib) ?? size
        base = Alignment.up(end, to: gib).flatMap { Alignment.up($0, to: Alignment.powerOfTwoFloor(size)) } ?? end
    }

    /// A window that was switched off by a size of 0 comes back here.
    private mutating func growIntoAddressSpace(_ bits: Int) {
        let (addresses, window) = (UInt64(1) << UInt64(bits), UInt64(1) << UInt64(bits - 3))
        guard size < window, base + window < addresses else { return }
        size = window
        base = addresses - window
    }

    /// Each entry of the memory map that the window overlaps pushes it below the entry, aligned to its size.
    private mutating func stepBelow(_ topology: GuestTopology) {
        let above = topology.ramLayout.above4GiB.rawValue
        var entries: [ClosedRange<UInt64>] = above > 0 ? [(1 << 32)...((1 << 32) + above - 1)] : []
        if topology.hasHyperTransportHole { entries.append(0xfd_0000_0000...0xff_ffff_ffff) }
        for entry in entries {
            guard let window = range, window.overlaps(entry), entry.lowerBound > size, size > 0 else { continue }
            base = Alignment.down(entry.lowerBound - size, to: Alignment.powerOfTwoFloor(size))
        }
    }

    /// The fw_cfg file that users set; what does not parse, or is above 16 TiB, is ignored.
    ///
    /// Source: `QemuFwCfgParseUint32` in OvmfPkg/Library/QemuFwCfgSimpleParserLib @ edk2-stable202211.
    private static func requestedSize(_ topology: GuestTopology) -> UInt64? {
        guard
            case .text(let text)? = topology.firmwareFiles.last(where: { $0.name == "opt/ovmf/X-PciMmio64Mb" })?.content,
            text.utf8.count < 23
        else { return nil }
        var digits = Substring(text).drop { $0 == " " || $0 == "\t" }
        if digits.last?.isNewline == true { digits.removeLast() }
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = UInt64(digits), number <= 0x100_0000 else {
            return nil
        }
        return number << 20
    }

    /// QEMU says 40 bits by default, whatever the host has; only numbers that real processors have count, and what is said
    /// for guests.
    ///
    /// The vendor is read from leaf 0x80000000, where an Intel processor has none: machines of QEMU 10.1 and later leave it out, so
    /// that there only what is said for guests makes a width of less than 41 bits count. KVM says it.
    ///
    /// Source: `PlatformAddressWidthFromCpuid` in OvmfPkg/Library/PlatformInitLib/MemDetect.c; pc-q35-10.0, 10.1 and 10.2 of QEMU
    /// 11.1 were booted with OVMF 2026.08.
    private static func validAddressBits(_ topology: GuestTopology, _ release: OVMFRelease) -> Int? {
        let processor = topology.processor
        let bits = processor.physicalAddressBits
        let isPlausible =
            switch processor.vendor {
            case .intel: topology.machineVersion.namesIntelInExtendedLeaf && (bits == 36 || bits == 39)
            case .amd: bits == 40
            case .other: false
            }
        // A processor of the host's is KVM's.
        let underKVM = processor.fromHost != nil && topology.qemu.saysGuestPhysicalBits ? bits : nil
        let reachable = release.readsGuestPhysicalBits ? processor.guestPhysicalAddressBits ?? underKVM : nil
        guard reachable != nil || bits >= 41 || isPlausible else { return nil }
        return min(bits, reachable ?? bits, processor.hasGiantPages ? release.addressBitsLimit : 40)
    }
}
