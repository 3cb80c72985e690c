import BerthDiagnostics
import BerthHost
import BerthPCI
import Foundation
import TestSupport
import Testing

/// Copies of a host's files in one file.
struct ArchiveTests {
    private static let text =
        String(
            repeating: "0000:00:02.0 VGA compatible controller [0300]: Intel Corporation Device [8086:5912]\n", count: 3
        )
        + String(repeating: String(decoding: UInt8(32)..<127, as: UTF8.self), count: 2) + "\n"

    /// The same, packed by another hand: gzip -9, with codes of its own.
    private static let packed = [UInt8](
        Data(
            base64Encoded: "H4sIAAAAAAACAzMwMDCwAiEjPQOFMHdHheT83ILEksyknFQgM6+kKD8nJ7VIIdrA2MAg1krBM68kNUfBOb+oIL8IqC"
                + "o/T8EltSwzOVUh2sLAwszK1NLQKJbLYIiYqaCopKyiqqauoamlraOrp29gaGRsYmpmbmFpZW1ja2fv4Ojk7OLq5u7h"
                + "6eXt4+vnHxAYFBwSGhYeERkVHRMbF5+QmJSckpqWnpGZlZ2Tm5dfUFhUXFJaVl5RWVVdU1tHY+O5AKtmE367AQAA") ?? Data())

    @Test func `gzip's own codes are read`() throws {
        #expect(try Inflate.unpack(Self.packed, file: "a.gz") == Array(Self.text.utf8))
    }

    @Test func `bytes that were only stored`() throws {
        let bytes = Array("stored".utf8)
        var packed: [UInt8] = [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3] + Array("name".utf8) + [0]
        packed += [1, 6, 0, 0xf9, 0xff] + bytes
        let good = packed + [0xb, 0xf9, 0x43, 0x56, 6, 0, 0, 0]
        #expect(try Inflate.unpack(good, file: "a.gz") == bytes)
        packed += [1, 2, 3, 4, 6, 0, 0, 0]
        let sum = #expect(throws: InputError.self) { try Inflate.unpack(packed, file: "a.gz") }
        #expect(sum?.findings.first?.message == "the archive is damaged; copy it again")
    }

    @Test func `an archive that was cut anywhere is an error, and never a part of it`() {
        for count in 1..<Self.packed.count {
            let error = #expect(throws: InputError.self) {
                try Inflate.unpack(Array(Self.packed.prefix(count)), file: "a.gz")
            }
            #expect(error?.findings.first?.rule == "host-archive")
        }
        var other = Self.packed
        other[40] ^= 0x10
        #expect(throws: InputError.self) { try Inflate.unpack(other, file: "a.gz") }
    }

    @Test func `no damage ends the reader`() {
        // Each bit once; what still unpacks says the same, because the sum holds it.
        for place in Self.packed.indices {
            for bit in 0..<8 {
                var bytes = Self.packed
                bytes[place] ^= 1 << UInt8(bit)
                let result = try? Inflate.unpack(bytes, file: "a.gz")
                #expect(result == nil || result == Array(Self.text.utf8))
            }
        }
        let whole = MadeUpTree.desktop(0x5912).archive
        for place in stride(from: 0, to: min(whole.count, 20_000), by: 3) {
            var bytes = whole
            bytes[place] ^= 0x55
            if let files = try? TarArchive.read(bytes, file: "a.tar") { _ = try? SysfsTree.read(files, name: "a") }
        }
    }

    @Test func `an archive says what the tree says`() throws {
        let tree = MadeUpTree.desktop(0xa780)
        let files = try TarArchive.read(tree.archive, file: "host.tar")
        let host = try SysfsTree.read(files, name: "tree")
        let wanted = try tree.read()
        #expect(host == wanted)
        #expect(host.igd?.stolenMemory?.description == "0x7c800000-0x807fffff")
    }

    @Test func `long names of GNU tar and of pax`() throws {
        let folder = String(repeating: "a", count: 90)
        let path = "\(folder)/0000:00:02.0/vendor"
        let record = "path=\(path)\n"
        let extended = "\(record.utf8.count + 4) \(record)"
        let gnu =
            MadeUpTree.member("././@LongLink", Array(path.utf8) + [0], kind: "L")
            + MadeUpTree.member("short", Array("0x8086\n".utf8))
        let pax =
            MadeUpTree.member("pax", Array(extended.utf8), kind: "x")
            + MadeUpTree.member("short", Array("0x8086\n".utf8))
        for bytes in [gnu, pax] {
            #expect(try TarArchive.read(bytes, file: "a.tar").files[path] == Array("0x8086\n".utf8))
        }
    }

    @Test func `a damaged or shortened archive is an error with what it was about`() throws {
        let whole = MadeUpTree.desktop(0x5912).archive
        let cut = #expect(throws: InputError.self) { try TarArchive.read(Array(whole.prefix(700)), file: "a.tar") }
        #expect(
            cut?.findings.first?.message
                == "the archive was cut: it ends within './proc/cmdline'; copy it again")
        var damaged = whole
        damaged[600 / 512 * 512 + 4096 + 3] ^= 1
        #expect(throws: InputError.self) { try TarArchive.read(damaged, file: "a.tar") }
    }
}
