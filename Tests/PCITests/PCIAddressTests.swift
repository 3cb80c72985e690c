import BerthPCI
import Testing
import TestSupport

struct PCIAddressTests {
    @Test(arguments: [
        ("00:02.0", "0000:00:02.0"), ("0000:00:1f.7", "0000:00:1f.7"), ("0:2.1", "0000:00:02.1"),
        ("ffff:FF:1F.7", "ffff:ff:1f.7"), ("1:a0:0.0", "0001:a0:00.0"),
    ])
    func `an address is read with or without its segment`(text: String, full: String) {
        #expect(PCIAddress(text)?.description == full)
    }

    @Test(arguments: [
        "", ":", "00:02", "00.02.0", "00:20.0", "00:02.8", "00:02.", "00:02.00", "100:02.0:", "123:00.0", "00:002.0",
        "10000:00:02.0", "0:0:0:2.0", " 00:02.0", "00:02.0 ", "0g:02.0", "+0:02.0", "-1:02.0", "００:02.0", "00:02.-",
    ])
    func `anything else is refused`(text: String) {
        #expect(PCIAddress(text) == nil)
    }

    @Test func `what is printed is read back`() {
        var random = Seeded(1)
        for _ in 0..<500 {
            let address = PCIAddress(
                segment: .random(in: 0...0xffff, using: &random), bus: .random(in: 0...255, using: &random),
                devfn: .random(in: 0...255, using: &random))
            #expect(PCIAddress(address.description) == address)
            #expect(PCIAddress(address.short)?.routingID == address.routingID)
        }
    }

    @Test func `devices end at 31 and functions at 7`() {
        #expect(PCIAddress(bus: 0, device: 31, function: 7)?.devfn == 0xff)
        #expect(PCIAddress(bus: 0, device: 32, function: 0) == nil)
        #expect(PCIAddress(bus: 0, device: 0, function: 8) == nil)
    }

    @Test func `the routing ID holds bus, device and function`() {
        let address = PCIAddress(bus: 0x12, devfn: 0x10)
        #expect(address.routingID == 0x1210)
        #expect(address.slotText == "02.0")
        #expect(address.short == "12:02.0")
    }

    @Test func `addresses are ordered by segment, bus, device, function`() {
        let texts = ["0001:00:00.0", "0000:01:00.0", "0000:00:1f.0", "0000:00:02.1", "0000:00:02.0"]
        #expect(texts.compactMap { PCIAddress($0) }.sorted().map(\.description) == texts.reversed())
    }
}
