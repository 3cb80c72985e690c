import BerthDiagnostics
import BerthLibvirtRules
import BerthStack
import BerthTopology
import Testing

/// Configurations that start and do not work. Libvirt refuses two of these seven, the schema none.
@Suite struct IGDRuleTests {
    private typealias V = Validating

    private static let opRegion = """
        <qemu:override><qemu:device alias='hostdev0'><qemu:frontend>
        <qemu:property name='x-igd-opregion' type='bool' value='true'/></qemu:frontend></qemu:device></qemu:override>
        """
    private static let port = "<controller type='pci' index='1' model='pcie-root-port'/>"

    private static let cases: [(name: String, rule: RuleID, severity: Severity, text: String)] = [
        (
            "behind a root port", "igd-behind-bridge", .warning,
            V.domain(devices: port + V.hostDevice(1, 0), more: opRegion)
        ),
        ("without ROM and OpRegion", "igd-no-opregion", .warning, V.domain(devices: V.hostDevice())),
        (
            "a NIC on 1f.0 of a pc", "igd-lpc", .warning,
            V.domain(
                machine: "pc",
                devices: V.hostDevice()
                    + "<interface type='user'><model type='e1000'/><address type='pci' slot='0x1f'/></interface>",
                more: opRegion)
        ),
        (
            "beside an emulated VGA", "igd-second-display", .warning,
            V.domain(devices: V.hostDevice(), more: opRegion, video: "vga")
        ),
        (
            "rom bar='off'", "igd-rom-off", .warning,
            V.domain(devices: V.hostDevice(more: "<rom bar='off'/>"), more: opRegion)
        ),
        (
            "double use", "pci-double-use", .error,
            V.domain(devices: V.hostDevice() + V.hostDevice(host: "bus='3' slot='0'"), more: opRegion)
        ),
        ("at 1f.0", "pci-double-use", .error, V.domain(devices: V.hostDevice(0, 0x1f), more: opRegion)),
    ]

    @Test func `seven of seven are found`() {
        for bad in Self.cases {
            let found = V.findings(bad.text).filter { $0.severity > .note }
            #expect(found.contains { $0.rule == bad.rule && $0.severity == bad.severity }, "\(bad.name): \(found)")
            #expect(found.allSatisfy { $0.fix != nil }, "\(bad.name): \(found)")
        }
    }

    @Test func `a good IGD has no finding`() {
        #expect(V.findings(V.domain(devices: V.hostDevice(), more: Self.opRegion)).map(\.description) == [])
    }

    @Test func `other host devices may be anywhere`() {
        let text = V.domain(devices: Self.port + V.hostDevice(1, 0, host: "bus='3' slot='0'"))
        #expect(V.findings(text).map(\.description) == [])
    }

    @Test func `on a pc the slot of the LPC bridge is no place either`() {
        let found = V.findings(V.domain(machine: "pc", devices: V.hostDevice(0, 0x1f), more: Self.opRegion))
        #expect(found.map(\.rule) == ["igd-address"])
        #expect(
            found.first?.message
                == "the IGD is at 00:1f.0, in the slot of the LPC bridge; drivers and QEMU's legacy mode want it at 00:02.0"
        )
    }

    @Test func `legacy mode and a file by hand bring the OpRegion`() {
        let file =
            "<qemu:commandline><qemu:arg value='-fw_cfg'/><qemu:arg value='name=etc/igd-opregion,file=/x'/></qemu:commandline>"
        #expect(V.findings(V.domain(machine: "pc", devices: V.hostDevice())).map(\.rule) == [])
        #expect(V.findings(V.domain(devices: V.hostDevice(), more: file)).map(\.rule) == [])
        let rom = V.domain(machine: "pc", devices: V.hostDevice(more: "<rom bar='off'/>"))
        #expect(Set(V.findings(rom).map(\.rule)) == ["igd-no-opregion", "igd-rom-off"])
    }

    @Test func `from QEMU 10_1 on the OpRegion is on`() {
        var host = V.recordedHost
        host.qemu = QEMURelease(10, 1)
        #expect(V.findings(V.domain(devices: V.hostDevice()), host: host).map(\.rule) == [])
    }
}
