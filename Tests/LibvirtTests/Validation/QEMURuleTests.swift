import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthStack
import BerthTopology
import Testing

/// What libvirt takes and QEMU does not, and where the carriers of an IGD's memory are.
@Suite struct QEMURuleTests {
    private typealias V = Validating

    private func found(_ rule: RuleID, _ text: String) -> [String] {
        V.findings(text).filter { $0.rule == rule }.map { "\($0.severity): \($0.message); \($0.fix ?? "-")" }
    }

    private func port(_ index: Int, _ slot: Int, _ function: Int = 0, _ target: String = "", more: String = "")
        -> String
    {
        """
        <controller type='pci' index='\(index)' model='pcie-root-port'>\(target)
        <address type='pci' slot='\(slot)' function='\(function)'\(more)/></controller>
        """
    }

    private func arguments(_ words: String...) -> String {
        let all = words.map { "<qemu:arg value='\($0)'/>" }.joined()
        return "<qemu:commandline>\(all)</qemu:commandline>"
    }

    @Test func `two ports have one chassis`() {
        let text = V.domain(devices: port(1, 2, 0, "<target chassis='7'/>") + port(2, 3, 0, "<target chassis='7'/>"))
        #expect(
            found("chassis-duplicate", text) == [
                "warning: chassis 7 is taken by another port; QEMU refuses: Can't add chassis slot, error -16; remove "
                    + "chassis=, libvirt then takes the index"
            ])
        #expect(found("chassis-duplicate", V.domain(devices: port(1, 2) + port(2, 3))) == [])
    }

    @Test func `two expander buses have one number`() {
        func expanders(_ numbers: Int...) -> String {
            V.domain(
                devices: numbers.enumerated().map { index, number in
                    "<controller type='pci' index='\(index + 1)' model='pcie-expander-bus'><target busNr='\(number)'/>"
                        + "<address type='pci' slot='\(index + 4)'/></controller>"
                }.joined())
        }
        #expect(
            found("busnr-duplicate", expanders(180, 180)) == [
                "warning: busNr 180 is taken by another expander bus; QEMU refuses: Bus 180 is already in use; remove "
                    + "busNr=, libvirt then chooses one"
            ])
        #expect(found("busnr-duplicate", expanders(180, 184)) == [])
    }

    @Test func `a slot lacks function 0`() {
        #expect(
            found("function-zero", V.domain(devices: port(1, 5, 3))) == [
                "warning: nothing is at function 0 of this slot, so that guests do not look at function 3; write "
                    + "function='0x0'"
            ])
        #expect(found("function-zero", V.domain(devices: port(1, 5, 0) + port(2, 5, 3))) == [])
    }

    @Test func `function 0 of a shared slot is not multifunction`() {
        let off = V.domain(devices: port(1, 5, more: " multifunction='off'") + port(2, 5, 3))
        #expect(
            found("multifunction-off", off) == [
                "warning: other functions of the slot are used; QEMU refuses: single function device can't be populated; "
                    + "write multifunction='on'"
            ])
        #expect(found("multifunction-off", V.domain(devices: port(1, 5) + port(2, 5, 3))) == [])
    }

    @Test func `00_01_1 of a pc is taken`() {
        let sound = "<sound model='ac97'><address type='pci' slot='1' function='1'/></sound>"
        #expect(
            found("piix3-ide", V.domain(machine: "pc", devices: sound)) == [
                "warning: 00:01.1 is in use by piix3-ide, which every i440fx machine has; QEMU refuses; choose another "
                    + "slot"
            ])
        #expect(found("piix3-ide", V.domain(devices: sound)) == [])
    }

    @Test func `options reach no device of libvirt's`() {
        #expect(
            found("set-device", V.domain(more: arguments("-set", "device.hostdev0.x-vga=on"))) == [
                "warning: QEMU finds no device 'hostdev0' here: libvirt's devices are not in option style; write "
                    + "<qemu:override><qemu:device alias='hostdev0'><qemu:frontend><qemu:property name= type= value=/>"
            ])
        #expect(
            found("option-style-device", V.domain(more: arguments("-device", "edu"))) == [
                "warning: QEMU creates this device before libvirt's, and without addr= it takes a slot of theirs; write "
                    + "the device as JSON with an addr: {\"driver\":\"edu\"}"
            ])
        #expect(
            found("option-style-device", V.domain(more: arguments("-device", "edu,bus=pci.1,addr=0"))) == [
                "warning: QEMU creates this device before libvirt's: Bus 'pci.1' not found; write the device as JSON: "
                    + "{\"driver\":\"edu\",\"bus\":\"pci.1\",\"addr\":\"0\"}"
            ])
        let override = """
            <qemu:override><qemu:device alias='hostdev1'><qemu:frontend>
            <qemu:property name='x-vga' type='bool' value='true'/></qemu:frontend></qemu:device></qemu:override>
            """
        #expect(
            found("override-device", V.domain(devices: V.hostDevice(), more: override)) == [
                "warning: no device has the id 'hostdev1'; libvirt ignores the override; write alias='hostdev0'"
            ])
    }

    @Test(arguments: [
        "isa-debug-exit,iobase=0xf4,iosize=0x04", "usb-kbd,bus=usb.0", "isa-serial,chardev=c", "tpm-tis,tpmdev=t",
        "ramfb",
        "vmgenid,guid=auto", "scsi-hd,drive=d", "intel-iommu",
    ])
    func `what is no PCI function has no slot`(device: String) {
        #expect(found("option-style-device", V.domain(more: arguments("-device", device))) == [])
        #expect(found("commandline-slot", V.domain(more: arguments("-device", device + ",addr=0x1f"))) == [])
    }

    @Test func `an override has a property of the device and its type`() {
        func override(_ property: String) -> String {
            V.domain(
                devices: V.hostDevice(),
                more: """
                    <qemu:override><qemu:device alias='hostdev0'><qemu:frontend><qemu:property \(property)/></qemu:frontend>
                    </qemu:device></qemu:override>
                    """)
        }
        func verdict(_ property: String, _ qemu: QEMURelease) -> [String] {
            var host = V.recordedHost
            host.qemu = qemu
            return V.findings(override(property), host: host).filter { $0.rule == "override-property" }
                .map { "\($0.message); \($0.fix ?? "")" }
        }
        let old = QEMURelease(7, 2), new = QEMURelease(10, 0)
        #expect(
            verdict("name='x-igd-legacy-mode' type='bool' value='false'", new) == [
                "QEMU refuses: Invalid parameter type for 'x-igd-legacy-mode', expected: string; write type='string' value='off'"
            ])
        #expect(
            verdict("name='x-igd-opregion' type='string' value='on'", old) == [
                "QEMU refuses: Invalid parameter type for 'x-igd-opregion', expected: boolean; write type='bool' value='true'"
            ])
        #expect(
            verdict("name='x-igd-gms' type='string' value='0x2'", old) == [
                "QEMU refuses: Parameter 'x-igd-gms' expects uint64; write type='unsigned' value='2'"
            ])
        #expect(
            verdict("name='x-igd-lpc' type='bool' value='true'", old) == [
                "QEMU 7.2 refuses: Property 'vfio-pci.x-igd-lpc' not found; write name='x-igd-gms'"
            ])
        #expect(verdict("name='x-igd-lpc' type='bool' value='true'", new) == [])
        #expect(verdict("name='x-igd-gms' type='unsigned' value='2'", old) == [])
        #expect(verdict("name='x-igd-opregion' type='remove'", old) == [])
        // Nobody asked 9.0, and its neighbours disagree.
        #expect(verdict("name='vf-token' type='string' value='x'", QEMURelease(9, 0)) == [])
    }

    @Test func `a device of the command line has the properties that it sets`() {
        #expect(
            found("commandline-property", V.domain(more: arguments("-device", "pci-testdev,addr=5,membar=64M,membr=1")))
                == [
                    "error: QEMU 7.2 refuses: Property 'pci-testdev.membr' not found; write membar="
                ])
        #expect(found("commandline-property", V.domain(more: arguments("-device", "edu,addr=5,dma_mask=1"))) == [])
    }

    @Test(
        arguments: [
            (["-chardev stdio,id=log -device isa-debugcon,iobase=0x402,chardev=log"], true),
            (["-device edu,addr=5"], true),
            (["-device", "edu,addr=5 -device edu,addr=6"], true), (["-cpu host"], true), (["-nodefaults "], true),
            (["-device", "edu,addr=5"], false), (["-append", "console=ttyS0 -- -x"], false),
            (["-name", "a guest of mine"], false), (["-fw_cfg", "name=opt/a,string=-m 4"], false), (["-S"], false),
        ] as [([String], Bool)])
    func `each argument is one word`(words: [String], isWrong: Bool) {
        let text = V.domain(
            more: "<qemu:commandline>" + words.map { "<qemu:arg value='\($0)'/>" }.joined() + "</qemu:commandline>")
        #expect(found("argument-words", text).isEmpty != isWrong, "\(found("argument-words", text))")
    }

    @Test func `a device of the command line is in a slot of libvirt's`() {
        func edu(_ slot: String) -> String {
            V.domain(
                devices: "<sound model='ac97'><address type='pci' slot='3'/></sound>",
                more: arguments("-device", "{\"driver\":\"edu\",\"bus\":\"pcie.0\",\"addr\":\"\(slot)\"}"))
        }
        #expect(
            found("commandline-slot", edu("0x3")) == [
                "warning: QEMU refuses: slot 3 function 0 is in use by the <sound> of line 11; write addr=0x01"
            ])
        #expect(
            found("commandline-slot", edu("0x1f.0x2")) == [
                "warning: QEMU refuses: slot 31 function 2 is in use by the sata controller that libvirt adds; write addr=0x01"
            ])
        #expect(found("commandline-slot", edu("0x4")) == [])
    }

    @Test func `two devices of the command line share a slot`() {
        let text = V.domain(
            more: arguments("-device", "{\"driver\":\"edu\",\"addr\":\"0x5\"}", "-device", "edu,addr=5"))
        #expect(
            found("commandline-slot", text) == [
                "warning: QEMU refuses: slot 5 function 0 is in use by the device 'edu' of the command line; write "
                    + "addr=0x01"
            ])
    }

    @Test func `a BAR of the command line is a power of two`() {
        func bar(_ size: String) -> String {
            V.domain(more: arguments("-device", "{\"driver\":\"pci-testdev\",\"addr\":\"0x5\",\"membar\":\"\(size)\"}"))
        }
        #expect(
            found("commandline-bar-size", bar("96M")) == [
                "warning: QEMU aborts: membar '96M' is not a power of two; write membar=131072K"
            ])
        #expect(found("commandline-bar-size", bar("64M")) == [])
        func memory(_ size: String) -> String {
            V.domain(
                more: arguments(
                    "-object", "memory-backend-file,id=m,mem-path=/dev/shm/m,size=\(size)", "-device",
                    "{\"driver\":\"ivshmem-plain\",\"addr\":\"0x5\",\"memdev\":\"m\"}"))
        }
        #expect(
            found("commandline-bar-size", memory("12K")) == [
                "warning: QEMU aborts: the size '12K' of 'm', a BAR of ivshmem-plain, is not a power of two; write "
                    + "size=16K"
            ])
        #expect(found("commandline-bar-size", memory("8K")) == [])
    }

    @Test func `a dummy BAR has a place on bus 0`() {
        func memory(_ place: String, igd: Bool = true, name: String = "igd-stolen") -> String {
            V.domain(
                devices: (igd ? V.hostDevice() : "") + port(1, 4)
                    + "<shmem name='\(name)'><model type='ivshmem-plain'/><size unit='M'>1</size>\(place)</shmem>")
        }
        #expect(
            found("dummy-bar-place", memory("<address type='pci' bus='1' slot='0'/>")) == [
                "warning: the BAR is behind the controller with index 1 and vanishes with its window; write bus='0x00' "
                    + "and a free slot such as '0x01'"
            ])
        let floating = found("dummy-bar-place", memory(""))
        #expect(floating.count == 1)
        #expect(floating.first?.hasPrefix("warning: the BAR has no fixed place: libvirt put it at ") == true)
        #expect(found("dummy-bar-place", memory("<address type='pci' slot='0x1f' function='1'/>")) == [])
        #expect(found("dummy-bar-place", memory("", igd: false)) == [])
        // Frame buffers of guests are shared by the same device.
        #expect(found("dummy-bar-place", memory("", name: "looking-glass")) == [])
    }
}
