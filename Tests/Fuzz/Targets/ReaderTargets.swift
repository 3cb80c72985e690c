import BerthHost
import BerthOptionROM
import BerthTopology
import BerthVFIOUser
import Foundation
import TestSupport

/// Readers by themselves, with nothing behind them: small and fast, so that millions of inputs are a matter of minutes.
extension FuzzTarget {
    /// An option ROM, and what its images are one behind the other.
    static let optionROM = FuzzTarget(
        "option-rom", seeds: { try ReaderSeeds.roms() }, words: ["\u{55}", "PCIR"], limit: 1 << 13
    ) { bytes, _ in
        let file = try ROMFile(bytes, file: "a.rom")
        let images = ROMFile.joined(file.images)
        guard try ROMFile(images, file: "b.rom").images.count == file.images.count else {
            throw FuzzFault("images that are joined are other images")
        }
    }

    /// A dump of an OpRegion: 8 KiB and what follows.
    static let opRegion = FuzzTarget(
        "opregion", seeds: { ReaderSeeds.opRegions }, words: ["IntelGraphicsMem", "$VBT"], limit: 12 << 10
    ) { bytes, _ in
        _ = try OpRegionDump(bytes, file: "opregion.bin")
    }

    /// What a client sends to the vfio-user server, cut into two pieces on its way.
    static let userDevice = FuzzTarget(
        "vfio-user", seeds: { ReaderSeeds.conversations }, words: ["{\"capabilities\":{\"max_msg_fds\":16}}"],
        limit: 1 << 12
    ) { bytes, _ in
        var conversation = Conversation(PlainFunction())
        let cut = bytes.count / 3
        for part in [bytes[..<cut], bytes[cut...]] {
            for reply in conversation.replies(to: Array(part)) {
                guard let header = MessageHeader(reply), Int(header.size) == reply.count,
                    reply.count <= WireLimit.message, !header.isRequest, header.isError == (header.error != 0)
                else { throw FuzzFault("a reply that is none") }
            }
        }
    }

    /// A gzip member, and what a tar archive holds, packed or not.
    static let archive = FuzzTarget("archive", seeds: { ReaderSeeds.archives }, limit: 1 << 13) { bytes, _ in
        let plain = Inflate.isPacked(bytes) ? try Inflate.unpack(bytes, file: "a.tar.gz") : bytes
        _ = try TarArchive.read(plain, file: "a.tar")
    }

    /// Messages of a guest and its QEMU while it is rehearsed.
    static let rehearsed = FuzzTarget(
        "rehearsed", seeds: { GuestReports.seeds.map { Array($0.utf8) } }, words: GuestReports.words, limit: 1 << 12
    ) { bytes, _ in
        GuestReports.read(String(decoding: bytes, as: UTF8.self))
    }
}

/// A function with registers, a BAR that is answered by messages, and nothing else.
private struct PlainFunction: FunctionBehaviour {
    private var registers: FunctionRegisters = {
        var registers = FunctionRegisters(.init(vendor: 0x8086, device: 0x9d4e, classCode: 0x06_0100))
        try? registers.setBAR(0, .memory32(prefetchable: false), size: 1 << 16)
        return registers
    }()

    func attach() {}
    mutating func reset() { registers.reset() }
    func detach() {}

    func region(_ index: FunctionRegion.Index) -> FunctionRegion {
        switch index {
        case .configuration: .trapped(size: registers.size, isWritable: true)
        case .bar0: .trapped(size: 1 << 16, isWritable: true)
        case .rom: .trapped(size: 1 << 11, isWritable: false)
        default: .absent
        }
    }

    func read(_ index: FunctionRegion.Index, at offset: UInt64, count: Int) -> [UInt8] {
        index == .configuration ? registers.read(at: offset, count: count) : [UInt8(truncatingIfNeeded: offset)]
    }

    mutating func write(_ bytes: [UInt8], to index: FunctionRegion.Index, at offset: UInt64) {
        if index == .configuration { registers.write(bytes, at: offset) }
    }
}

/// Bytes that are right.
private enum ReaderSeeds {
    static func roms() throws -> [[UInt8]] {
        let folder = PackageRoot.url.appendingPathComponent("Sources/OptionROM/Firmware")
        let writer = try Data(contentsOf: folder.appendingPathComponent("bios.bin"))
        return [
            image(code: 0, isLast: true), image(code: 3, isLast: true),
            image(code: 0, isLast: false) + image(code: 3, isLast: true), Array(writer),
        ]
    }

    private static func image(code: UInt8, isLast: Bool) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1024)
        let head: [Int: [UInt8]] = [
            0: [0x55, 0xaa, 2], 4: [0xf1, 0x0e, 0, 0, 11, 0, 0x64, 0x86, 1, 0], 0x16: [0x60, 0, 0x1c, 0],
            0x1c: Array("PCIR".utf8) + [0x86, 0x80, 0x16, 0x59, 0, 0, 0x18, 0, 3, 0, 0, 3, 2, 0, 1, 0, code],
            0x31: [isLast ? 0x80 : 0],
        ]
        for (offset, values) in head { bytes.replaceSubrange(offset..<offset + values.count, with: values) }
        return bytes
    }

    static var opRegions: [[UInt8]] {
        let versions: [[UInt8]] = [[0, 0, 0, 2], [0, 0, 1, 2], [0, 0, 3, 1]]
        return versions.enumerated().map { number, version in
            var bytes = Array("IntelGraphicsMem".utf8) + [8, 0, 0, 0] + version
            bytes += [UInt8](repeating: 0, count: (8 << 10) + 0x400 * number - bytes.count)
            bytes[0x58] = 0x1f
            // RVDA and RVDS in mailbox 3.
            bytes[0x3ba] = 0
            bytes[0x3bb] = 0x20
            bytes[0x3c3] = 4
            bytes.replaceSubrange(0x400..<0x414, with: Array("$VBT SKYLAKE        ".utf8))
            return bytes
        }
    }

    static var conversations: [[UInt8]] {
        let capabilities = Array("{\"capabilities\":{\"max_msg_fds\":16,\"pgsizes\":4096}}\0".utf8)
        let hello = message(1, [0, 0, 0, 0] + capabilities)
        var questions = message(4, words(16, 0, 0, 0))
        for region in 0..<UInt32(9) { questions += message(5, words(32, 0, region, 0, 0, 0, 0, 0)) }
        let accesses =
            message(9, words(0, 0, 7, 256)) + message(10, words(4, 0, 7, 2) + [7, 1])
            + message(9, words(0x10, 0, 7, 4)) + message(10, words(8, 0, 0, 4, 0x1234), flags: 0x10)
            + message(9, words(0, 0, 6, 16))
        let others =
            message(2, words(32, 3, 0, 0, 0, 0, 1 << 20, 0)) + message(3, words(24, 0, 0, 0, 1 << 20, 0))
            + message(7, words(16, 0, 3, 0)) + message(8, words(20, 0, 0, 0, 0)) + message(13, [])
            + message(16, words(16, 0, 0, 0))
        return [hello, hello + questions, hello + accesses, hello + others + accesses]
    }

    private static func words(_ values: UInt32...) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            for step in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * step))) }
        }
        return bytes
    }

    private static func message(_ command: UInt16, _ body: [UInt8], flags: UInt32 = 0) -> [UInt8] {
        MessageHeader(id: 1, command: command, size: UInt32(16 + body.count), flags: flags).bytes + body
    }

    /// Two files and a link, packed with codes of their own and with fixed ones; and one file as it is.
    static var archives: [[UInt8]] {
        packed.compactMap { Data(base64Encoded: $0).map { Array($0) } }
            + [tar("sys/bus/pci/devices/0000:00:02.0/vendor", "0x8086\n")]
    }

    private static let packed = [
        """
        H4sIAAAAAAACA+2VTQ6CMBCFu+YUvYC0hUqRnQdwgydQmCYsENIBIre3/JgoGxYqC+HLpDOZSSZv0ddii+xaIyuTjKXQZAkg45aoC8/lrIFbWhjyCd2+QMo+\
        W6bZol5q2xdS+IJQThagxupiKCUrhd9DHgYO2VgnpSkSlhU55D+8Y3P+V/Ld/1wp7m3+X8T/I7v+1FrTiMaAYBpIna4lxuFBD8NzixXkND6etkfjD8CZ/38R\
        /09rofbSJ9RzXTbEU5lVOYr7msiV+/8B1bpx/wAKAAA=
        """,
        """
        H4sIAAAAAAACAyuuLNZPKi3WL0jO1E9JLctMTi3WNwACKxAy0jPQL0vNS8kvYqAEgMwzMzEB00CATgOBORIbKG5oYmhsyKBgwEAHUFpcklikoMAwQoFBhYWB\
        hRkXwygYmaCgKD9ZPzM/NzWXhmmMUP43N0HN/wbm5gZGo/mfLvkfCnTBZFpamoKVQlBqcWpRWWoKF0jIECppmQaRDK4sLknNVQhy9B0tNIYBKCZQ/9Ml/6Oz\
        Dc1NTYwZFIz09PQhCOYyoCuhjqOaI0d4/gcA1bpx/wAKAAA=
        """,
    ]

    private static func tar(_ name: String, _ content: String) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: Array(text.utf8))
        }
        put(name, at: 0)
        put("0000644", at: 100)
        put(
            String(repeating: "0", count: 11 - String(content.utf8.count, radix: 8).count)
                + String(content.utf8.count, radix: 8), at: 124)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put("        ", at: 148)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(String(sum, radix: 8) + "\u{0} ", at: 148)
        return header + Array(content.utf8) + [UInt8](repeating: 0, count: 512 - content.utf8.count + 1024)
    }
}
