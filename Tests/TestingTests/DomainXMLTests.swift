import BerthTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// What users' own tests see of a domain.
@Suite struct DomainXMLTests {
    private let good = """
        <domain type='kvm'>
          <name>x</name>
          <memory unit='MiB'>512</memory>
          <os><type machine='pc'>hvm</type></os>
          <devices>
            <controller type='pci' index='0' model='pci-root'/>
            <controller type='usb' model='none'/>
            <interface type='user'>
              <model type='virtio'/>
              <address type='pci' slot='3'/>
            </interface>
            <shmem name='s'>
              <model type='ivshmem-plain'/>
              <size unit='M'>1</size>
              <alias name='ua-dummy'/>
              <address type='pci' slot='4'/>
            </shmem>
            <memballoon model='none'/>
          </devices>
        </domain>
        """

    @Test func `a good domain is valid and says so`() {
        let domain = DomainXML(good, file: "f", schema: nil)
        #expect(domain.isValid)
        #expect(domain.findings(of: "x") == [])
    }

    @Test func `a failure shows the line and a caret`() throws {
        let domain = DomainXML(good.replacing("slot='4'", with: "slot='3'"), file: "f", schema: nil)
        #expect(!domain.isValid)
        #expect(domain.description.contains("f:16:7: error: Attempted double use of PCI Address 0000:00:03.0 ["))
        #expect(domain.description.contains("\n          <address type='pci' slot='3'/>\n          ^"))
        let error = #expect(throws: InvalidDomain.self) { try domain.requireValid() }
        #expect(error?.description == domain.description)
    }

    /// The page shows what a failing `#expect` prints.
    @Test func `the documentation shows a real failure`() throws {
        let file = PackageRoot.url.appendingPathComponent("docs/examples/testing/Tests/GuestTests/guest.xml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let domain = DomainXML(text.replacing("slot='0x03'", with: "slot='0x02'"), file: "guest.xml", schema: nil)
        let failures = Mutex<[String]>([])
        withKnownIssue {
            #expect(domain.isValid)
        } matching: { issue in
            failures.withLock { $0.append("\(issue)") }
            return true
        }
        let first = failures.withLock { $0.first }
        let failure = try #require(first)
        let shown = failure.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let text = line.hasSuffix(" ") ? line.dropLast() : line
            return "    \(text)"
        }
        let page = "docs/testing.md"
        let lines = try String(contentsOf: PackageRoot.url.appendingPathComponent(page), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("A failure shows every finding") })
        let end = try #require(lines[start...].firstIndex { $0.hasPrefix("|") })
        let whole = lines[...start] + [""] + shown + [""] + lines[end...]
        try Golden.expect(whole.joined(separator: "\n"), equals: page)
    }

    @Test func `what is not XML is a finding, too`() {
        let domain = DomainXML("<domain>", file: "f")
        #expect(!domain.isValid)
        #expect(domain.description.hasPrefix("\nf:1:9: error: Premature end of data in tag domain line 1 [xml-syntax]"))
        #expect(throws: InputError.self) { try domain.prediction() }
    }

    @Test func `predicted addresses are those of the firmware`() throws {
        let prediction = try DomainXML(good, schema: nil).prediction()
        #expect(prediction.halted == nil)
        #expect(try prediction.address(of: "net0")?.short == "00:03.0")
        #expect(try prediction.address(of: "ua-dummy")?.short == "00:04.0")
        #expect(try prediction.bar(2, of: "ua-dummy") == 0xfea0_0000)
        #expect(try prediction.bar(3, of: "ua-dummy") == nil)
        let error = #expect(throws: UnknownDevice.self) { try prediction.address(of: "net1") }
        #expect(error?.description == "there is no device 'net1'; did you mean 'net0'?; there are net0, ua-dummy")
    }

    @Test func `the schema judges where there is one`() throws {
        let schema = try #require(LibvirtSchema.installed(), "install the Debian package libvirt0")
        let domain = DomainXML(
            good.replacing("<size unit", with: "<sise unit").replacing("</size>", with: "</sise>"), schema: schema)
        #expect(!domain.isValid)
    }

    @Test func `a file that is not there is said to be missing`() {
        let error = #expect(throws: InputError.self) { try DomainXML(contentsOf: "/no/such/domain.xml", schema: nil) }
        #expect(error?.kind == .missing)
    }
}
