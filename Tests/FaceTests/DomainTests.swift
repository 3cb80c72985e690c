import Berth
import Testing

/// Domains as the library judges and converts them.
struct DomainTests {
    private static let text = """
        <domain type='kvm'>
          <name>small</name>
          <memory unit='MiB'>512</memory>
          <os><type machine='pc-i440fx-7.2'>hvm</type></os>
          <devices>
            <controller type='pci' index='0' model='pci-root'/>
            <controller type='usb' model='none'/>
            <interface type='user'><model type='virtio'/><address type='pci' slot='3'/></interface>
            <memballoon model='none'/>
          </devices>
        </domain>
        """

    @Test func `a good domain has no error`() {
        #expect(Domain(Self.text.utf8).findings().allSatisfy { $0.severity < .error })
    }

    @Test func `what libvirt refuses is found on its line`() {
        let domain = Domain(Self.text.replacing("slot='3'", with: "slot='40'").utf8, file: "f")
        let errors = domain.findings().filter { $0.severity == .error }
        #expect(errors.map(\.location?.line) == [8])
        #expect(errors.first?.excerpt?.text.hasPrefix("    <interface") == true)
    }

    @Test func `a machine that libvirt refuses depends on the host`() {
        let huge = Self.text.replacing("<os>", with: "<memoryBacking><hugepages/></memoryBacking><os>")
        var host = LibvirtHost()
        host.hasHugePages = false
        #expect(!Domain(huge.utf8).findings().contains { $0.severity == .error })
        #expect(Domain(huge.utf8).findings(host: host).contains { $0.severity == .error })
    }

    @Test func `the schema judges where there is one`() throws {
        let schema = try #require(LibvirtSchema.installed(), "install the Debian package libvirt0")
        let domain = Domain(Self.text.replacing("memballoon", with: "memballon").utf8)
        #expect(domain.findings(schema: schema).contains { $0.severity == .error })
        #expect(LibvirtSchema.installed(for: .oneDocument)?.path == LibvirtSchema.installedPath)
        let missing = #expect(throws: InputError.self) { try LibvirtSchema(path: "/no/such.rng") }
        #expect(missing?.kind == .missing)
    }

    @Test func `the other machine is the same domain`() throws {
        let domain = Domain(Self.text.utf8)
        let changed = try domain.converted(to: .q35)
        #expect(!changed.isUnchanged)
        #expect(changed.after.contains("machine='pc-q35-7.2'"))
        #expect(changed.findings.allSatisfy { $0.severity < .error })
        #expect(try domain.converted(to: .pc).isUnchanged)
    }
}
