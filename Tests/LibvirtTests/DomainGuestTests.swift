import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import Testing

/// From a domain to the guest that everything else works with.
struct DomainGuestTests {
    static func document(
        _ devices: String, machine: String = "pc-i440fx-7.2", type: String = "qemu", head: String = "",
        tail: String = ""
    ) -> String {
        """
        <domain type='\(type)' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>guest</name>
          <memory unit='MiB'>2048</memory>
          <os><type arch='x86_64' machine='\(machine)'>hvm</type></os>
          <features><acpi/></features>
          \(head)
          <devices>
        \(devices)
          </devices>
          \(tail)
        </domain>
        """
    }

    static func guest(_ xml: String) throws -> (topology: GuestTopology, findings: [Finding]) {
        try Services.guest(of: XMLDocument(xml, file: "guest.xml"), file: "guest.xml")
    }

    static let igd = """
        <hostdev mode='subsystem' type='pci' managed='yes'>
          <source><address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></source>
          <rom file='/vgabios.rom'/>
          <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
        </hostdev>
        """

    @Test func `an IGD in qemu:commandline is planned for, and libvirt knows nothing of it`() throws {
        let argument = "vfio-pci,host=0000:00:02.0,id=igd0,bus=pci.0,addr=2.0,romfile=/igd.rom"
        let text = Self.document(
            "",
            tail: "<qemu:commandline><qemu:arg value='-device'/>\n<qemu:arg value='\(argument)'/></qemu:commandline>")
        let guest = try Self.guest(text)
        #expect(guest.topology.igd?.id == "igd0")
        let warning = try #require(guest.findings.first { $0.rule == "igd-in-commandline" })
        #expect(
            warning.message
                == "libvirt does not know of an IGD in <qemu:commandline>: it neither takes it from the host's driver, nor "
                + "lets QEMU open its group in /dev/vfio, nor raises the limit of locked memory; write it as <hostdev>, with "
                + "its x-igd-* in <qemu:override>")
        #expect(warning.severity == .warning && warning.location?.line == 11)
        let room = try Services.makingRoom(
            in: Array(text.utf8), file: "guest.xml", of: guest.topology, adding: false, stack: StackChoice())
        #expect(room == guest.topology.withRoomForIGD)
        let refusal = try #require(throws: InputError.self) {
            _ = try Services.apply(Array(text.utf8), file: "guest.xml")
        }
        #expect(
            refusal.findings.map(\.message) == [
                "the IGD stands in <qemu:commandline>, which is left as it is; write it as <hostdev>, and it can be placed"
            ])
    }

    @Test func `a hostdev at the host's 00_02_0 is the IGD`() throws {
        let override = """
            <qemu:override><qemu:device alias='hostdev0'><qemu:frontend>
              <qemu:property name='x-igd-gms' type='unsigned' value='3'/>
              <qemu:property name='x-igd-opregion' type='bool' value='true'/>
            </qemu:frontend></qemu:device></qemu:override>
            """
        let (topology, findings) = try Self.guest(Self.document(Self.igd, tail: override))
        let igd = try #require(topology.igd)
        #expect(igd.slot == Slot("pci.0", devfn: 2 << 3))
        #expect(igd.host == PCIAddress("0000:00:02.0"))
        #expect(igd.rom == .file(path: "/vgabios.rom", contents: .vbios))
        #expect(igd.stolenMemory == .mib(96))
        #expect(
            igd.properties == [Property("x-igd-gms", .number(3)), Property("x-igd-opregion", .bool(true))])
        #expect(
            findings.map(\.description) == [
                "guest.xml:8:1: warning: the identity of the IGD 'hostdev0' is not known; Kaby Lake is assumed unless "
                    + "--host tells [qemu-option]",
                "guest.xml:1:1: note: a host with an IGD is Intel's, and so is the guest's processor under KVM; its 40 physical "
                    + "address bits are QEMU's default unless -cpu host or phys-bits= is given [qemu-option]",
            ])
        #expect(topology.processor == Processor(vendor: .intel, physicalAddressBits: 40))
        #expect(topology.name == "guest")
        #expect(topology.ram.size == .mib(2048))
        #expect(topology.machine.type == .pc)
        #expect(topology.guest == .linux(.init(6, 1)))
    }

    @Test func `under OVMF a ROM file is an EFI driver`() throws {
        let xml = Self.document(Self.igd, machine: "pc-q35-7.2").replacing(
            "<os>", with: "<os><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>")
        let topology = try Self.guest(xml).topology
        #expect(topology.firmware.kind == .ovmf)
        #expect(topology.igd?.rom == .file(path: "/vgabios.rom", contents: .vfioIgdPkg))
        #expect(topology.igd?.slot == Slot("pcie.0", devfn: 2 << 3))
    }

    @Test func `properties set on the command line count, with a warning`() throws {
        let tail =
            "<qemu:commandline><qemu:arg value='-set'/><qemu:arg value='device.hostdev0.x-igd-gms=2'/></qemu:commandline>"
        let (topology, findings) = try Self.guest(Self.document(Self.igd, tail: tail))
        #expect(topology.igd?.properties == [Property("x-igd-gms", .text("2"))])
        #expect(findings.contains { $0.message.hasPrefix("-set cannot reach 'hostdev0', which is given as JSON") })
    }

    @Test func `another host device is there without BARs`() throws {
        let nic = Self.igd.replacing("slot='0x02'", with: "slot='0x05'").replacing("bus='0x00'", with: "bus='0x00'")
        let (topology, findings) = try Self.guest(
            Self.document(Self.igd + nic.replacing("<rom file='/vgabios.rom'/>", with: "")))
        #expect(topology.igd?.id == "hostdev0")
        let device = try #require(topology.devices.first { $0.id == "hostdev1" })
        #expect(device.slot == Slot("pci.0", devfn: 5 << 3))
        #expect(device.described?.bars == [])
        #expect(findings.contains { $0.message.hasPrefix("the BARs of 'hostdev1' are its host's and not known") })
    }

    @Test func `memory devices and NUMA cells divide the memory`() throws {
        let head =
            "<maxMemory slots='4' unit='GiB'>16</maxMemory><cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu>"
        let memory =
            "<memory model='virtio-mem'><target><size unit='MiB'>512</size><node>0</node><block unit='MiB'>2</block><requested unit='MiB'>256</requested></target></memory>"
        let topology = try Self.guest(Self.document(memory, head: head)).topology
        #expect(topology.ram == GuestRAM(.mib(1024), maximum: .gib(16), slots: 4))
        #expect(topology.devices.contains { $0.id == "virtiomem0" && $0.model == "virtio-mem-pci" })
    }

    @Test func `an override that QEMU cannot hold is an error`() {
        let override = """
            <qemu:override><qemu:device alias='hostdev0'><qemu:frontend>
              <qemu:property name='x-igd-gms' type='unsigned' value='18446744073709551615'/>
            </qemu:frontend></qemu:device></qemu:override>
            """
        let error = #expect(throws: InputError.self) { try Self.guest(Self.document(Self.igd, tail: override)) }
        #expect(
            error?.description
                == "guest.xml:8:1: error: 'hostdev0': Parameter 'x-igd-gms' expects uint32_t, and 18446744073709551615 is more "
                + "than that holds [qemu-property]")
    }

    @Test func `under KVM the processor is Intel's`() throws {
        let passed = try Self.guest(Self.document("", type: "kvm", head: "<cpu mode='host-passthrough'/>"))
        #expect(passed.topology.processor == .passedThrough)
        #expect(passed.findings.map(\.rule) == ["qemu-option"])
        let plain = try Self.guest(Self.document("", type: "kvm"))
        #expect(plain.topology.processor == Processor(vendor: .intel, physicalAddressBits: 40))
        #expect(plain.findings == [])
        #expect(try Self.guest(Self.document("")).topology.processor == .qemu64)
    }

    @Test func `what is written elsewhere in the document is read, too`() throws {
        let metadata = """
            <metadata><libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
              <libosinfo:os id="http://microsoft.com/win/11"/></libosinfo:libosinfo></metadata>
            """
        #expect(try Self.guest(Self.document("", head: metadata)).topology.guest == .windows(11))
        let unraid = "<metadata><vmtemplate xmlns='unraid' name='w' os='windowstpm'/></metadata>"
        #expect(try Self.guest(Self.document("", head: unraid)).topology.guest == .windows(11))
        #expect(try Self.guest(Self.document("", machine: "pc-q35-9.2")).topology.qemu == QEMURelease(9, 2))
        #expect(try Self.guest(Self.document("", machine: "q35")).topology.qemu == Stack.standard.qemu)
        let rhel = try Self.guest(Self.document("", machine: "pc-q35-rhel9.4.0"))
        #expect(rhel.topology.machine.type == .q35)
        #expect(rhel.topology.machine.name == "pc-q35-rhel9.4.0")
        #expect(rhel.topology.qemu == QEMURelease(8, 2))
        #expect(
            rhel.findings.map(\.message) == [
                "the machine type 'pc-q35-rhel9.4.0' is one of QEMU 8.2, which is taken instead of 7.2; --stack or "
                    + "--qemu-version name another"
            ])
        let other = try Self.guest(Self.document("", machine: "pc-q35-altlinux1"))
        #expect(other.topology.machine == Machine(.q35))
        #expect(
            other.findings.map(\.message) == ["'pc-q35-altlinux1' is a distribution's machine; q35 is taken for it"])
    }

    @Test(arguments: [
        (
            "<metadata><l:libosinfo xmlns:l='http://libosinfo.org/xmlns/libvirt/domain/1.0'>"
                + "<l:os id='http://apple.com/macosx/10.7'/></l:libosinfo></metadata>", "http://apple.com/macosx/10.7"
        ),
        (
            "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><q:arg value='-device'/>"
                + "<q:arg value='isa-applesmc,osk=x'/></q:commandline>", "isa-applesmc"
        ),
    ])
    func `macOS is not modelled, and that is said`(head: String, sign: String) throws {
        let guest = try Self.guest(Self.document(Self.igd, head: head))
        #expect(
            guest.findings.filter { $0.rule == "guest-os" }.map(\.message) == [
                "\(sign): the guest is macOS, which is not modelled; what depends on the guest's OS is said of linux-6.1"
            ])
    }

    @Test func `who has enlightenments of Hyper-V is taken for Windows, and that is said`() throws {
        let features = "<features><acpi/><hyperv mode='custom'><relaxed state='on'/></hyperv></features>"
        let guest = try Self.guest(Self.document("", head: features))
        #expect(guest.topology.guest == .windows(10))
        #expect(
            guest.findings.map(\.message) == ["<hyperv>: the guest is taken for windows-10; --guest names another"])
        let tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
        #expect(try Self.guest(Self.document(tpm, head: features)).topology.guest == .windows(11))
        let named = "<features><hyperv><vendor_id state='on' value='x'/><vapic state='off'/></hyperv></features>"
        #expect(try Self.guest(Self.document("", head: named)).topology.guest.isLinux)
    }

    @Test(arguments: [
        // Libvirt since 9.1 writes it into every q35 domain; the one of the standard stack does not know it.
        ("<watchdog model='itco' action='reset'/>", [11]),
        ("<watchdog model='tco'/>", [11]), ("<serial type='null'><target type='isa-serial2'/></serial>", [29]),
        ("<input type='tablet' bus='i2c'/>", [22]),
    ])
    func `a model that is nothing of PCI's is left out, and said`(device: String, columns: [Int]) throws {
        let (topology, findings) = try Self.guest(Self.document(device, machine: "q35"))
        #expect(findings.map(\.location) == columns.map { InputLocation(file: "guest.xml", line: 8, column: $0) })
        #expect(findings.allSatisfy { $0.rule == DomainRule.deviceModel.id && $0.severity == .warning })
        #expect(
            topology.devices.map(\.id) == (try Self.guest(Self.document("", machine: "q35"))).topology.devices.map(\.id)
        )
    }

    @Test func `a model that may be on PCI stops`() {
        for device in ["<rng model='vio'/>", "<input type='pen' bus='virtio'/>", "<video><model type='igd'/></video>"] {
            #expect(throws: InputError.self) { try Self.guest(Self.document(device, machine: "q35")) }
        }
    }

    @Test func `what libvirt refuses is an error with its words and place`() throws {
        #expect(throws: InputError.self) { try Self.guest(Self.document("", machine: "isapc")) }
        do {
            _ = try Self.guest(
                Self.document(
                    Self.igd
                        + Self.igd.replacing(
                            "bus='0x00' slot='0x02' function='0x0'/></source>", with: "bus='0x01'/></source>")))
            Issue.record("two devices at one place")
        } catch let error as InputError {
            #expect(error.findings.map(\.rule) == [DomainRule.pciDoubleUse.id])
            #expect(error.findings.map(\.location) == [InputLocation(file: "guest.xml", line: 15, column: 3)])
        }
    }

    @Test func `the guest of every recorded document has every device that libvirt makes`() throws {
        var seen = 0
        var refused: [String] = []
        for probe in try RecordedProbes.read() where probe.devices != nil {
            let domain = try Assigned.domain(probe.xml, name: probe.name)
            guard let topology = try? Services.guest(of: XMLDocument(probe.xml, file: "p"), file: "p").topology else {
                refused.append(probe.name)
                continue
            }
            let ids = Set((topology.devices.map(\.id)) + (topology.igd.map { [$0.id] } ?? []))
            let made = DomainArguments.devices(domain).filter { $0["driver"] != .text("intel-iommu") }
            for device in made {
                guard case .text(let id)? = device["id"] else { continue }
                #expect(ids.contains(id), "\(probe.name): \(id)")
            }
            seen += made.count
        }
        #expect(seen > 300)
        // They pass -x and -y on, which QEMU refuses.
        #expect(refused == ["commandline env after arg", "commandline twice"])
    }
}
