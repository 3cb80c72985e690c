import BerthDiagnostics
import BerthPCI
import BerthRehearsal
import BerthTopology
import Foundation
import Testing

/// What a recorded case says of the guest that ran.
@Suite struct RecordedCaseTests {
    private func topology(bars: String) throws -> GuestTopology {
        let device = #"{\"driver\":\"vfio-user-pci\",\"id\":\"carrier\",\"addr\":\"1f.0\","#
        let socket = #"\"socket\":{\"type\":\"unix\",\"path\":\"s\"}}"#
        let text = """
            {"machine": "pc", "firmware": "seabios", "memory": "1024", "arguments": ["-device", "\(device)\(socket)"],
             "served": {"carrier": {"vendor": 32902, "device": 40324, "class": 393472, "bars": [\(bars)]}},
             "ran": {"qemu": "1:11.1.3+ds-1"}}
            """
        return try RecordedCase.read(Data(text.utf8), file: "case.json").topology(source: "case.json")
    }

    @Test func `what the server showed is what QEMU connected to`() throws {
        let guest = try topology(bars: #"{"index": 0, "size": 67108864}, {"index": 2, "size": 16384, "bits": 64}"#)
        let carrier = try #require(guest.devices.first { $0.id == "carrier" })
        #expect(
            carrier.described
                == DescribedFunction(
                    vendor: 0x8086, device: 0x9d84, classCode: ClassCode(rawValue: 0x060100),
                    bars: [
                        BAR(.bar(0), .memory32(size: .mib(64), prefetchable: true)),
                        BAR(.bar(2), .memory64(size: .kib(16), prefetchable: true)),
                    ]))
    }

    @Test(arguments: [
        (bar: #"{"index": 9, "size": 4096}"#, words: "BAR 9 of 4096 bytes"),
        (#"{"index": -1, "size": 4096}"#, "BAR -1 of 4096 bytes"), (#"{"index": 0, "size": 0}"#, "BAR 0 of 0 bytes"),
        (#"{"index": 1, "size": 12288}"#, "BAR 1 of 12288 bytes"),
    ])
    func `a BAR that no function can have is refused`(bar: String, words: String) throws {
        let error = #expect(throws: InputError.self) { try topology(bars: bar) }
        #expect(
            error?.description
                == "case.json:1:1: error: 'served': \(words); expected BAR 0 to 5, with a power of two [recorded-case]")
    }
}
