import BerthDiagnostics
import BerthHost
import BerthPCI
import Testing
import TestSupport

struct BadDumpTests {
    private let row = " 86 80 16 59 07 04 10 00 04 00 00 03 00 00 00 00"

    @Test(arguments: ["", "\n\n", " \t\r\n", "\u{feff}"])
    func `an empty file is refused`(text: String) throws {
        #expect(
            try Dump.refusal(text).description
                == "dump.txt:1:1: error: the file is empty; expected the output of 'lspci -xxx' as text [host-dump-empty]"
        )
    }

    @Test(arguments: [
        ([0x00], "0x00"), ([0xff, 0xfe], "0xff"), ([0xc3, 0x28], "0xc3"), ([0xed, 0xa0, 0x80], "0xed"),
    ])
    func `binary is refused at its first byte`(tail: [UInt8], byte: String) throws {
        let finding = try Dump.refusal(bytes: Array("00:02.0 é: x\nab".utf8) + tail)
        #expect(
            finding.description
                == "dump.txt:2:3: error: byte \(byte) does not belong to UTF-8 text; "
                + "expected the output of 'lspci -xxx' as text [host-dump-binary]")
    }

    @Test(arguments: [
        (
            "00:02.0 VGA: x\n00: 86 80 16", 2, 13,
            "the line at offset 0x0 has 3 of 16 bytes; the dump was cut: dump it again"
        ),
        ("00:02.0 VGA: x\n00:", 2, 4, "the line at offset 0x0 has 0 of 16 bytes; the dump was cut: dump it again"),
        ("00:02.0 VGA: x\n00: 86 8", 2, 8, "found '8', expected a byte of two hexadecimal digits"),
        ("00:02.0 VGA: x\n00: 86 xy 80", 2, 8, "found 'xy', expected a byte of two hexadecimal digits"),
        ("00:02.0 VGA: x\n00: 86 +1 80", 2, 8, "found '+1', expected a byte of two hexadecimal digits"),
        ("00:02.0 VGA: x\n00: 8680 80", 2, 5, "found '8680', expected a byte of two hexadecimal digits"),
        (
            "00:02.0 VGA: x\n10: 86", 2, 1,
            "found the bytes at offset 0x10, expected those at 0x0; a line is missing, doubled or moved: dump the function again"
        ),
        ("00:02.0 VGA: x\n1000: 86", 2, 1, "offset 0x1000 lies outside configuration space, which ends at 0xfff"),
    ])
    func `a damaged hex line is refused at its place`(text: String, line: Int, column: Int, message: String) throws {
        let finding = try Dump.refusal(text)
        #expect(finding.message == message)
        #expect(finding.location == SourceLocation(file: "dump.txt", line: line, column: column))
        #expect(finding.severity == .error)
    }

    @Test func `a seventeenth byte is refused`() throws {
        let finding = try Dump.refusal("00:02.0 VGA: x\n00:\(row) 00\n")
        #expect(finding.message == "the line at offset 0x0 has more than 16 bytes; remove what follows the sixteenth")
        #expect(finding.location?.column == 53)
    }

    @Test(arguments: ["00:", "20:"])
    func `a doubled or missing line is refused`(offset: String) throws {
        let finding = try Dump.refusal("00:02.0 VGA: x\n00:\(row)\n\(offset)\(row)\n")
        #expect(finding.rule == "host-dump-offset")
        #expect(finding.location == SourceLocation(file: "dump.txt", line: 3, column: 1))
    }

    @Test(arguments: ["0g:", "+10:", ":", "123456789:", "-1:", "Kernel:"])
    func `an offset that is no number is refused`(offset: String) throws {
        #expect(try Dump.refusal("00:02.0 VGA: x\n\(offset)\(row)\n").rule == "host-dump-offset")
    }

    @Test func `a function that comes twice names the first line`() throws {
        let finding = try Dump.refusal("00:02.0 VGA: x\n\n0000:00:02.0 VGA: y\n")
        #expect(
            finding.description
                == "dump.txt:3:1: error: 0000:00:02.0 comes twice, first in line 1; give the dump of one machine, once "
                + "[host-dump-duplicate]")
    }

    @Test(arguments: ["# nothing\n", "\tVGA\n", "pcilib: cannot open /proc/bus/pci\n"])
    func `a file without functions is refused`(text: String) throws {
        #expect(try Dump.refusal(text).rule == "host-dump-no-function")
    }

    @Test func `bytes before the first function are refused`() throws {
        let finding = try Dump.refusal("00:\(row)\n")
        #expect(finding.rule == "host-dump-syntax")
        #expect(finding.location == SourceLocation(file: "dump.txt", line: 1, column: 1))
    }

    @Test(arguments: ["Kernel panic", "00:02 VGA: x", "00:20.0 VGA: x", "zz:02.0 VGA: x", "<html>"])
    func `a line that is nothing known is refused`(line: String) throws {
        let finding = try Dump.refusal("00:00.0 Host bridge: x\n\(line)\n")
        #expect(finding.rule == "host-dump-syntax")
        #expect(finding.location == SourceLocation(file: "dump.txt", line: 2, column: 1))
        #expect(finding.message.hasPrefix("found '\(line.split(separator: " ")[0])', expected a PCI address"))
    }

    @Test(arguments: ["00:02.0", "00:02.0 VGA compat", "00:02.0 0300: 8086:9a", "00:02.0 \"VGA\" \"Intel\""])
    func `a function's line that breaks off is refused at its end`(line: String) throws {
        let finding = try Dump.refusal(line)
        #expect(finding.rule == "host-dump-syntax")
        #expect(finding.location?.column == line.count + 1)
    }

    @Test func `messages quote no more than 40 characters and no control characters`() throws {
        let finding = try Dump.refusal("\u{1b}[2J" + String(repeating: "x", count: 100_000))
        #expect(finding.message.hasPrefix("found '?[2J" + String(repeating: "x", count: 36) + "...', expected"))
    }

    @Test func `50 MB are refused before they are read`() throws {
        let finding = try Dump.refusal(bytes: [UInt8](repeating: 0x20, count: 50 << 20))
        #expect(
            finding.message
                == "the file has 50 MiB, more than the limit of 8 MiB; expected the output of 'lspci -xxx' as text")
    }

    @Test func `as much as the limit allows is read in one pass`() throws {
        let line = "00:02.0 VGA: " + String(repeating: "x", count: (8 << 20) - 13)
        #expect(try Dump.read(line).functions.count == 1)
        let many = (0..<0x1_0000).map {
            "\(PCIAddress(bus: UInt8($0 >> 8), devfn: UInt8($0 & 0xff)).short) 0300: 8086:5916\n"
        }
        #expect(try Dump.read(many.joined()).functions.count == 0x1_0000)
    }

    @Test(arguments: 1...60)
    func `damage is an answer or an error, never a crash`(seed: UInt64) throws {
        var random = Seeded(seed)
        var bytes = Array(
            ("00:02.0 0300: 8086:5916 (rev 02)\n\tSubsystem: 17aa:2238\n" + Dump.graphics(0x5916, [(0x50, 0x02c1, 2)]))
                .utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        do throws(InputError) {
            let inventory = try LspciDump.read(bytes, file: "dump.txt")
            #expect(!inventory.functions.isEmpty)
        } catch {
            #expect(error.findings.allSatisfy { $0.location?.file == "dump.txt" && !$0.message.isEmpty })
        }
    }
}
