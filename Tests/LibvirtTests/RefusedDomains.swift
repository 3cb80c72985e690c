/// Documents with one mistake each.
struct RefusedDomain {
    var title: String
    var xml: String
    /// Libvirt's words; nil where it takes the document.
    var message: String?

    /// `place` is the address of a hostdev.
    static func address(_ place: String, _ message: String?) -> RefusedDomain {
        device(
            "<hostdev mode='subsystem' type='pci'><source><address bus='0x99'/></source><address type='pci' \(place)/></hostdev>",
            message, title: place)
    }

    static func device(
        _ devices: String, _ message: String?, machine: String = "pc-q35-7.2", title: String? = nil,
        head: String = "<memory unit='MiB'>512</memory>", tail: String = ""
    ) -> RefusedDomain {
        let xml = """
            <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>NAME</name>
            \(head)<os><type arch='x86_64' machine='\(machine)'>hvm</type></os><features><acpi/></features>
            <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>\(devices)</devices>\(tail)</domain>
            """
        return RefusedDomain(title: title ?? devices + tail + head, xml: xml, message: message)
    }

    private static func number(_ name: String, _ value: String, _ element: String = "address") -> String {
        "Invalid value for attribute '\(name)' in element '\(element)': '\(value)'."
    }

    static let addresses = [
        address("slot='1e'", number("slot", "1e") + " Expected non-negative integer value"),
        address("slot='2 '", number("slot", "2 ") + " Expected non-negative integer value"),
        address("slot='-1'", number("slot", "-1") + " Expected non-negative integer value"),
        address("slot=''", number("slot", "") + " Expected non-negative integer value"),
        address("slot='0x'", number("slot", "0x") + " Expected non-negative integer value"),
        address("slot='08'", number("slot", "08") + " Expected non-negative integer value"),
        address("slot='4294967296'", number("slot", "4294967296") + " Expected non-negative integer value"),
        address("slot='0X1F' function='1'", nil), address("slot=' 2'", nil), address("slot='+2'", nil),
        address("slot='010'", nil),
        address("slot='0' function='1'", nil), address("slot='0' function='9'", nil),
        address("slot='0x20'", "Invalid PCI address slot='0x20', must be <= 0x1F"),
        address("slot='3' function='8'", "Invalid PCI address function=0x8, must be <= 7"),
        address("bus='0x100' slot='1'", "Invalid PCI address bus='0x100', must be <= 0xFF"),
        address("domain='1' slot='2'", "Invalid PCI address 0001:00:02.0. Only PCI domain 0 is available"),
        address("slot='3' multifunction='yes'", number("multifunction", "yes")),
        address("slot='0x1f'", "Attempted double use of PCI Address 0000:00:1f.0"),
        address("slot='0x1f' function='2'", "Attempted double use of PCI Address 0000:00:1f.2"),
        address("bus='1' slot='1'", "Invalid PCI address 0000:01:01.0. slot must be <= 0"),
        device(
            "<shmem name='x'><model type='ivshmem-plain'/><address slot='3'/></shmem>",
            "No type specified for device address"),
        device(
            "<rng model='virtio'><backend model='builtin'/><address type='pcie' slot='3'/></rng>",
            "unknown address type 'pcie'"),
        device(
            "<memballoon model='virtio'><acpi index='0'/></memballoon>",
            "Invalid value for attribute 'index' in element 'acpi': Zero is not permitted"),
    ]

    private static func pci(_ index: String, _ model: String, _ rest: String = "") -> String {
        "<controller type='pci' index='\(index)' model='\(model)'>\(rest)</controller>"
    }

    private static func wrongBus(_ address: String, _ index: Int, _ kind: String) -> String {
        "The device at PCI address \(address) cannot be plugged into the PCI controller with index='\(index)'. It requires a controller that accepts a \(kind)."
    }

    static let controllers = [
        device(pci("-1", "pcie-root-port"), number("index", "-1", "controller") + " Expected non-negative value"),
        device(pci("0x1", "pcie-root-port"), number("index", "0x1", "controller") + " Expected integer value"),
        device(pci("01", "pcie-root-port"), nil),
        device(pci("1", "pcie-port"), "Unknown model type 'pcie-port'"),
        device("<controller type='nvme'/>", number("type", "nvme", "controller")),
        device("<controller type='pci' index='1'/>", "PCI controller model was not set correctly"),
        device(pci("1", "pcie-root-port") + pci("1", "pcie-root-port"), "Multiple 'pci' controllers with index '1'"),
        device(pci("1", "pcie-root"), "pci-root and pcie-root controllers should have index 0"),
        device(
            pci("0", "pci-root"),
            "The PCI controller with index='0' must be model='pcie-root' for this machine type, but model='pci-root' was found instead"
        ),
        device(
            pci("1", "pcie-root-port", "<target chassis='0x1g'/>"),
            number("chassis", "0x1g", "target") + " Expected integer value"),
        device(
            pci("1", "pcie-root-port", "<target chassis='1'/><target/>"),
            "Multiple <target> elements in controller definition not allowed"),
        device(pci("1", "pcie-root-port", "<model name='root'/>"), number("name", "root", "model")),
        device(pci("0", "pcie-root", "<pcihole64 unit='XB'>1</pcihole64>"), "unknown suffix 'XB'"),
        device(
            pci("0", "pcie-root", "<pcihole64>1 </pcihole64>"),
            "Invalid value '1 ' for element or attribute './pcihole64'"),
        device(
            pci("1", "pcie-root-port") + pci("2", "pcie-root-port", "<address type='pci' bus='1'/>"),
            wrongBus("0000:01:00.0", 1, "pcie-root-port")),
        device(
            pci("1", "pcie-switch-upstream-port", "<address type='pci' slot='3'/>"),
            wrongBus("0000:00:03.0", 0, "pcie-switch-upstream-port")),
        device(
            pci("1", "pcie-switch-downstream-port"),
            "a PCI slot is needed to connect a PCI controller model='pcie-switch-downstream-port', but none is available, and it cannot be automatically added"
        ),
        device(
            pci("1", "pcie-to-pci-bridge"),
            "Cannot automatically add a new PCI bus for a device with connect flags 2000"),
        device(
            pci("1", "pcie-expander-bus", "<target><node>1</node></target>"),
            "pcie-expander-bus with index 1 is configured for a NUMA node (1) not present in the domain's <cpu><numa> array (0)"
        ),
        device(pci("1", "pcie-expander-bus", "<target><node>x</node></target>"), "invalid NUMA node in target"),
        device(
            pci("1", "pcie-expander-bus", "<target busNr='2'/>") + pci("2", "pcie-expander-bus"),
            "No free busNr lower than current lowest busNr is available to auto-assign to bus 0. Must be manually assigned"
        ),
        device(
            pci("1", "pci-expander-bus"), "pci-expander-bus controllers are only supported on 440fx-based machinetypes"),
        device(
            pci("1", "pcie-expander-bus"), "pcie-expander-bus controllers are not supported with this machine type",
            machine: "pc"),
        device(
            pci("1", "pci-bridge", "<address type='pci' bus='2' slot='3'/>")
                + pci("2", "pci-bridge", "<address type='pci' slot='4'/>"),
            "PCI controller at index 1 (0x01) has bus='0x02', but index must be larger than bus", machine: "pc"),
        device(
            "<controller type='sata' index='0'><address type='pci' slot='3'/></controller>",
            "Primary SATA controller must have PCI address 0:0:1f.2"),
        device(
            "<controller type='ide' index='0'><address type='pci' slot='3'/></controller>",
            "Primary IDE controller must have PCI address 0:0:1.1", machine: "pc"),
        device(
            "<controller type='usb' index='0' model='piix3-uhci'><address type='pci' slot='3'/></controller>",
            "PIIX3 USB controller at index 0 must have PCI address 0:0:1.2", machine: "pc"),
        device(
            "<controller type='usb' index='0' model='piix3-uhci'><address type='pci' slot='1' function='2'/></controller>",
            "Bus 0 must be PCI for integrated PIIX3 USB or IDE controllers"),
        device(
            "<controller type='usb' model='none'/><controller type='usb' index='1'/>",
            "Can't add another USB controller: USB is disabled for this domain"),
        device(
            "<controller type='usb' model='none'/><input type='tablet' bus='usb'/>",
            "Can't add USB input device. USB bus is disabled"),
        device(
            "<controller type='usb' model='none'/><redirdev bus='usb' type='spicevmc'/>",
            "USB is disabled for this domain, but USB devices are present in the domain XML"),
        device("<controller type='usb' index='0' model='ich9-uhci1'/>", "No master USB controller specified"),
    ]

    static let devices = [
        device("<hostdev mode='subsystem'><source/></hostdev>", "missing source address type"),
        device("<hostdev mode='subsystem' type='pci'/>", "Missing <source> element in hostdev device"),
        device(
            "<hostdev mode='subsystem' type='pci' model='vfio-pci'><source><address bus='0x99'/></source></hostdev>",
            "'model' attribute in <hostdev> is only supported when type='pci'"),
        device(
            "<hostdev mode='subsystem' type='mdev'><source><address uuid='4b20d080-1b54-4048-85b3-a6a62d165c01'/></source></hostdev>",
            "Missing required attribute 'model' in element 'hostdev'"),
        device(
            "<hostdev mode='subsystem' type='pci'><source><address bus='0x99'/></source><rom enabled='no' bar='off'/></hostdev>",
            "ROM tuning is not supported when ROM is disabled"),
        device(
            "<hostdev mode='subsystem' type='pci'><source><address bus='0x99'/></source><rom bar='0'/></hostdev>",
            number("bar", "0", "rom")),
        device(
            "<hostdev mode='subsystem' type='pci'><source><address slot='0x20'/></source></hostdev>",
            "Invalid PCI address slot='0x20', must be <= 0x1F"),
        device("<video><model type='igd'/></video>", "unknown video model 'igd'"),
        device("<sound/>", "Missing required attribute 'model' in element 'sound'"),
        device("<rng><backend model='builtin'/></rng>", "missing RNG device model"),
        device("<watchdog model='tco'/>", "unknown watchdog model 'tco'"),
        device("<shmem><model type='ivshmem-plain'/></shmem>", "shmem element must contain 'name' attribute"),
        device("<input type='mice' bus='virtio'/>", "unknown input device type 'mice'"),
        device("<channel type='null'/>", "target type must be specified for channel device"),
        device(
            "<serial type='null'><target type='pcie-serial'/></serial>",
            "unknown target type 'pcie-serial' specified for character device"),
        device(
            "<channel type='null'><target type='virtio'/><address type='virtio-serial' controller='0' bus='0' port='31'/></channel>",
            "virtio serial controller 0 does not have port 31"),
        device(
            "<disk type='file'><source file='/x'/><target dev='nvme0'/></disk>",
            "Unknown disk name 'nvme0' and no address specified"),
        device(
            "<disk type='file'><source file='/x'/><target dev='vda' bus='virtio'/><address type='drive'/></disk>",
            "virtio disk cannot have an address of type 'drive'"),
        device("", "No PCI buses available", machine: "isapc"),
        device("", "Invalid value '512 ' for element or attribute './memory[1]'", head: "<memory>512 </memory>"),
        device("", "unknown suffix 'XiB'", head: "<memory unit='XiB'>512</memory>"),
        device("", "No qemu command-line argument specified", tail: "<qemu:commandline><qemu:arg/></qemu:commandline>"),
        device("", "property with name 'id' can't be overridden", tail: override("name='id' type='string' value='x'")),
        device(
            "", "invalid value 'on' of 'value' attribute of 'qemu:property'",
            tail: override("name='x-vga' type='bool' value='on'")),
        device(
            "", "invalid value '0x2' of 'value' attribute of 'qemu:property'",
            tail: override("name='x-igd-gms' type='unsigned' value='0x2'")),
        device("", "missing 'value' attribute for 'qemu:property'", tail: override("name='x' type='string'")),
        device("", number("type", "number", "property"), tail: override("name='x' type='number' value='1'")),
    ]

    private static func override(_ attributes: String) -> String {
        "<qemu:override><qemu:device alias='hostdev0'><qemu:frontend><qemu:property \(attributes)/></qemu:frontend></qemu:device></qemu:override>"
    }

    static let all = addresses + controllers + devices
}
