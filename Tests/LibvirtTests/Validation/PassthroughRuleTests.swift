import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthStack
import BerthTopology
import Testing

/// `<qemu:commandline>` and `<qemu:override>` against what QEMU's models have, in QEMU's words.
@Suite struct PassthroughRuleTests {
    private typealias V = Validating

    private func found(_ text: String, qemu: QEMURelease = QEMURelease(7, 2)) -> [String] {
        var host = V.recordedHost
        host.qemu = qemu
        let rules: Set<RuleID> = [
            "commandline-property", "commandline-property-type", "fw-cfg-once", "override-address", "override-property",
        ]
        return V.findings(text, host: host).filter { rules.contains($0.rule) }
            .map { "\($0.severity): \($0.message); \($0.fix ?? "-") [\($0.rule)]" }
    }

    private func arguments(_ words: String...) -> String {
        let all = words.map { "<qemu:arg value='\($0.replacing("\"", with: "&quot;"))'/>" }.joined()
        return V.domain(more: "<qemu:commandline>\(all)</qemu:commandline>")
    }

    private func override(_ property: String, devices: String = "") -> String {
        V.domain(
            devices: V.hostDevice() + devices,
            more: """
                <qemu:override><qemu:device alias='hostdev0'><qemu:frontend><qemu:property \(property)/></qemu:frontend>
                </qemu:device></qemu:override>
                """)
    }

    /// On PCI, on ISA, on USB, on a bus of another kind and on none; alias and element of an array at the end.
    @Test(arguments: [
        ("e1000", "macc", "write mac="), ("isa-debugcon", "iobas", "write iobase="),
        ("usb-tablet", "anything", "remove anything="),
        ("scsi-hd", "lum", "write lun="), ("vmcoreinfo", "anything", "remove anything="),
        ("virtio-blk", "drivee", "write drive="),
    ])
    func `a model on whatever bus lacks a property`(model: String, property: String, fix: String) {
        #expect(RecordedProperties.bus(of: model) != nil)
        #expect(
            found(arguments("-device", "{\"driver\":\"\(model)\",\"\(property)\":\"x\"}")) == [
                "error: QEMU 7.2 refuses: Property '\(model).\(property)' not found; \(fix) [commandline-property]"
            ])
        #expect(found(arguments("-device", "\(model),\(property)=x")).count == 1)
    }

    @Test(arguments: [
        "isa-debugcon,iobase=0x402,chardev=c", "usb-tablet,bus=usb.0,port=1", "vmgenid,guid=auto", "no-such-model,x=1",
        "rocker,ports[0]=n,len-ports=1", "intel-iommu,intremap=on",
        "{\"driver\":\"e1000\",\"rombar\":0,\"multifunction\":true}",
        "{\"driver\":\"e1000\",\"addr\":\"0x5\",\"mac\":\"52:54:00:12:34:56\"}",
    ])
    func `what a model has is nothing to speak of`(device: String) {
        #expect(found(arguments("-device", device)) == [])
    }

    @Test func `a value in JSON is of another type`() {
        func verdict(_ members: String, _ qemu: QEMURelease = QEMURelease(7, 2)) -> [String] {
            found(arguments("-device", "{\"driver\":\"e1000\",\(members)}"), qemu: qemu)
        }
        #expect(
            verdict("\"multifunction\":\"on\"") == [
                "error: QEMU refuses: Invalid parameter type for 'multifunction', expected: boolean; write "
                    + "\"multifunction\":true, without quotes [commandline-property-type]"
            ])
        #expect(
            verdict("\"rombar\":\"1\"") == [
                "error: QEMU refuses: Parameter 'rombar' expects uint64; write \"rombar\": and a decimal number without "
                    + "quotes [commandline-property-type]"
            ])
        // It has a sign since 10.0.
        #expect(
            verdict("\"rombar\":\"1\"", QEMURelease(11, 1)).first?.hasPrefix(
                "error: QEMU refuses: Invalid parameter type for 'rombar', expected: integer;") == true)
        #expect(
            verdict("\"mac\":1") == [
                "error: QEMU refuses: Invalid parameter type for 'mac', expected: string; write \"mac\":\"1\" "
                    + "[commandline-property-type]"
            ])
    }

    @Test func `a file of fw_cfg is given twice`() {
        #expect(
            found(arguments("-fw_cfg", "name=opt/a,string=x", "-fw_cfg", "name=opt/a,string=y")) == [
                "error: QEMU refuses: duplicate fw_cfg file name: opt/a; remove one of them [fw-cfg-once]"
            ])
        #expect(found(arguments("-fw_cfg", "opt/a,string=x", "-fw_cfg", "name=opt/b,string=y")) == [])
        let both = arguments("-fw_cfg", "name=opt/com.x/a,string=x").replacing(
            "<vcpu>", with: "<sysinfo type='fwcfg'><entry name='opt/com.x/a'>y</entry></sysinfo><vcpu>")
        #expect(found(both).count == 1)
        let region = override("name='x-igd-opregion' type='bool' value='true'").replacing(
            "</domain>",
            with: "<qemu:commandline><qemu:arg value='-fw_cfg'/><qemu:arg value='name=etc/igd-opregion,file=/x'/>"
                + "</qemu:commandline></domain>")
        #expect(
            found(region) == [
                "error: QEMU refuses: duplicate fw_cfg file name: etc/igd-opregion; remove one of them [fw-cfg-once]"
            ])
        #expect(found(region.replacing("value='true'", with: "value='false'")) == [])
    }

    @Test func `an override moves a device that libvirt placed`() {
        let fix = "remove the property, and write an <address> for the device [override-address]"
        #expect(
            found(override("name='addr' type='string' value='0x9'")) == [
                "warning: addr is libvirt's: it puts 'hostdev0' elsewhere, and other devices here; \(fix)"
            ])
        #expect(found(override("name='bus' type='string' value='pcie.0'")).count == 1)
        let sound = "<sound model='ac97'><address type='pci' slot='9'/></sound><audio id='1' type='none'/>"
        let taken = "error: QEMU refuses: PCI: slot 9 function 0 not available for vfio-pci, in use by AC97; \(fix)"
        #expect(found(override("name='addr' type='string' value='0x9'", devices: sound)) == [taken])
        #expect(found(override("name='addr' type='unsigned' value='72'", devices: sound)) == [taken])
        #expect(found(override("name='rombar' type='unsigned' value='0'", devices: sound)) == [])
    }
}
