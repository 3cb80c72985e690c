import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: addresses of devices.
extension DomainRule {
    package static let addressType = DomainRule(
        "address-type", "an address has a type libvirt knows", remedy: "write type='pci'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDeviceAddressParseXML"],
        """
        <address> begins with type=: pci, drive, usb, virtio-serial, ccid, isa, unassigned and a few more.
        """)

    package static let pciDoubleUse = DomainRule(
        "pci-double-use", "one device is at one PCI function",
        sources: [
            "libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressReserveAddrInternal",
            "libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsQ35, ...PIIX3",
        ],
        """
        Two devices of the document, or one of them and a function of the chipset, have the same address. Taken on i440fx: 00:01.0
        and .3, .1 with an IDE controller, .2 with the default USB controller; on q35: 00:1f.0, .2 and .3.
        """)

    package static let pciBusMissing = DomainRule(
        "pci-bus-missing", "the bus of an address has a controller", remedy: "add the controller, or name another bus",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"],
        """
        bus= is the index of a PCI controller. Libvirt adds missing ones where it can.
        """)

    package static let pciConnection = DomainRule(
        "pci-connection", "a device is plugged into a bus that takes its kind",
        remedy: "remove <address>, libvirt then chooses a bus that fits",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressFlagsCompatible"],
        """
        Root ports go on pcie-root and expander buses; upstream ports on root or downstream ports; downstream ports on
        upstream ports; pcie-to-pci-bridge on ports; dmi-to-pci-bridge on pcie-root and pcie-expander-bus; pcie-
        expander-bus on pcie-root, pci-expander-bus on pci-root. Endpoints go on neither an upstream port nor a pcie-
        expander-bus. virtio-iommu is on bus 0.
        """)

    package static let pciNoBus = DomainRule(
        "pci-no-bus", "the machine has PCI for PCI devices", remedy: "write machine='q35' or 'pc'",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"],
        """
        isapc and microvm have no PCI bus for libvirt, so no device of theirs has a PCI address.
        """)

    package static let pciAddressRange = DomainRule(
        "pci-address-range", "a PCI address fits into its bits",
        sources: ["libvirt 9.0.0 src/util/virpci.c virPCIDeviceAddressIsValid"],
        """
        A bus has 8 bits, a slot 5, a function 3: bus <= 0xff, slot <= 0x1f, function <= 7.
        """)

    package static let pciDomain = DomainRule(
        "pci-domain", "PCI domain is 0", remedy: "write domain='0x0000'",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"],
        """
        Guests of x86 have one PCI domain. Only the address on the host may name another.
        """)

    package static let pciNoSlot = DomainRule(
        "pci-no-slot", "there is a slot for every device",
        remedy: "add the controller it plugs into and give its address",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressSetGrow"],
        """
        Libvirt adds buses for endpoints, but never the parent that a controller lacks: an upstream port for a
        downstream port, a free root port for a pcie-to-pci-bridge. Some buses are added by number, and only root ports
        and pci-bridges.
        """)

    package static let pciSlotRange = DomainRule(
        "pci-slot-range", "a slot exists on its bus",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"],
        """
        Root ports and downstream ports have slot 0 only; roots, pci-bridge and pcie-to-pci-bridge have 1 to 31.
        """)

    package static let emptyAddress = DomainRule(
        "empty-address", "0000:00:00.x is no address",
        sources: ["libvirt 9.0.0 src/util/virpci.c virPCIDeviceAddressIsEmpty"],
        """
        Libvirt takes an address whose domain, bus and slot are zero for none, whatever the function says, and chooses
        another. The host bridge is at 00:00.0; nothing else can be asked for in slot 0 of bus 0.
        """)

    package static let octalNumber = DomainRule(
        "octal-number", "numbers of addresses have no leading zero",
        sources: ["libvirt 9.0.0 src/util/virxml.c virXMLPropUInt"],
        """
        Libvirt reads '010' as C does, which is eight; the schema and most people read ten.
        """)
}
