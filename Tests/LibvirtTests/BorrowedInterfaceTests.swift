import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML
import TestSupport
import Testing

/// Interfaces that are PCI devices of the host.
///
/// What is expected is what libvirt's own tests record for `net-hostdev-bootorder` and `net-virtio-teaming`
/// (tests/qemuxml2argvdata @ 9.0.0): domxml-to-native cannot be asked, because it replaces every interface.
struct BorrowedInterfaceTests {
    private static func domain(_ devices: String, boot: String = "") -> String {
        """
        <domain type='qemu'>
          <name>borrowed</name>
          <memory unit='MiB'>512</memory>
          <os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>\(boot)</os>
          <devices>
            <controller type='usb' model='none'/>
            \(devices)
            <memballoon model='virtio'/>
          </devices>
        </domain>
        """
    }

    private static func interface(_ function: Int, _ more: String = "") -> String {
        "<interface type='hostdev' managed='yes'><mac address='52:54:00:11:22:33'/><driver name='vfio'/>"
            + "<source><address type='pci' domain='0' bus='3' slot='7' function='\(function)'/></source>\(more)</interface>"
    }

    private static let hostdev =
        "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='1'/></source></hostdev>"
    private static let card =
        "<interface type='user'><mac address='52:54:00:44:55:66'/><model type='virtio'/>"
        + "<teaming type='persistent'/><alias name='ua-backup'/></interface>"

    private static func arguments(_ xml: String) throws -> [String] {
        #expect(try Assigned.refusals(xml) == [])
        let domain = try Assigned.domain(xml)
        return DomainArguments.devices(domain).map(\.json)
    }

    @Test func `they stand before the other host devices, whatever the document's order`() throws {
        let transient = Self.interface(
            2, "<teaming type='transient' persistent='ua-backup'/><rom bar='off' file='/x.rom'/>")
        let xml = Self.domain(Self.hostdev + Self.interface(1) + Self.card + transient + "<sound model='ac97'/>")
        #expect(
            try Self.arguments(xml) == [
                #"{"driver":"virtio-net-pci","failover":true,"netdev":"hostua-backup","id":"ua-backup","#
                    + #""mac":"52:54:00:44:55:66","bus":"pci.0","addr":"0x2"}"#,
                #"{"driver":"AC97","id":"sound0","audiodev":"audio1","bus":"pci.0","addr":"0x3"}"#,
                #"{"driver":"vfio-pci","host":"0000:03:07.1","id":"hostdev0","bus":"pci.0","addr":"0x4"}"#,
                #"{"driver":"vfio-pci","host":"0000:03:07.2","id":"hostdev1","failover_pair_id":"ua-backup","#
                    + #""bus":"pci.0","addr":"0x5","rombar":0,"romfile":"/x.rom"}"#,
                #"{"driver":"vfio-pci","host":"0000:01:00.0","id":"hostdev2","bus":"pci.0","addr":"0x6"}"#,
                #"{"driver":"virtio-balloon-pci","id":"balloon0","bus":"pci.0","addr":"0x7"}"#,
            ])
    }

    @Test(arguments: [
        ("", "<boot order='3'/>", 3), ("<boot dev='hd'/><boot dev='network'/>", "", 2), ("", "", nil),
    ])
    func `they boot by their own order or as the first card`(boot: String, order: String, expected: Int?) throws {
        let xml = Self.domain(Self.interface(1, order) + Self.interface(2) + Self.card, boot: boot)
        let index = expected.map { #""bootindex":\#($0),"# } ?? ""
        #expect(
            try Self.arguments(xml) == [
                #"{"driver":"virtio-net-pci","failover":true,"netdev":"hostua-backup","id":"ua-backup","#
                    + #""mac":"52:54:00:44:55:66","bus":"pci.0","addr":"0x2"}"#,
                #"{"driver":"vfio-pci","host":"0000:03:07.1","id":"hostdev0",\#(index)"bus":"pci.0","addr":"0x3"}"#,
                #"{"driver":"vfio-pci","host":"0000:03:07.2","id":"hostdev1","bus":"pci.0","addr":"0x4"}"#,
                #"{"driver":"virtio-balloon-pci","id":"balloon0","bus":"pci.0","addr":"0x5"}"#,
            ])
    }

    /// One whose source is on USB sits on USB in the guest, and takes no slot.
    @Test func `libvirt puts them where we do`() async throws {
        let usb = Self.interface(1).replacing(
            "<address type='pci' domain='0' bus='3' slot='7' function='1'/>",
            with: "<address type='usb' bus='1' device='2'/>")
        let xml = Self.domain(usb.replacing("<driver name='vfio'/>", with: "") + Self.interface(2) + Self.hostdev)
            .replacing("<controller type='usb' model='none'/>", with: "")
        let domain = try Assigned.domain(xml)
        let places = domain.devices.compactMap { $0.address.pci == nil ? nil : $0.kind }
        #expect(places == [.interface, .hostdev, .controller, .memballoon])
        let definition = try await RealLibvirt.shared.definition(of: xml)
        let theirs = DomainReader.read(try XMLDocument(definition, file: "dump"), file: "dump").domain
        #expect(Assigned.places(domain.devices) == Assigned.places(theirs.devices))
        #expect(
            DomainArguments.devices(domain).compactMap { $0["host"] } == [.text("0000:03:07.2"), .text("0000:01:00.0")])
    }

    @Test func `an override can name one, and a device is assigned once`() {
        let override = """
            <qemu:override><qemu:device alias='hostdev1'><qemu:frontend>
              <qemu:property name='x-vga' type='bool' value='false'/></qemu:frontend></qemu:device></qemu:override>
            """
        let devices = Self.interface(1).replacing("<driver name='vfio'/>", with: "") + Self.hostdev
        let found = Validating.findings(Validating.domain(devices: devices, more: override))
        #expect(found.map(\.description) == [])
        let twice = devices.replacing("<address bus='1'/>", with: "<address bus='3' slot='7' function='1'/>")
        #expect(
            Validating.findings(Validating.domain(devices: twice)).map(\.description) == [
                "f.xml:11:236: error: Hostdev already exists in the domain configuration [hostdev-duplicate]"
            ])
    }
}
