import BerthDiagnostics
import BerthRehearsal
import BerthStack
import Foundation
import Testing

/// What a recorded case says ran.
@Suite struct RecordedStackTests {
    private func releases(_ json: String) throws -> Stack {
        try JSONDecoder().decode(RecordedStack.self, from: Data(json.utf8)).releases(source: "case.json")
    }

    @Test func `a case that says nothing is Debian 12's`() throws {
        #expect(try RecordedStack().releases(source: "case.json") == Stack.named("debian-12"))
        #expect(try releases("{}") == Stack.named("debian-12"))
    }

    @Test func `names of packages are releases`() throws {
        let stack = try releases(
            #"{"qemu": "1:11.1.3+ds-1", "seabios": "1.17.0-1", "ovmf": "2026.08+ds-2", "linux": "7.2.13+deb14-amd64"}"#)
        #expect(stack.qemu == QEMURelease(11, 1))
        #expect(stack.seabios == SeaBIOSRelease(1, 17, 0))
        #expect(stack.ovmf.description == "2026.08")
        #expect(stack.linux == LinuxRelease(7, 2, 13))
    }

    @Test func `a release that is none is named`() throws {
        let error = #expect(throws: InputError.self) { try releases(#"{"qemu": "1:7.3"}"#) }
        #expect(
            error?.description.contains(
                "'qemu' in 'ran' of the recorded case is '1:7.3': '7.3' is no release of QEMU that is known; near are 7.2 and 8.0"
            )
                == true)
    }
}
