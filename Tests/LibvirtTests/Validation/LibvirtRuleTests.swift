import BerthDiagnostics
import BerthLibvirtRules
import BerthStack
import BerthTopology
import Testing

/// Rules of libvirt's that a small document shows; the live tests hold them against libvirt itself.
@Suite struct LibvirtRuleTests {
    private func errors(_ text: String) -> [String] {
        Validating.findings(text).filter { $0.severity == .error }.map { "\($0.message) [\($0.rule)]" }
    }

    private func pages(_ size: String) -> [String] {
        errors(
            Validating.domain(
                more: "<memoryBacking><hugepages><page size='\(size)' unit='KiB'/></hugepages></memoryBacking>"))
    }

    @Test func `pages of the system are no huge pages`() {
        #expect(pages("4") == [])
        #expect(
            pages("2048") == ["hugetlbfs filesystem is not mounted or disabled by administrator config [huge-pages]"])
    }

    @Test(arguments: [
        ("", "add <os><type>hvm</type></os>"), ("<os/>", "give it a <type>hvm</type>"),
    ])
    func `a domain without an os type is told what to add`(os: String, fix: String) {
        let text = "<domain type='qemu'><name>x</name><memory>65536</memory>\(os)</domain>"
        let found = Validating.findings(text).filter { $0.rule == "os-type" }
        #expect(found.map(\.message) == ["an os <type> must be specified"])
        #expect(found.map(\.fix) == [fix])
    }

    @Test func `the first console repeats the address of its serial device`() {
        func serial(_ console: String) -> [String] {
            errors(
                Validating.domain(
                    machine: "pc",
                    devices: """
                        <serial type='null'><target type='pci-serial' port='0'/><address type='pci' slot='4'/></serial>
                        <console type='null'><target type='\(console)' port='0'/><address type='pci' slot='4'/></console>
                        """))
        }
        #expect(serial("serial") == [])
        #expect(serial("virtio").contains { $0.hasSuffix(" [pci-double-use]") })
    }

    @Test(arguments: [
        ("disk", "vda", "virtio", ["missing source information for device vda [disk-source]"]),
        ("cdrom", "sda", "sata", []),
        (
            "lun", "sda", "scsi",
            ["disk device='lun' is only valid for block type disk source [disk-lun-source]"]
        ),
    ])
    func `only drives for media may be empty`(device: String, name: String, bus: String, expected: [String]) {
        let text = Validating.domain(
            devices:
                "<disk type='\(device == "lun" ? "block" : "file")' device='\(device)'><target dev='\(name)' bus='\(bus)'/></disk>"
        )
        #expect(errors(text) == expected)
    }

    @Test func `a SCSI device of the host is looked for where it can be`() {
        let text = Validating.domain(
            devices: """
                <hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/>
                <address bus='0' target='1' unit='2'/></source></hostdev>
                """)
        #expect(
            errors(text) == [
                "cannot open directory '/sys/bus/scsi/devices/0:0:1:2/scsi_generic': No such file or directory "
                    + "[hostdev-scsi]"
            ])
        for known in [nil, ["0:0:1:2"]] as [Set<String>?] {
            #expect(Validating.findings(text, host: LibvirtHost(scsiDevices: known)).map(\.description) == [])
        }
    }

    private func rules(_ text: String, _ libvirt: LibvirtRelease?) -> [String] {
        let host = LibvirtHost(qemu: Stack.standard.qemu, libvirt: libvirt)
        return DomainValidator(host: host).validate(Array(text.utf8), file: "f.xml").map { "\($0.severity) \($0.rule)" }
    }

    @Test func `libvirt knows the watchdog of ICH9 since 9_1, and more than one`() {
        let itco = "<watchdog model='itco' action='reset'/>"
        let one = Validating.domain(devices: itco)
        #expect(rules(one, LibvirtRelease(9, 0)) == ["error device-model"])
        for release in [nil, LibvirtRelease(9, 1), LibvirtRelease(12, 8)] {
            #expect(rules(one, release) == [])
            #expect(rules(Validating.domain(devices: itco + "<watchdog model='i6300esb'/>"), release) == [])
            #expect(rules(Validating.domain(machine: "pc", devices: itco), release) == ["error watchdog-machine"])
            // An unknown one is an error to libvirt, though guests can do without.
            #expect(rules(Validating.domain(devices: "<watchdog model='tco'/>"), release) == ["error device-model"])
        }
    }

    @Test func `a host device needs no driver`() {
        func hostdev(_ driver: String) -> [String] {
            errors(
                Validating.domain(
                    devices:
                        "<hostdev mode='subsystem' type='pci'>\(driver)<source><address bus='1'/></source></hostdev>"))
        }
        #expect(hostdev("") == [])
        #expect(hostdev("<driver name='vfio'/>") == [])
        #expect(hostdev("<driver name='xen'/>") == ["invalid PCI passthrough type 'xen' [hostdev-driver]"])
    }

    @Test(
        arguments: [
            ("pc-q35-11.0", nil, nil), ("pc-i440fx-10.0", QEMURelease(10, 0), nil), ("pc", QEMURelease(7, 2), nil),
            ("pc-q35-4.0.1", nil, nil), ("pc-i440fx-4.0.1", nil, "error pc"), ("pc-q35-8.3", nil, "error q35"),
            ("pc-i440fx-10.0", QEMURelease(7, 2), "error pc-i440fx-7.2"),
            ("pc-q35-10.1", QEMURelease(10, 0), "error pc-q35-10.0"), ("pc-q35-rhel9.4.0", nil, "warning q35"),
            ("pc-i440fx-jammy", nil, "warning pc"), ("pc-q35-noble", QEMURelease(8, 2), "error pc-q35-8.2"),
            ("q53", nil, "error q35"),
        ] as [(String, QEMURelease?, String?)])
    func `a machine is known by its own release, and another of its kind is proposed`(
        machine: String, release: QEMURelease?, expected: String?
    ) {
        let host = LibvirtHost(qemu: release)
        let found = Validating.findings(Validating.domain(machine: machine), host: host)
            .filter { $0.rule == "machine-known" }
        let fix = expected.map { $0.split(separator: " ") }
        #expect(found.map(\.fix) == (fix.map { ["write machine='\($0[1])'"] } ?? []))
        #expect(found.map { "\($0.severity)" } == (fix.map { [String($0[0])] } ?? []))
    }

    @Test func `a companion has a master of its index`() {
        let text = Validating.domain(
            devices: """
                <controller type='usb' index='0' model='ich9-ehci1'/>
                <controller type='usb' index='1' model='ich9-uhci1'><master startport='0'/></controller>
                """
        ).replacing("<controller type='usb' model='none'/>", with: "")
        #expect(errors(text) == ["masterbus not found [usb-master]"])
    }
}
