import BerthPCI
import Testing

struct BridgeWindowTests {
    @Test func `a window whose limit is below its base is closed`() {
        let closed = BridgeWindow(.memory, base: 0xfff0_0000, limit: 0xf_ffff)
        #expect(!closed.isOpen)
        #expect(closed.size == .zero)
        #expect(closed.description == "closed")
    }

    @Test func `a window includes its limit`() {
        let window = BridgeWindow(.memory, base: 0xfc20_0000, limit: 0xfc2f_ffff)
        #expect(window.isOpen)
        #expect(window.size == .mib(1))
        #expect(window.description == "0xfc200000-0xfc2fffff")
    }

    @Test(arguments: [
        (BridgeWindow(.io, base: 0x1000, limit: 0x1fff), true), (BridgeWindow(.io, base: 0x1000, limit: 0x17ff), false),
        (BridgeWindow(.memory, base: 0x10_0000, limit: 0x1f_ffff), true),
        (BridgeWindow(.memory, base: 0x1000, limit: 0x1f_ffff), false),
        (BridgeWindow(.prefetchableMemory, base: 0xfff0_0000, limit: 0xffff_ffff), true),
        (BridgeWindow(.prefetchableMemory, base: 0, limit: .max), true),
    ])
    func `windows lie on their granularity`(window: BridgeWindow, isGranular: Bool) {
        #expect(window.isGranular == isGranular)
    }

    @Test func `a window takes the BARs the bridge specification lets it take`() {
        let kinds: [BARKind] = [
            .io(size: 64), .memory32(size: 64, prefetchable: false), .memory32(size: 64, prefetchable: true),
            .memory64(size: 64, prefetchable: false), .memory64(size: 64, prefetchable: true),
        ]
        #expect(kinds.map(BridgeWindow.Kind.io.accepts) == [true, false, false, false, false])
        #expect(kinds.map(BridgeWindow.Kind.memory.accepts) == [false, true, true, true, true])
        #expect(kinds.map(BridgeWindow.Kind.prefetchableMemory.accepts) == [false, false, true, false, true])
    }

    @Test func `class codes know their parts`() {
        let code = ClassCode(base: 6, sub: 4, interface: 1)
        #expect(code.rawValue == 0x06_0401)
        #expect(code.isPCIBridge)
        #expect(!ClassCode.hostBridge.isPCIBridge)
        #expect(ClassCode(rawValue: 0xff03_0000) == .vga)
        #expect(ClassCode.otherDisplay.isDisplay && !ClassCode.otherDisplay.isVGA)
        #expect(code.description == "060401")
        #expect(ClassCode.vga.name == "VGA controller")
    }
}
