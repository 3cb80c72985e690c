import BerthDiagnostics

/// Rules from `address-type` to `huge-page-node`, in the order of their files.
extension RuleExample {
    static let first: [RuleExample] = [
        RuleExample(
            "address-type",
            nil,
            cure: ("<address slot='3'/>", "<address type='pci' slot='3'/>"),
            devices: "<rng model='virtio'><backend model='random'>/dev/urandom</backend><address slot='3'/></rng>"),
        RuleExample(
            "alias-dropped",
            "libvirt drops the alias 'nic', which does not begin with ua-",
            severity: .warning,
            cure: ("name='nic'", "name='ua-nic'"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='1'/></source><alias name='nic'/></hostdev>",
            more:
                "<qemu:override><qemu:device alias='nic'><qemu:frontend><qemu:property name='x-vga' type='bool' value='false'/></qemu:frontend></qemu:device></qemu:override>",
            refusal: .nothing),
        RuleExample(
            "alias-duplicate",
            "non unique alias detected: ua-a",
            cure: ("<sound model='ac97'><alias name='ua-a'/>", "<sound model='ac97'><alias name='ua-b'/>"),
            devices: "<sound model='ich9'><alias name='ua-a'/></sound><sound model='ac97'><alias name='ua-a'/></sound>"),
        RuleExample(
            "audio-backend",
            "no audio device with ID 2",
            cure: ("<audio id='2'/>", "<audio id='1'/>"),
            devices: "<sound model='ich9'><audio id='2'/></sound><audio id='1' type='none'/>"),
        RuleExample(
            "audio-id",
            "audio ID 1 is used multiple times",
            cure: ("<audio id='1' type='sdl'/>", "<audio id='2' type='sdl'/>"),
            devices: "<audio id='1' type='none'/><audio id='1' type='sdl'/>"),
        RuleExample(
            "backing-store-format",
            "storage format 'raw' does not support backing store",
            cure: ("<driver name='qemu' type='raw'/>", "<driver name='qemu' type='qcow2'/>"),
            devices:
                "<disk type='file'><driver name='qemu' type='raw'/><source file='/x'/><backingStore type='file'><format type='raw'/><source file='/y'/></backingStore><target dev='vda' bus='virtio'/></disk>",
            refusal: .start),
        RuleExample(
            "balloon-once",
            "only a single memory balloon device is supported",
            cure: ("<memballoon model='virtio'/>", ""),
            devices: "<memballoon model='virtio'/>"),
        RuleExample(
            "number-list",
            "Failed to parse bitmap '0-'",
            cure: ("cpuset='0-'", "cpuset='0-1'"),
            more: "<cputune><emulatorpin cpuset='0-'/></cputune>"),
        RuleExample(
            "boot-order-once",
            "boot order '1' used for more than one device",
            cure: ("<rom bar='on'/><boot order='1'/>", "<rom bar='on'/><boot order='2'/>"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='1'/></source><boot order='1'/></hostdev><hostdev mode='subsystem' type='pci'><driver name='vfio'/><source><address bus='2'/></source><rom bar='on'/><boot order='1'/></hostdev>"
        ),
        RuleExample(
            "bus-number",
            nil,
            cure: ("busNr='2'", "busNr='8'"),
            devices:
                "<controller type='pci' index='1' model='pcie-expander-bus'><target busNr='2'/></controller><controller type='pci' index='2' model='pcie-expander-bus'/>"
        ),
        RuleExample(
            "address-ccw",
            "cannot use CCW address type for device '<null>' using machine type 'pc-q35-7.2'",
            cure: ("<address type='ccw' cssid='0xfe' ssid='0x0' devno='0x0001'/>", ""),
            devices:
                "<rng model='virtio'><backend model='random'>/dev/urandom</backend><address type='ccw' cssid='0xfe' ssid='0x0' devno='0x0001'/></rng>"
        ),
        RuleExample(
            "character-port",
            "Invalid port number: a",
            cure: ("port='a'", "port='0'"),
            devices: "<serial type='null'><target port='a'/></serial>"),
        RuleExample(
            "character-source",
            "only one source element is allowed for character device",
            cure: ("<source path='/b'/>", ""),
            devices: "<serial type='file'><source path='/a'/><source path='/b'/><target port='0'/></serial>"),
        RuleExample(
            "watchdog-once",
            "only a single watchdog device is supported",
            cure: ("<watchdog model='ib700'/>", ""),
            machine: "pc",
            devices: "<watchdog model='i6300esb'/><watchdog model='ib700'/>"),
        RuleExample(
            "disk-address-type",
            "Invalid address type 'pci' for the disk 'sda' with the bus type 'sata'",
            cure: ("<address type='pci' slot='3'/>", ""),
            devices:
                "<disk type='file'><source file='/x'/><target dev='sda' bus='sata'/><address type='pci' slot='3'/></disk>"
        ),
        RuleExample(
            "disk-readonly",
            "readonly sata disks are not supported",
            cure: ("<readonly/>", ""),
            devices: "<disk type='file'><source file='/x'/><target dev='sda' bus='sata'/><readonly/></disk>"),
        RuleExample(
            "disk-format",
            "storage format 'iso' is not directly supported by QEMU, use 'raw' instead",
            cure: ("type='iso'", "type='raw'"),
            devices:
                "<disk type='file'><driver name='qemu' type='iso'/><source file='/x'/><target dev='sda' bus='sata'/></disk>"
        ),
        RuleExample(
            "disk-name",
            "Unknown disk name 'hd' and no address specified",
            cure: ("dev='hd'", "dev='hda'"),
            devices: "<disk type='file'><source file='/x'/><target dev='hd' bus='sata'/></disk>"),
        RuleExample(
            "disk-partition",
            "invalid disk target 'sda1', partitions can't appear in disk targets",
            cure: ("dev='sda1'", "dev='sda'"),
            devices: "<disk type='file'><source file='/x'/><target dev='sda1' bus='sata'/></disk>"),
        RuleExample(
            "disk-iotune",
            "total and read/write bytes_sec cannot be set at the same time",
            cure: ("<read_bytes_sec>10</read_bytes_sec>", ""),
            devices:
                "<disk type='file'><source file='/x'/><target dev='sda' bus='sata'/><iotune><total_bytes_sec>20</total_bytes_sec><read_bytes_sec>10</read_bytes_sec></iotune></disk>"
        ),
        RuleExample(
            "drive-address",
            "bus must be 0 for sata controller",
            cure: ("bus='1'", "bus='0'"),
            devices:
                "<disk type='file'><source file='/x'/><target dev='sda' bus='sata'/><address type='drive' controller='0' bus='1' target='0' unit='0'/></disk>"
        ),
        RuleExample(
            "repeated-element",
            nil,
            cure: ("<target/>", ""),
            devices:
                "<controller type='pci' index='1' model='pcie-root-port'><target chassis='1'/><target/></controller>"),
        RuleExample(
            "feature-spinlocks",
            "HyperV spinlock retry count must be at least 4095",
            cure: ("retries='100'", "retries='8191'"),
            edits: [("<acpi/>", "<acpi/><hyperv><spinlocks state='on' retries='100'/></hyperv>")]),
        RuleExample(
            "filesystem-mode",
            "fmode and dmode must be used with accessmode=mapped",
            cure: ("accessmode='passthrough' fmode='0600'", "accessmode='mapped' fmode='0600'"),
            devices:
                "<filesystem type='mount' accessmode='passthrough' fmode='0600'><source dir='/srv'/><target dir='srv'/></filesystem>"
        ),
        RuleExample(
            "firmware-installed",
            "Unable to find any firmware to satisfy 'bios'",
            cure: (" firmware='bios'", ""),
            edits: [("<os>", "<os firmware='bios'>")],
            refusal: .start),
        RuleExample(
            "firmware-acpi",
            "UEFI requires ACPI on this architecture",
            cure: ("<features/>", "<features><acpi/></features>"),
            at: "<os",
            edits: [
                ("<features><acpi/></features>", "<features/>"),
                (
                    "hvm</type>",
                    "hvm</type><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>"
                ),
            ]),
        RuleExample(
            "graphics-once",
            "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported",
            cure: ("<graphics type='vnc' port='5901'/>", ""),
            devices: "<graphics type='vnc'/><graphics type='vnc' port='5901'/>",
            refusal: .start),
        RuleExample(
            "graphics-listen-once",
            "QEMU does not support multiple listens for one graphics device.",
            cure: ("<listen type='address' address='::1'/>", ""),
            devices:
                "<graphics type='vnc'><listen type='address' address='127.0.0.1'/><listen type='address' address='::1'/></graphics>",
            refusal: .start),
        RuleExample(
            "pci-hole",
            "Setting the 64-bit PCI hole size is not supported for machine 'microvm'",
            cure: ("<pcihole64 unit='KiB'>1048576</pcihole64>", ""),
            machine: "microvm",
            devices:
                "<controller type='pci' index='0' model='pcie-root'><pcihole64 unit='KiB'>1048576</pcihole64></controller>"
        ),
        RuleExample(
            "hostdev-driver",
            "invalid PCI passthrough type 'kvm'",
            cure: ("name='kvm'", "name='vfio'"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='kvm'/><source><address bus='1'/></source></hostdev>",
            refusal: .start),
        RuleExample(
            "hostdev-startup-policy",
            "Setting startupPolicy is only allowed for USB devices",
            cure: ("<source startupPolicy='optional'>", "<source>"),
            devices:
                "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source startupPolicy='optional'><address bus='1'/></source></hostdev>"
        ),
        RuleExample(
            "hostdev-source",
            "<source> has no <address>; libvirt would assign 0000:00:00.0 of the host",
            cure: ("<source/>", "<source><address bus='1'/></source>"),
            devices: "<hostdev mode='subsystem' type='pci'><driver name='vfio'/><source/></hostdev>",
            refusal: .nothing),
        RuleExample(
            "numa-host-node",
            "NUMA node 7 is unavailable",
            cure: ("nodeset='7'", "nodeset='0'"),
            more: "<numatune><memory mode='strict' nodeset='7'/></numatune>",
            refusal: .start),
        RuleExample(
            "hostdev-boot",
            "booting from assigned devices is not supported by vhost SCSI devices",
            cure: ("<boot order='1'/>", ""),
            devices:
                "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/><boot order='1'/></hostdev>"
        ),
        RuleExample(
            "huge-page-allocation",
            "hugepages are not allowed with memory allocation ondemand",
            cure: ("<allocation mode='ondemand'/>", ""),
            more:
                "<memoryBacking><hugepages><page size='4' unit='KiB'/></hugepages><allocation mode='ondemand'/></memoryBacking>"
        ),
    ]
}
