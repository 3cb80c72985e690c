import Berth
import Testing

/// Plans in somebody's own domain.
struct ApplyTests {
    private static let domain = Domain(
        """
        <domain type='kvm'>
          <name>living-room</name>
          <memory unit='GiB'>4</memory>
          <os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>
          <devices>
            <controller type='pci' index='0' model='pci-root'/>
            <controller type='usb' index='0' model='none'/>
            <hostdev mode='subsystem' type='pci' managed='yes'>
              <driver name='vfio'/>
              <source><address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></source>
              <rom file='/usr/share/vgabios/igd.rom'/>
              <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
            </hostdev>
            <video><model type='none'/></video>
            <memballoon model='none'/>
          </devices>
        </domain>
        """.utf8)
    private static let lspci = HostMachine.Dump(name: "lspci.txt", bytes: "00:02.0 0300: 8086:5916 (rev 02)\n".utf8)

    @Test func `a plan is carried out, and once more changes nothing`() throws {
        let host = try HostMachine(dumps: [Self.lspci])
        let applied = try LibvirtXML.apply(to: Self.domain, host: host)
        #expect(applied.plan != nil)
        #expect(!applied.change.isUnchanged)
        #expect(applied.change.findings.contains { $0.rule == "apply-plan" })
        #expect(try LibvirtXML.apply(to: applied.change.domain, host: host).change.isUnchanged)
    }

    @Test func `what a domain does not say can be given`() throws {
        let host = try HostMachine(dumps: [Self.lspci])
        let applied = try LibvirtXML.apply(
            to: Self.domain, host: host, adjust: { guest throws(InputError) in guest.operatingSystem = .windows(11) })
        #expect(applied.plan?.guest.operatingSystem == .windows(11))
    }

    @Test func `a domain that libvirt refuses is refused`() throws {
        let domain = Domain("<domain>".utf8)
        let error = try #require(throws: ApplyError.self) { try LibvirtXML.apply(to: domain) }
        guard case .unusable = error else { return #expect(Bool(false), "\(error)") }
    }
}
