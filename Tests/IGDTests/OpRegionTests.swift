import BerthIGD
import BerthPCI
import Testing
import TestSupport

struct OpRegionTests {
    /// An OpRegion of 8 KiB with all mailboxes of version 2, and `extra` bytes after it.
    private func bytes(
        version: UInt32, kib: UInt32 = 8, mailboxes: UInt32 = 0x1f, rvda: UInt64 = 0, rvds: UInt32 = 0,
        extra: [UInt8] = []
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 0x2000)
        bytes.replaceSubrange(0..<16, with: Array("IntelGraphicsMem".utf8))
        func put(_ value: UInt64, _ count: Int, at offset: Int) {
            for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
        }
        put(UInt64(kib), 4, at: 0x10)
        put(UInt64(version), 4, at: 0x14)
        put(UInt64(mailboxes), 4, at: 0x58)
        put(rvda, 8, at: 0x3ba)
        put(UInt64(rvds), 4, at: 0x3c2)
        return bytes + extra
    }

    private let table = Array("$VBT".utf8) + [UInt8](repeating: 7, count: 508)

    @Test func `the header is read`() throws {
        let region = try OpRegion(bytes: bytes(version: 0x0201_0300, mailboxes: 0x1d))
        #expect(region.size == .kib(8))
        #expect(region.version == OpRegionVersion(major: 2, minor: 1, revision: 3))
        #expect(region.version.description == "2.1")
        #expect(region.mailboxes == [.acpi, .asle, .vbt, .asleExtension])
        #expect(region.findings == [])
        #expect(region.exportedSize == .kib(8))
    }

    @Test(arguments: [(0x0100_0000, 0x1000), (0x0200_0000, 0), (0x0201_0000, 0)] as [(UInt32, UInt64)])
    func `the VBT is in mailbox 4 below version 2 and without RVDA`(version: UInt32, rvda: UInt64) throws {
        let region = try OpRegion(bytes: bytes(version: version, rvda: rvda, rvds: 0x200))
        #expect(region.vbt == .inside(0x400..<0x1c00))
        #expect(region.exportedSize == .kib(8))
    }

    @Test func `mailbox 4 runs on where mailbox 5 is missing`() throws {
        let region = try OpRegion(bytes: bytes(version: 0x0100_0000, mailboxes: 0x0f))
        #expect(region.vbt == .inside(0x400..<0x2000))
    }

    @Test func `version 2_0 gives an address`() throws {
        let region = try OpRegion(bytes: bytes(version: 0x0200_0000, rvda: 0x87f8_a018, rvds: 0x1a00))
        #expect(region.vbt == .absolute(HostPhysicalAddress(0x87f8_a018), size: 0x1a00))
        #expect(region.exportedSize == 0x3a00)
        #expect(region.findings == [])
    }

    @Test(arguments: [0x0201_0000, 0x0202_0000, 0x0300_0000] as [UInt32])
    func `version 2_1 and later give an offset`(version: UInt32) throws {
        let region = try OpRegion(bytes: bytes(version: version, rvda: 0x2000, rvds: 0x200, extra: table))
        #expect(region.vbt == .inside(0x2000..<0x2200))
        #expect(region.exportedSize == 0x2200)
        #expect(region.findings == [])
    }

    @Test func `an offset inside the base structure is a finding`() throws {
        let region = try OpRegion(bytes: bytes(version: 0x0201_0000, rvda: 0x1fff, rvds: 0x200, extra: table))
        #expect(region.vbt == .inside(0x400..<0x1c00))
        #expect(region.findings == [.extendedVBTInsideBase(offset: 0x1fff)])
    }

    @Test(
        arguments: [(0x2001, 0x200), (0x2000, 0x201), (UInt64.max, 0x200), (0x2000, UInt32.max)] as [(UInt64, UInt32)])
    func `an offset beyond the bytes is a finding`(rvda: UInt64, rvds: UInt32) throws {
        let region = try OpRegion(bytes: bytes(version: 0x0201_0000, rvda: rvda, rvds: rvds, extra: table))
        #expect(region.vbt == .inside(0x400..<0x1c00))
        #expect(region.findings == [.extendedVBTOutsideBytes(offset: rvda, size: ByteCount(UInt64(rvds)))])
    }

    @Test func `an extended VBT without its signature is a finding`() throws {
        let region = try OpRegion(
            bytes: bytes(version: 0x0201_0000, rvda: 0x2000, rvds: 3, extra: Array("$VB".utf8)))
        #expect(region.vbt == .inside(0x400..<0x1c00))
        #expect(region.findings == [.extendedVBTWithoutSignature(offset: 0x2000)])
    }

    @Test func `an unusual size is a finding, none is an error`() throws {
        #expect(try OpRegion(bytes: bytes(version: 0, kib: 16)).findings == [.unusualSize(.kib(16))])
        #expect(try OpRegion(bytes: bytes(version: 0, kib: .max)).size == .kib(0xffff_ffff))
        #expect(throws: OpRegionError.sizeZero) { try OpRegion(bytes: bytes(version: 0, kib: 0)) }
    }

    @Test func `short or foreign bytes are refused`() {
        #expect(throws: OpRegionError.tooShort(found: 0, needed: .kib(8))) { try OpRegion(bytes: []) }
        #expect(throws: OpRegionError.tooShort(found: 0x1fff, needed: .kib(8))) {
            try OpRegion(bytes: bytes(version: 0).dropLast())
        }
        #expect(throws: OpRegionError.wrongSignature(found: [UInt8](repeating: 0xff, count: 16))) {
            try OpRegion(bytes: [UInt8](repeating: 0xff, count: 0x2000))
        }
    }

    @Test func `whatever follows the signature, the VBT lies inside the bytes`() throws {
        var random = Seeded(7)
        for _ in 0..<200 {
            var hostile = bytes(version: 0, extra: table)
            for index in 16..<0x400 { hostile[index] = UInt8.random(in: 0...255, using: &random) }
            // Often enough a version and an offset that matter.
            if Bool.random(using: &random) { hostile.replaceSubrange(0x3bc..<0x3c2, with: [0, 0, 0, 0, 0, 0]) }
            hostile[0x17] = UInt8.random(in: 0...3, using: &random)
            let region = try OpRegion(bytes: hostile)
            switch region.vbt {
            case .inside(let range): #expect(range.lowerBound >= 0x400 && range.upperBound <= hostile.count)
            case .absolute(let address, let size):
                #expect(address.rawValue == region.rvda && size == region.rvds && region.version.major == 2)
            }
        }
    }

    @Test func `errors say what to do`() {
        #expect(
            OpRegionError.tooShort(found: .kib(4), needed: .kib(8)).description
                == "the OpRegion has 4 KiB, the least is 8 KiB; dump it whole")
        #expect(
            OpRegionError.wrongSignature(found: [0, 0xff]).description
                == "the OpRegion starts with 00 ff, not with 'IntelGraphicsMem'; check the address in ASLS")
    }
}
