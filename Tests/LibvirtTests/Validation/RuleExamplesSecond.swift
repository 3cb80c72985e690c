import BerthDiagnostics

/// Rules from `igd-double-use` to `channel-target`, in the order of their files.
extension RuleExample {
    static let second: [RuleExample] = [
        RuleExample(
            "igd-double-use",
            "the IGD of the host is assigned by the <hostdev> of line 11 already",
            severity: .warning,
            cure: ("host=00:02.0", "host=00:05.0"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='0' slot='2'/></source><rom file='/x.rom'/><address type='pci' slot='2'/></hostdev>",
            more:
                "<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='vfio-pci,host=00:02.0,addr=0x9'/></qemu:commandline>",
            refusal: .nothing),
        RuleExample(
            "index-gap",
            "no controller has the index 2, 3; libvirt adds one for each",
            severity: .note,
            cure: ("index='4'", "index='2'"),
            devices:
                "<controller type='pci' index='1' model='pcie-root-port'/><controller type='pci' index='4' model='pcie-root-port'/>",
            refusal: .nothing),
        RuleExample(
            "input-bus",
            "ps2 bus does not support tablet input device",
            cure: ("type='tablet' bus='ps2'", "type='mouse' bus='ps2'"),
            devices: "<input type='tablet' bus='ps2'/>"),
        RuleExample(
            "lifecycle-action",
            "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'",
            cure: ("preserve", "destroy"),
            more: "<on_poweroff>preserve</on_poweroff>"),
        RuleExample(
            "machine-known",
            "Emulator '/usr/bin/qemu-system-x86_64' does not support machine type 'pc-q35-99.0'",
            cure: ("pc-q35-99.0", "pc-q35-7.2"),
            machine: "pc-q35-99.0"),
        RuleExample(
            "memory-node-exists",
            "can't add memory backend for guest node '1' as the guest has only '1' NUMA nodes configured",
            cure: ("<node>1</node>", "<node>0</node>"),
            devices: "<memory model='dimm'><target><size unit='MiB'>128</size><node>1</node></target></memory>",
            more: "<cpu><numa><cell id='0' cpus='0' memory='512' unit='MiB'/></numa></cpu>",
            edits: [
                (
                    "<memory unit='MiB'>512</memory>",
                    "<maxMemory slots='2' unit='GiB'>4</maxMemory><memory unit='MiB'>640</memory>"
                )
            ]),
        RuleExample(
            "device-model",
            nil,
            cure: ("model='tco'", "model='i6300esb'"),
            devices: "<watchdog model='tco'/>"),
        RuleExample(
            "numa-cell",
            "Number of CPUs in <numa> exceeds the <vcpu> count",
            cure: ("cpus='0-1'", "cpus='0'"),
            more: "<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>"),
        RuleExample(
            "numa-tuning",
            "nodeset for NUMA memory tuning must be set if 'placement' is 'static'",
            cure: ("<memory mode='strict'/>", "<memory mode='strict' nodeset='0'/>"),
            more: "<numatune><memory mode='strict'/></numatune>"),
        RuleExample(
            "interface-mtu",
            "setting MTU on interface type user is not supported yet",
            cure: ("<mtu size='9000'/>", ""),
            devices:
                "<interface type='user'><mac address='52:54:00:00:00:01'/><mtu size='9000'/><model type='virtio'/></interface>"
        ),
        RuleExample(
            "network-hosts",
            "nbd protocol accepts only one host",
            cure: ("<host name='i' port='80'/>", ""),
            devices:
                "<disk type='network'><source protocol='nbd' name='x'><host name='h' port='80'/><host name='i' port='80'/></source><target dev='vda' bus='virtio'/></disk>",
            refusal: .start),
        RuleExample(
            "acpi-index",
            "ACPI index is only supported for PCI devices",
            cure: ("<acpi index='5'/>", ""),
            devices: "<input type='tablet' bus='usb'><acpi index='5'/></input>",
            edits: [("<controller type='usb' model='none'/>", "<controller type='usb' model='qemu-xhci'/>")]),
        RuleExample(
            "piix3-bus",
            nil,
            cure: ("model='piix3-uhci'><address type='pci' slot='1' function='2'/>", "model='qemu-xhci'>"),
            devices:
                "<controller type='usb' index='0' model='piix3-uhci'><address type='pci' slot='1' function='2'/></controller>",
            edits: [("<controller type='usb' model='none'/>", "")]),
        RuleExample(
            "primary-ide-address",
            nil,
            cure: ("<address type='pci' slot='3'/>", ""),
            machine: "pc",
            devices: "<controller type='ide' index='0'><address type='pci' slot='3'/></controller>"),
        RuleExample(
            "primary-sata-address",
            nil,
            cure: ("<address type='pci' slot='3'/>", ""),
            devices: "<controller type='sata' index='0'><address type='pci' slot='3'/></controller>"),
        RuleExample(
            "vcpu-current",
            "maximum vCPU count must not be less than current vCPU count",
            cure: ("<vcpu current='2'>1</vcpu>", "<vcpu current='1'>1</vcpu>"),
            edits: [("<vcpu>1</vcpu>", "<vcpu current='2'>1</vcpu>")]),
        RuleExample(
            "cpu-model",
            "Unknown CPU model PentiumX",
            cure: ("PentiumX", "qemu64"),
            more: "<cpu match='exact'><model>PentiumX</model></cpu>",
            refusal: .start),
        RuleExample(
            "rom-path",
            "'igd.rom' is not an absolute path; QEMU looks for it elsewhere",
            severity: .warning,
            cure: ("'igd.rom'", "'/igd.rom'"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='1'/></source><rom file='igd.rom'/></hostdev>",
            refusal: .nothing),
        RuleExample(
            "root-node",
            "The PCI controller with index=0 can't be associated with a NUMA node",
            cure: ("<target><node>0</node></target>", ""),
            machine: "pc",
            devices: "<controller type='pci' index='0' model='pci-root'><target><node>0</node></target></controller>",
            more: "<cpu><numa><cell id='0' cpus='0' memory='512' unit='MiB'/></numa></cpu>",
            also: ["controller-option"]),
        RuleExample(
            "smm-tseg-size",
            "SMM TSEG size must be divisible by 1 MiB",
            cure: ("unit='KiB'>100<", "unit='MiB'>16<"),
            edits: [("<acpi/>", "<acpi/><smm state='on'><tseg unit='KiB'>100</tseg></smm>")]),
        RuleExample(
            "security-label",
            "seclabel for model dac is already provided",
            cure: ("<seclabel type='none' model='dac'/>", ""),
            more: "<seclabel type='none' model='dac'/><seclabel type='none' model='dac'/>"),
        RuleExample(
            "serial-port",
            "target port '0' already allocated",
            cure: (
                "<target type='isa-serial' port='0'/><alias name='ua-b'/>",
                "<target type='isa-serial' port='1'/><alias name='ua-b'/>"
            ),
            devices:
                "<serial type='null'><target type='isa-serial' port='0'/></serial><serial type='null'><target type='isa-serial' port='0'/><alias name='ua-b'/></serial>"
        ),
        RuleExample(
            "controller-ide",
            "IDE controllers are unsupported for this QEMU binary or machine type",
            cure: ("<controller type='ide' index='0'/>", ""),
            devices: "<controller type='ide' index='0'/>"),
        RuleExample(
            "sysinfo-date",
            "Invalid BIOS 'date' format",
            cure: ("2020-01-31", "01/31/2020"),
            more: "<sysinfo type='smbios'><bios><entry name='date'>2020-01-31</entry></bios></sysinfo>"),
        RuleExample(
            "timer-pit",
            "unsupported pit tickpolicy 'merge'",
            cure: ("<timer name='pit' tickpolicy='merge'/>", ""),
            more: "<clock offset='utc'><timer name='pit' tickpolicy='merge'/></clock>"),
        RuleExample(
            "disk-transient",
            "transient disk supported only with 'file' type (sda)",
            cure: ("<transient/>", ""),
            devices:
                "<disk type='block' device='disk'><source dev='/dev/x'/><target dev='sda' bus='sata'/><transient/></disk>"
        ),
        RuleExample(
            "cpu-tuning-emulator",
            "only one emulatorpin is supported",
            cure: ("<emulatorpin cpuset='0'/><emulatorpin cpuset='1'/>", "<emulatorpin cpuset='0'/>"),
            more: "<cputune><emulatorpin cpuset='0'/><emulatorpin cpuset='1'/></cputune>"),
        RuleExample(
            "usb-double-use",
            "Duplicate USB address bus 0 port 1",
            cure: (
                "<input type='mouse' bus='usb'><address type='usb' bus='0' port='1'/>",
                "<input type='mouse' bus='usb'><address type='usb' bus='0' port='2'/>"
            ),
            devices:
                "<input type='tablet' bus='usb'><address type='usb' bus='0' port='1'/></input><input type='mouse' bus='usb'><address type='usb' bus='0' port='1'/></input>",
            edits: [("<controller type='usb' model='none'/>", "<controller type='usb' model='qemu-xhci'/>")]),
        RuleExample(
            "usb-companion",
            nil,
            cure: ("model='ich9-uhci1'><master startport='0'/>", "model='ich9-ehci1'>"),
            devices: "<controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>",
            edits: [("<controller type='usb' model='none'/>", "")]),
        RuleExample(
            "usb-port",
            "requested USB port 9 not present on USB bus 0",
            cure: ("port='9'", "port='2'"),
            devices: "<input type='tablet' bus='usb'><address type='usb' bus='0' port='9'/></input>",
            edits: [("<controller type='usb' model='none'/>", "<controller type='usb' model='qemu-xhci'/>")]),
        RuleExample(
            "address-unassigned",
            "address of type 'unassigned' is supported only for hostdevs",
            cure: ("<address type='unassigned'/>", ""),
            devices: "<sound model='ich9'><address type='unassigned'/></sound>"),
        RuleExample(
            "disk-vhostuser-bus",
            "vhostuser disk supports only virtio bus",
            cure: ("bus='sata'", "bus='virtio'"),
            devices:
                "<disk type='vhostuser' device='disk'><driver name='qemu' type='raw'/><source type='unix' path='/s'/><target dev='vda' bus='sata'/></disk>",
            more: "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"),
        RuleExample(
            "video-heads",
            "video type 'vga' doesn't support multiple 'heads'",
            cure: ("heads='2'", "heads='1'"),
            devices: "<video><model type='vga' heads='2'/></video>",
            edits: [("<video><model type='none'/></video>", "")]),
        RuleExample(
            "virtio-address",
            "Unexpected address type for 'virtio-rng'",
            cure: ("<address type='drive'/>", ""),
            devices: "<rng model='virtio'><backend model='random'>/dev/urandom</backend><address type='drive'/></rng>",
            refusal: .start),
        RuleExample(
            "channel-target",
            "Unsupported spicevmc target name 'x'",
            cure: ("name='x'", "name='com.redhat.spice.0'"),
            devices: "<channel type='spicevmc'><target type='virtio' name='x'/></channel><graphics type='spice'/>",
            refusal: .start),
    ]
}
