import BerthDiagnostics
import BerthLogs
import BerthPCI
import Testing

/// Logs of any size and shape.
struct ReaderTests {
    private func read(_ text: String, parts: Int = .max) throws -> LogReading {
        var reader = LogReader(file: "some.log")
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, parts == .max ? bytes.count : start + parts)
            reader.feed(Array(bytes[start..<end]))
            start = end
        }
        return try reader.finish()
    }

    private let fault =
        "DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x%ADDRESS [fault reason 0x06] r\n"

    @Test func `a message is counted, and the first of its other numbers are kept`() throws {
        let text = (0..<500).map { fault.replacing("%ADDRESS", with: String(0x9bd0_0000 + $0 % 20 * 4096, radix: 16)) }
        let reading = try read("first\n" + text.joined() + "last\n")
        #expect(reading.lines == 502 && reading.known == 500)
        let found = try #require(reading.found("dmar-fault"))
        #expect(found.count == 500 && found.first.line == 2)
        #expect(found.others.map(\.line) == [3, 4, 5, 6])
        #expect(found.machine == .host)
    }

    @Test(arguments: [1, 2, 3, 7, 64])
    func `it does not matter where a stream is cut`(parts: Int) throws {
        let text = "one\r\n" + fault.replacing("%ADDRESS", with: "9bd00000") + "PCI: No VGA devices found"
        #expect(try read(text, parts: parts) == read(text))
        #expect(try read(text).known == 2)
    }

    @Test func `a line of megabytes is cut, and what follows is read`() throws {
        let reading = try read(String(repeating: "x", count: 3 << 20) + "\nPCI: No VGA devices found\n")
        #expect(reading.lines == 2 && reading.known == 1 && reading.cut == 1)
        #expect(reading.messages.map(\.first.line) == [2])
    }

    @Test func `unknown lines are not guessed at`() throws {
        let reading = try read("DMAR: something else about fault addr\nvfio says nothing\n(Code 99)\n")
        #expect(reading.lines == 3 && reading.known == 0 && reading.messages.isEmpty)
    }

    @Test func `a kernel says whose it is`() throws {
        let stolen = "[    0.1] Reserving Intel graphics memory at [mem 0x7c800000-0x7fffffff]\n"
        let guest = "[    0.0] Linux version 6.12.0\n[    0.0] DMI: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16\n"
        let host = "[    0.0] Linux version 6.12.0\n[    0.0] DMI: ASUS NUC13ANHi5/NUC13ANBi5, BIOS ANRPL357\n"
        let both = try read(guest + stolen + host + stolen)
        #expect(both.messages.map(\.machine) == [.guest, .host])
        #expect(both.messages.map(\.first.line) == [3, 6])
        #expect(try read(stolen).messages.map(\.machine) == [nil])
        #expect(
            try read(host + stolen + "[    0.0] Linux version 6.1\n" + stolen).messages.map(\.machine) == [.host, nil])
    }

    @Test func `UTF-16 with a mark is read`() throws {
        for isLittle in [true, false] {
            var bytes: [UInt8] = isLittle ? [0xff, 0xfe] : [0xfe, 0xff]
            for byte in "stopped. (Code 43)\r\n".utf8 { bytes += isLittle ? [byte, 0] : [0, byte] }
            var reader = LogReader(file: "windows.txt")
            reader.feed(bytes)
            #expect(try reader.finish().messages.map(\.message.id) == ["windows-code-43"])
        }
    }

    @Test(arguments: [
        ("", "the file is empty"),
        ("<domain type='kvm'>\n</domain>\n", "this is a libvirt domain (XML); give it as INPUT"),
        ("<?xml version='1.0'?>\n<domain/>\n", "this is a libvirt domain (XML); give it as INPUT"),
        ("{\"machine\": \"pc\"}\n", "this is JSON"), ("\0\0\0\0\n", "these are 4 zero bytes and no text"),
        ("bios: ovmf\nhostpci0: 0000:00:02\n", "this is a Proxmox VM file; give it as INPUT"),
        ("00:02.0 VGA compatible controller: Intel\n", "this is a dump of lspci; give it as --host"),
        ("name: a\nmachine: pc\n", "this is a topology file; give it as INPUT"),
    ])
    func `what is no log is named`(text: String, words: String) {
        let expected = "expected a log: dmesg, journalctl, QEMU's, libvirt's, SeaBIOS' or OVMF's"
        #expect {
            _ = try read(text)
        } throws: { error in
            (error as? InputError)?.findings.map(\.message) == ["\(words); \(expected)"]
        }
    }

    @Test func `a log in another language keeps its numbers`() throws {
        let reading = try read(
            "qemu-system-x86_64: vfio_container_dma_map(0x1, 0x380010000000, 0x1000, 0x2) = -22 (Das Argument ist ungültig)\n"
                + "Das Gerät wurde angehalten, weil es Fehler gemeldet hat. (Code 43)\n")
        #expect(reading.messages.map(\.message.id) == ["dma-map-failed", "windows-code-43"])
    }
}

/// What tells whose machine it is.
struct RedactionTests {
    @Test func `the same thing becomes the same thing everywhere`() {
        var redaction = Redaction()
        redaction.hide("mediabox", as: "guest")
        redaction.hide("tower", as: "host")
        let text = """
            <name>mediabox</name><uuid>1B4E28BA-2FA1-11D2-883F-0016D3CCA427</uuid>
            <mac address='52:54:00:12:34:56'/> tower kernel: mediabox-data 1b4e28ba-2fa1-11d2-883f-0016d3cca427
            52:54:00:12:34:57 52:54:00:12:34:56 0000:00:02.0 00:02.0 towers <serial>WD-WX11</serial>
            Device Serial Number 00-aa-bb-ff-ff-cc-dd-ee, disk,serial=ABC123,id=x
            """
        #expect(
            redaction.redacted(text) == """
                <name>guest-1</name><uuid>00000000-0000-0000-0000-000000000001</uuid>
                <mac address='02:00:00:00:00:01'/> host-1 kernel: guest-1-data 00000000-0000-0000-0000-000000000001
                02:00:00:00:00:02 02:00:00:00:00:01 0000:00:02.0 00:02.0 towers <serial>REDACTED</serial>
                Device Serial Number REDACTED, disk,serial=REDACTED,id=x
                """)
    }

    @Test func `addresses and numbers stay`() {
        var redaction = Redaction()
        let text = "0x7c800000-0x7fffffff 8086:5916 aa:bb:cc 12345678-1234 DMAR: RMRR base: 0x0000009b000000"
        #expect(redaction.redacted(text) == text)
    }
}
