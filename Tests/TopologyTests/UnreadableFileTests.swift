import BerthPCI
import BerthTopology
import Testing

/// Files that are refused before anybody asks what guest they mean.
struct UnreadableFileTests {
    private let empty =
        "guest.yaml:1:1: error: the file is empty; a topology file has at least 'machine' and 'memory' [yaml]"

    @Test(arguments: ["", "\n", " \n\t\r\n", "# only a comment\n", "# one\n# two"])
    func `an empty file is refused`(text: String) throws {
        #expect(try Reading.refusal(text) == empty)
    }

    @Test(arguments: [
        ("machine: q35\nab\u{0}c\n", "2:3", "0x00"), ("\u{1b}[31m\n", "1:1", "0x1b"), ("name: é\u{7f}", "1:8", "0x7f"),
    ])
    func `a control character is refused where it stands`(text: String, place: String, byte: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(place): error: the byte \(byte) cannot be part of a text file [yaml]")
    }

    @Test(
        arguments: [
            ([0xff], "1:1"), (Array("name: é".utf8) + [0xff], "1:8"),
            (Array("a: 1\nname: éx".utf8) + [0xc3, 0x28], "2:9"),
            (Array("name: ".utf8) + [0xe2, 0x82], "1:7"), (Array("ab".utf8) + [0xed, 0xa0, 0x80], "1:3"),
            (Array("ab".utf8) + [0xc0, 0x80], "1:3"),
        ] as [([UInt8], String)])
    func `what is not UTF-8 is refused at its first byte`(bytes: [UInt8], place: String) throws {
        #expect(
            try Reading.refusal(bytes: bytes) == "guest.yaml:\(place): error: the file is not UTF-8 text [yaml]")
    }

    @Test func `more than 1 MiB is refused`() throws {
        #expect(
            try Reading.refusal(String(repeating: "#", count: 2 << 20))
                == "guest.yaml:1:1: error: the file has 2097152 bytes; a topology file has at most 1048576 [yaml]")
    }

    @Test func `1 MiB is read`() throws {
        let text = Reading.q35() + "#"
        let padded = text + String(repeating: "#", count: (1 << 20) - text.utf8.count)
        #expect(try Reading.topology(padded).ram.size == .gib(2))
    }

    @Test(arguments: [
        ("machine: q35\nigd:\n\tplatform: skylake\n", "3:1"), ("machine: q35\ndevices:\n\t- {model: e1000}\n", "3:1"),
    ])
    func `tabs do not indent`(text: String, place: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(place): error: not YAML: found character that cannot start any token [yaml]")
    }

    @Test(arguments: [
        ("machine: q35\nmemory: &m 2GiB\nmax-memory: *m\n", "2:9"), ("machine: q35\nmemory: *m\n", "2:9"),
        ("machine: q35\ndevices:\n  - &a {model: e1000}\n", "3:5"), ("{a: [1, &b 2]}", "1:9"),
        ("&top\nmachine: q35\n", "1:1"), ("a:\n  *b\n", "2:3"),
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
                + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n", "1:4"
        ),
    ])
    func `anchors and aliases are refused before they expand`(text: String, place: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(place): error: anchors and aliases are not accepted in topology files; write the value out [yaml]"
        )
    }

    @Test(arguments: ["name: AT&T *x\n", "summary: \"&a *b\"\n", "summary: '*'\n", "# &a *b\n"])
    func `ampersands and asterisks inside of values are nothing special`(line: String) throws {
        #expect(try Reading.topology(line + Reading.q35()).ram.size == .gib(2))
    }

    @Test(arguments: [
        (String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000), "1:42"),
        (String(repeating: "{a: ", count: 1000), "1:138"),
    ])
    func `a thousand nested brackets are refused at the 33rd`(value: String, place: String) throws {
        #expect(
            try Reading.refusal("machine: \(value)\n")
                == "guest.yaml:\(place): error: brackets are nested more than 32 deep [yaml]")
    }

    @Test(arguments: [
        ((0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "402:402"),
        (String(repeating: "- ", count: 5000) + "a\n", "1:403"),
    ])
    func `deep indentation is refused`(text: String, place: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(place): error: the line is indented by more than 400 columns [yaml]")
    }

    @Test(arguments: [
        ("machine: q35\nmemory: [2GiB\n", "3:1", "did not find expected ',' or ']'"),
        ("machine: \"q35\nmemory: 2GiB\n", "3:1", "found unexpected end of stream"),
        ("machine: q35\nmemory: 2GiB\n---\nmachine: pc\n", "3:1", "but found another document"),
        ("%YAML 9.9\n---\nmachine: q35\n", "1:1", "found incompatible YAML document"),
        ("machine: q35\n memory: 2GiB\n", "2:8", "mapping values are not allowed in this context"),
    ])
    func `what is not YAML is refused with the parser's words`(text: String, place: String, problem: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(place): error: not YAML: \(problem) [yaml]")
    }
}
