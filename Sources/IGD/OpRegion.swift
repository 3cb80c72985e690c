package import BerthPCI

/// An OpRegion, read from its bytes: the region ACPI, firmware and graphics drivers share.
///
/// Source for the rules: `drivers/gpu/drm/i915/display/intel_opregion.c@torvalds/linux`
/// `intel_opregion_setup`, `drivers/vfio/pci/vfio_pci_igd.c@torvalds/linux`.
package struct OpRegion: Hashable, Sendable {
    /// Where the video BIOS table is.
    package enum VBTLocation: Hashable, Sendable {
        /// In the given bytes: mailbox 4, or the room after the base structure.
        case inside(Range<Int>)
        /// At a physical address of the host (version 2.0); a copy of the OpRegion does not have it.
        case absolute(HostPhysicalAddress, size: ByteCount)
    }

    /// What the size field says; without the extended VBT.
    package let size: ByteCount
    package let version: OpRegionVersion
    package let mailboxes: OpRegionMailboxes
    /// RVDA as it stands: an address up to version 2.0, an offset from 2.1 on.
    package let rvda: UInt64
    /// RVDS: the size of an extended VBT.
    package let rvds: ByteCount
    package let vbt: VBTLocation
    package let findings: [OpRegionFinding]

    /// Reads at most what is there; the bytes may come from anywhere.
    package init(bytes: [UInt8]) throws(OpRegionError) {
        let needed = OpRegionLayout.baseSize
        let signature = Array(bytes.prefix(OpRegionLayout.signature.count))
        guard bytes.count >= Int(needed.rawValue) else {
            throw .tooShort(found: ByteCount(UInt64(bytes.count)), needed: needed)
        }
        guard signature == OpRegionLayout.signature else { throw .wrongSignature(found: signature) }
        let kib = Self.little(bytes, OpRegionLayout.sizeOffset, 4)
        guard kib != 0 else { throw .sizeZero }

        size = .kib(kib)
        version = OpRegionVersion(raw: UInt32(truncatingIfNeeded: Self.little(bytes, OpRegionLayout.versionOffset, 4)))
        mailboxes = OpRegionMailboxes(
            rawValue: UInt32(truncatingIfNeeded: Self.little(bytes, OpRegionLayout.mailboxesOffset, 4)))
        rvda = Self.little(bytes, OpRegionLayout.rvdaOffset, 8)
        rvds = ByteCount(Self.little(bytes, OpRegionLayout.rvdsOffset, 4))

        var findings: [OpRegionFinding] = size == needed ? [] : [.unusualSize(size)]
        // Linux lets the table run on into mailbox 5 where that does not exist.
        let end =
            mailboxes.contains(.asleExtension) ? OpRegionLayout.mailbox4.upperBound : OpRegionLayout.mailbox5.upperBound
        var vbt = VBTLocation.inside(OpRegionLayout.mailbox4.lowerBound..<end)
        if version.major >= 2, rvda != 0, rvds != .zero {
            if version < OpRegionVersion(major: 2, minor: 1) {
                vbt = .absolute(HostPhysicalAddress(rvda), size: rvds)
            } else {
                switch Self.extendedVBT(in: bytes, offset: rvda, size: rvds) {
                case .success(let range): vbt = .inside(range)
                case .failure(let reason): findings.append(reason.finding)
                }
            }
        }
        self.vbt = vbt
        self.findings = findings
    }

    /// Size of the region as the kernel hands it to user space: the base and the extended VBT behind it,
    /// whether the firmware placed that by address or by offset.
    package var exportedSize: ByteCount {
        let extended = version.major >= 2 && rvda != 0 && rvds != .zero
        return extended ? size + rvds : size
    }

    private struct Rejection: Error { var finding: OpRegionFinding }

    private static func extendedVBT(
        in bytes: [UInt8], offset: UInt64, size: ByteCount
    ) -> Result<Range<Int>, Rejection> {
        guard offset >= OpRegionLayout.baseSize.rawValue else {
            return .failure(Rejection(finding: .extendedVBTInsideBase(offset: offset)))
        }
        let (end, overflow) = offset.addingReportingOverflow(size.rawValue)
        guard !overflow, end <= UInt64(bytes.count) else {
            return .failure(Rejection(finding: .extendedVBTOutsideBytes(offset: offset, size: size)))
        }
        let range = Int(offset)..<Int(end)
        guard bytes[range].starts(with: OpRegionLayout.vbtSignature) else {
            return .failure(Rejection(finding: .extendedVBTWithoutSignature(offset: offset)))
        }
        return .success(range)
    }

    /// The caller has checked that the bytes are there.
    private static func little(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) }
    }
}
