import BerthDiagnostics
import Testing

/// Sentences as data.
struct StatementTests {
    private static let slot = SlotName(bus: "pci.0", devfn: 0x18)
    private static let other = SlotName(bus: "b1", devfn: 0xf9)

    private func statement(_ parts: Statement.Part...) -> Statement {
        parts.reduce(into: Statement()) { $0.append($1) }
    }

    @Test(
        arguments: [
            (.words("as it stands"), "as it stands"), (.name("net0"), "net0"), (.number(-3), "-3"),
            (.address(0x8b80_0000), "0x8b800000"), (.range(0, 0xfff), "0x0-0xfff"), (.size(96 << 20), "96 MiB"),
            (.roughSize(0x5100_0000), "about 1.26 GiB"), (.slot(slot, .short), "00:03.0"),
            (.slot(other, .full), "b1:1f.1"),
            (.function(segment: 0, bus: 0, devfn: 0x10, .full), "0000:00:02.0"),
            (.function(segment: 0, bus: 1, devfn: 0x10, .short), "01:02.0"), (.identity(0x8086, 0x42), "8086:0042"),
            (.register("BDSM", offset: 0x5c), "BDSM"), (.offset(0xfc), "0xfc"), (.digits(0x5c, width: 1), "5c"),
            (.digits(0x300, width: 6), "000300"), (.release(.qemu, "7.2"), "7.2"),
        ] as [(Statement.Part, String)])
    func `each part has its text`(part: Statement.Part, text: String) {
        #expect(statement(part).description == text)
    }

    @Test func `interpolation keeps values, and equal statements have equal parts`() {
        let (words, nothing): (String, Statement?) = ("two words", nil)
        let made: Statement = "\(words) at \(offset: 0x5c)\(nothing)\(name: "net0"), \(2) times"
        #expect(
            made.parts == [
                .words("two words at "), .offset(0x5c), .name("net0"), .words(", "), .number(2), .words(" times"),
            ])
        #expect(made.description == "two words at 0x5cnet0, 2 times")
        #expect(made == "two words at \(offset: 0x5c)" + "\(name: "net0"), " + "\(2) times")
        #expect("no \(made)" as Statement == "no " + made)
        #expect("" as Statement == Statement() && Statement().isEmpty)
        #expect(["a", "\(1)", "b"].joined(separator: ", ") as Statement == "a, \(1), b")
    }

    @Test func `another slot is put in for one, wherever it stands and in its form`() {
        let made = statement(
            .slot(Self.slot, .short), .words(" beside "), .slot(Self.other, .short), .words(" on "),
            .slot(Self.slot, .full))
        #expect(made.mentions(Self.slot) && made.mentions(Self.other))
        let moved = SlotName(bus: "pci.0", devfn: 0x28)
        #expect(!made.mentions(moved))
        #expect(made.saying(moved, insteadOf: Self.slot).description == "00:05.0 beside b1:1f.1 on pci.0:05.0")
        // What looks the same and is none stays.
        #expect(("00:03.0" as Statement).saying(moved, insteadOf: Self.slot) == "00:03.0")
    }
}
