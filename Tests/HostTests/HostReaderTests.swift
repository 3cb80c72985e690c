import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import Testing

struct HostReaderTests {
    private let numbers = "00:02.0 0300: 8086:9a49 (rev 01)\n00:1f.0 0601: 8086:a082 (rev 20)\n"
    private let names = "00:02.0 VGA compatible controller: Intel (rev 01)\n00:1f.0 ISA bridge: Intel (rev 20)\n"
    private let memory = "00100000-33e7dfff : System RAM\n  4b800000-4f7fffff : Graphics Stolen Memory\n"

    private func read(_ files: [(String, String)]) throws -> HostInventory {
        try HostReader.read(files: files.map { (name: $0.0, bytes: Array($0.1.utf8)) })
    }

    private func iomem(_ text: String) throws -> HostInventory {
        try IOMemDump.read(Array(text.utf8), file: "iomem.txt")
    }

    @Test func `files say together what none says alone`() throws {
        let files = [("b-n.txt", numbers), ("a-v.txt", names), ("iomem.txt", memory)]
        let whole = try read(files)
        let igd = try #require(whole.igd)
        #expect(igd.platform == .tigerLake)
        #expect(igd.stolenMemorySize == .mib(64))
        #expect(igd.bdsm == 0x4b80_0000)
        #expect(igd.bdsmIsLocked == nil)
        #expect(igd.stolenMemory?.description == "0x4b800000-0x4f7fffff")
        #expect(whole.lpc?.device == 0xa082)
        #expect(whole.functionsWithoutIdentity == [])
        #expect(try read(files.reversed()) == whole)
    }

    @Test func `the longer configuration space wins`() throws {
        let long = "00:02.0 VGA: x\n" + Dump.graphics(0x9a49, [(0x50, 0x02c1, 2), (0xc0, 0x4b80_0001, 8)])
        for files in [[("a", numbers), ("b", long)], [("a", long), ("b", numbers)]] {
            let whole = try read(files + [("iomem", memory)])
            #expect(whole.igd?.bdsmIsLocked == true)
            #expect(whole.igd?.revision == 4)
            #expect(whole.functions.count == 2)
            #expect(whole.findings == [])
        }
    }

    @Test func `files of two machines contradict each other`() throws {
        let error = #expect(throws: InputError.self) {
            try read([("a", numbers), ("b", "00:02.0 0300: 8086:3ea0\n")])
        }
        #expect(
            error?.description
                == "b:1:1: error: 0000:00:02.0 is 8086:9a49 in one dump and 8086:3ea0 in another; give dumps of one machine "
                + "[host-dumps-contradict]")
        let ranges = #expect(throws: InputError.self) {
            try read([("a", memory), ("b", "8c000000-8fffffff : Graphics Stolen Memory\n")])
        }
        #expect(ranges?.findings.first?.rule == "host-dumps-contradict")
    }

    @Test func `registers and iomem that disagree are a warning`() throws {
        let registers = "00:02.0 VGA: x\n" + Dump.graphics(0x9a49, [(0x50, 0x01c1, 2), (0xc0, 0x4b80_0001, 8)])
        let whole = try read([("a", registers), ("b", memory)])
        #expect(
            whole.findings.map(\.description) == [
                "warning: graphics stolen memory is at 0x4b800000-0x4f7fffff by /proc/iomem and at 0x4b800000-0x4d7fffff "
                    + "by the device's registers [host-stolen-memory]"
            ])
        #expect(whole.igd?.stolenMemorySize == .mib(32))
    }

    @Test func `files of other kinds are left out with a note`() throws {
        let whole = try read([("README", "about this machine\n"), ("lspci", numbers), ("empty", "")])
        #expect(
            whole.findings.map { "\($0.location?.file ?? "") \($0.severity.rawValue)" } == [
                "README note", "empty note",
            ])
        #expect(whole.igd?.deviceID == 0x9a49)
    }

    @Test func `without any dump there is no host`() {
        let none = #expect(throws: InputError.self) { try read([]) }
        #expect(none?.kind == .missing)
        let foreign = #expect(throws: InputError.self) { try read([("a", "x"), ("b", "y")]) }
        #expect(foreign?.kind == .unusable)
        let one = #expect(throws: InputError.self) { try read([("a", "about this machine\n")]) }
        #expect(one?.findings.first?.location == SourceLocation(file: "a", line: 1, column: 1))
    }

    @Test func `the kind of a file is in its text`() {
        #expect(HostReader.kind(of: Array(memory.utf8)) == .iomem)
        #expect(HostReader.kind(of: Array(("# comment\n\n" + names).utf8)) == .lspci)
        #expect(HostReader.kind(of: [0xff, 0x00, 0x0a]) == nil)
        #expect(HostReader.kind(of: []) == nil)
    }

    @Test func `iomem without privileges is a warning`() throws {
        let inventory = try iomem("00000000-00000000 : System RAM\n  00000000-00000000 : Graphics Stolen Memory\n")
        #expect(inventory.stolenRange == nil)
        #expect(inventory.findings.map(\.rule) == ["host-iomem-hidden"])
    }

    @Test func `a range i915 had to shrink gets its two bytes back`() throws {
        #expect(
            try iomem("7c000001-7ffffffe : Graphics Stolen Memory\n").stolenRange?.description
                == "0x7c000000-0x7fffffff")
    }

    @Test func `iomem without stolen memory has none`() throws {
        let inventory = try iomem("00100000-33e7dfff : System RAM\r\n")
        #expect(inventory.stolenRange == nil)
        #expect(inventory.findings == [])
    }

    @Test(arguments: [
        ("00100000-33e7dfff : System RAM\n  4b8000", 2, 3, "host-iomem-syntax"),
        ("1000 : x\n", 1, 1, "host-iomem-syntax"),
        ("2000-+3000 : x\n", 1, 1, "host-iomem-syntax"), ("11112222333344445-0 : x\n", 1, 1, "host-iomem-syntax"),
        ("2000-1000 : Graphics Stolen Memory\n", 1, 1, "host-iomem-syntax"), ("", 1, 1, "host-dump-empty"),
        (
            "100000-1fffff : Graphics Stolen Memory\n200000-2fffff : Graphics Stolen Memory\n", 2, 1, "host-iomem-twice"
        ),
    ])
    func `damaged iomem is refused at its place`(text: String, line: Int, column: Int, rule: String) throws {
        let error = #expect(throws: InputError.self) { try iomem(text) }
        let finding = try #require(error?.findings.first)
        #expect(finding.rule.rawValue == rule)
        #expect(finding.location == SourceLocation(file: "iomem.txt", line: line, column: column))
    }
}
