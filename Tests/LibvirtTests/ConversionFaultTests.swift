import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtEditing
import BerthLibvirtRules
import BerthStack
import BerthTopology
import BerthXML
import Testing

/// Documents that came out of a conversion and that a real libvirt refused.
@Suite struct ConversionFaultTests {
    private func domain(_ machine: String, _ devices: String) -> String {
        """
        <domain type='qemu'><name>x</name><memory>65536</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='\(machine)'>hvm</type></os>
        <devices>
        \(devices)
        </devices></domain>
        """
    }

    private func converted(_ devices: String, from old: String, to machine: MachineType) throws
        -> MachineConversion.Result
    {
        try MachineConversion.convert(Array(domain(old, devices).utf8), file: "f", to: machine)
    }

    /// What libvirt 9.0, 11.3 and 12.8 would have against it.
    private func errors(_ result: MachineConversion.Result) -> [String] {
        [LibvirtRelease(9, 0), LibvirtRelease(11, 3), LibvirtRelease(12, 8)].flatMap { release in
            DomainValidator(host: LibvirtHost(libvirt: release)).validate(result.bytes, file: "f")
                .filter { $0.severity == .error }.map(\.description)
        }
    }

    private func rules(_ result: MachineConversion.Result) -> [String] {
        result.findings.map { "\($0.severity) \($0.rule)" }
    }

    @Test func `a root bus without an index becomes one of a q35`() throws {
        let result = try converted("<controller type='pci' model='pci-root'/>", from: "pc", to: .q35)
        #expect(result.after.contains("<controller type='pci' model='pcie-root'/>"))
        #expect(errors(result) == [])
    }

    @Test func `what only an IDE disk has is lost on SATA`() throws {
        let result = try converted(
            """
            <disk type='file' device='disk'><source file='/a'/><target dev='hda' bus='ide'/>
            <geometry cyls='16' heads='16' secs='63' trans='lba'/><wwn>5000c50015ea71ad</wwn></disk>
            """, from: "pc", to: .q35)
        #expect(!result.after.contains("wwn"))
        #expect(!result.after.contains("trans="))
        #expect(rules(result).count { $0 == "warning convert-drive" } == 2)
        #expect(errors(result) == [])
    }

    @Test func `a bridge without an address gets one`() throws {
        let result = try converted(
            "<controller type='pci' index='1' model='pci-bridge'/>", from: "pc", to: .q35)
        #expect(result.after.contains("slot='0x03'"))
        #expect(errors(result) == [])
    }

    @Test func `a device that finds no slot is an error`() throws {
        // A pc whose root bus has a device in every slot, the fourth function of PIIX3's included.
        let places = (2...31).map { "slot='\($0)' function='0'" } + ["slot='1' function='4'"]
        let devices = places.map { place in
            "<interface type='user'><model type='e1000'/><address type='pci' bus='0' \(place)/></interface>"
        }
        let none = "<controller type='usb' model='none'/><memballoon model='none'/>"
        let result = try converted((devices + [none]).joined(separator: "\n"), from: "pc", to: .q35)
        #expect(rules(result).contains("error convert-address"))
    }

    @Test func `a USB controller without a model is PIIX3's on a pc`() throws {
        let result = try converted(
            "<controller type='usb' index='0'><address type='pci' bus='0' slot='4' function='0'/></controller>",
            from: "q35", to: .pc)
        #expect(result.after.contains("slot='1' function='2'") || result.after.contains("slot='0x01' function='0x2'"))
        #expect(errors(result) == [])
    }

    @Test func `the watchdog of an ISA bus becomes one on PCI`() throws {
        let result = try converted("<watchdog model='ib700' action='reset'/>", from: "pc", to: .q35)
        #expect(result.after.contains("<watchdog model='i6300esb' action='reset'/>"))
        #expect(rules(result) == ["note convert-watchdog"])
        #expect(errors(result) == [])
    }
}
