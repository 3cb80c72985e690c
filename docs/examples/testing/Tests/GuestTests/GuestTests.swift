import BerthTesting
import Foundation
import Testing

@Suite struct GuestTests {
    private func domain() throws -> DomainXML {
        try DomainXML(contentsOf: #require(Bundle.module.path(forResource: "guest", ofType: "xml")))
    }

    @Test func `libvirt takes the domain`() throws {
        let domain = try domain()
        #expect(domain.isValid)
    }

    @Test func `devices are where the guest expects them`() throws {
        let prediction = try domain().prediction()
        #expect(try prediction.address(of: "ua-igd")?.short == "00:02.0")
        #expect(try prediction.address(of: "ua-net")?.short == "00:03.0")
        #expect(try prediction.bar(2, of: "ua-igd") == 0xe000_0000)
    }

    @Test func `a second device at the same address is found, on its line`() throws {
        let text = String(decoding: try domain().domain.bytes, as: UTF8.self)
        let domain = DomainXML(text.replacing("slot='0x03'", with: "slot='0x02'"), schema: nil)
        #expect(!domain.isValid)
        #expect(domain.findings.contains { $0.message == "Attempted double use of PCI Address 0000:00:02.0" })
    }
}
