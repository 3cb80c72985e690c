import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import Foundation
import TestSupport
import Testing

/// A host as JSON.
struct HostRecordTests {
    private struct Envelope: Codable { var record: HostRecord }

    private static func roundTrip(_ host: HostInventory) throws -> HostInventory {
        let bytes = [UInt8](try JSONEncoder().encode(Envelope(record: HostRecord(host))))
        #expect(HostReader.kind(of: bytes) == .record)
        return try HostReader.read(files: [("host.json", bytes)])
    }

    @Test(arguments: [0x0116, 0x1616, 0x5912, 0xa780, 0x7d55] as [UInt16])
    func `what was written is read again`(device: UInt16) throws {
        var tree = MadeUpTree.desktop(device)
        tree.put(
            "proc/cpuinfo",
            "vendor_id\t: GenuineIntel\nflags\t\t: fpu pdpe1gb\naddress sizes\t: 39 bits physical, 48 bits virtual\n")
        tree.files.files["sys/kernel/debug/dri/0/i915_opregion"] = OpRegionBytes.plain()
        let host = try tree.read()
        #expect(host.opRegion?.region.version.description == "2.1")
        #expect(try Self.roundTrip(host) == host)
    }

    @Test(arguments: ["skylake-laptop", "fujitsu-p8010", "nuc11tnbi5", "whl-ipc-i5"])
    func `a real one, too`(name: String) throws {
        guard let host = try RealHosts.read(name) else { return }
        #expect(try Self.roundTrip(host) == host)
    }

    @Test(arguments: [
        ("{\"record\": {\"functions\": []", "this is JSON, and not what 'berth host --format json' writes, or cut"),
        ("{\"functions\": 3}", "this is JSON, and not what 'berth host --format json' writes, or cut"),
        (
            "{\"record\": {\"functions\": [{\"address\": \"x\"}], \"reservations\": [], \"system\": {}}}",
            "'x' is no function, or its bytes are none"
        ),
        (
            "{\"record\": {\"functions\": [], \"addressWidth\": 7, \"reservations\": [], \"system\": {}}}",
            "a width of addresses that nothing has"
        ),
        (
            "{\"record\": {\"functions\": [], \"reservations\": [{\"range\": {\"first\": 9, \"last\": 1}}], \"system\": {}}}",
            "a range ends before it begins"
        ),
    ])
    func `damaged JSON`(text: String, words: String) {
        let error = #expect(throws: InputError.self) { try HostRecord.read(Array(text.utf8), file: "host.json") }
        #expect(error?.findings.first?.message == words)
    }
}

/// An OpRegion, made up.
enum OpRegionBytes {
    /// Version 2.1 with mailboxes 1, 3 and 4, and no VBT beside the one in it.
    static func plain(rvda: UInt64 = 0, rvds: UInt32 = 0, minor: UInt8 = 1, count: Int = 8192) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.replaceSubrange(0..<16, with: Array("IntelGraphicsMem".utf8))
        bytes[0x10] = 8
        bytes.replaceSubrange(0x14..<0x18, with: [0, 0, minor, 2])
        bytes[0x58] = 0b1101
        for index in 0..<8 { bytes[0x3ba + index] = UInt8(truncatingIfNeeded: rvda >> UInt64(8 * index)) }
        for index in 0..<4 { bytes[0x3c2 + index] = UInt8(truncatingIfNeeded: rvds >> UInt32(8 * index)) }
        bytes.replaceSubrange(0x400..<0x404, with: Array("$VBT".utf8))
        return bytes
    }
}

struct PCINamesTests {
    @Test func `names of the functions that are there`() throws {
        let list = """
            # a comment
            8086  Intel Corporation
            \t5912  HD Graphics 630
            \t\t1028 07a3  a laptop's
            \ta2c5  200 Series PCH LPC Controller (Z270)
            10de  NVIDIA Corporation
            \t5912  not this
            C 03  Display controller
            \t00  VGA compatible controller
            """
        let host = try MadeUpTree.desktop(0x5912).read()
        let names = PCINames(Array(list.utf8), of: host.functions)
        #expect(
            host.functions.map { $0.identity.flatMap(names.name) } == [
                nil, "HD Graphics 630", "200 Series PCH LPC Controller (Z270)",
            ])
        #expect(PCINames(Array("8086".utf8), of: host.functions) == PCINames())
    }
}
