import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: controllers.
extension DomainRule {
    package static let bridgeIndex = DomainRule(
        "bridge-index", "the index of a pci-bridge is above its bus",
        remedy: "give the bridge a higher index, or an address on a lower bus",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAssignPCIAddresses"],
        """
        Libvirt creates controllers in the order of their indexes, so the bus a bridge sits on has to come first.
        """)

    package static let busNumber = DomainRule(
        "bus-number", "there is a bus number for every expander bus", remedy: "write busNr= of the expander buses",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAddressFindNewBusNr"],
        """
        Libvirt counts down from 254 in steps of two.
        """)

    package static let duplicateIndex = DomainRule(
        "duplicate-index", "the index of a controller is unique among its type", remedy: "write another index",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefRejectDuplicateControllers"],
        """
        Addresses name a controller by type and index. USB controllers may share one, as companions.
        """)

    package static let controllerIndex = DomainRule(
        "controller-index", "a PCI controller has an index up to 255", remedy: "write a lower index",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainControllerDefValidate"],
        """
        A bus number has 8 bits.
        """)

    package static let driveController = DomainRule(
        "drive-controller", "a drive's address names a controller up to 4096", remedy: "write a lower controller=",
        sources: ["a bound of our own; libvirt adds every controller up to the one that is named"],
        """
        More drives than a guest can have. Libvirt would add thousands of controllers first.
        """)

    package static let controllerModel = DomainRule(
        "controller-model", "a controller has a model",
        remedy: "write model='pcie-root-port' on q35, 'pci-bridge' on i440fx",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainControllerDefParseXML",
            "libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressBusSetModel",
        ],
        """
        A PCI controller is nothing without model=.
        """)

    package static let expanderMachine = DomainRule(
        "expander-machine", "an expander bus fits the machine", remedy: "use the other kind of expander bus",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"],
        """
        pci-expander-bus is for i440fx, pcie-expander-bus for q35.
        """)

    package static let numaNode = DomainRule(
        "numa-node", "the NUMA node of an expander bus exists", remedy: "add the <cell>, or remove <node>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"],
        """
        <node> is a cell of <cpu><numa>.
        """)

    package static let rootIndex = DomainRule(
        "root-index", "root controllers have index 0", remedy: "write index='0', or another model",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"],
        """
        There is one root, and bus 0 is it.
        """)

    package static let rootModel = DomainRule(
        "root-model", "the root controller fits the machine",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefAddDefaultDevices"],
        """
        Index 0 is pci-root on i440fx and pcie-root on q35.
        """)

    package static let usbCompanion = DomainRule(
        "usb-companion", "USB companions have a master",
        remedy: "add <controller type='usb' model='ich9-ehci1'/> of that index",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefControllersParse"],
        """
        UHCI controllers of ICH9 are companions of an EHCI controller with the same index.
        """)

    package static let usbDisabled = DomainRule(
        "usb-disabled", "USB devices have a USB controller",
        remedy: "remove the USB device, or the controller of model 'none'",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainUSBAddressAddHubs",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
        ],
        """
        With <controller type='usb' model='none'/> there is none, and no USB device can be added.
        """)

    package static let virtioSerialPort = DomainRule(
        "virtio-serial-port", "a port of a virtio-serial controller exists and is free",
        remedy: "leave the address out: libvirt finds a free port",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainVirtioSerialAddrReserve"],
        """
        A channel or console that names a port names a controller that is there, a port below the number in ports= (31
        unless it says otherwise), and one that nobody else has. Port 0 is kept for a console.
        """)
}
