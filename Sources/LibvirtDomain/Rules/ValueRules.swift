import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: what is written, and how.
extension DomainRule {
    package static let xmlRoot = DomainRule(
        "xml-root", "the document is a domain", remedy: "validate the file with the tool for its kind",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseNode"],
        """
        The root element is <domain>; networks, pools and snapshots are other documents.
        """)

    package static let repeatedElement = DomainRule(
        "repeated-element", "an element that may be given once is not repeated", remedy: "remove one of them",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainControllerDefParseXML"],
        """
        A controller has at most one <model> and one <target>.
        """)

    package static let missingElement = DomainRule(
        "missing-element", "an element that libvirt needs is there", remedy: "add the element",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevDefParseXMLSubsys"],
        """
        A device is described by a child element that is missing, such as <source> of a hostdev.
        """)

    package static let missingValue = DomainRule(
        "missing-value", "what libvirt needs is written",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c the DefParseXML functions"],
        """
        An attribute or text is missing that libvirt has no default for.
        """)

    package static let libvirtValue = DomainRule(
        "libvirt-value", "a value is one of those libvirt knows",
        sources: ["libvirt 9.0.0 src/util/virxml.c virXMLPropEnum"],
        """
        The attribute takes one word of a fixed list. The schema has the same lists.
        """)

    package static let libvirtNumber = DomainRule(
        "libvirt-number", "numbers are what C reads", remedy: "write a decimal number, or 0x before a hexadecimal one",
        sources: ["libvirt 9.0.0 src/util/virxml.c virXMLPropUInt, virXMLPropInt"],
        """
        Addresses are read with base 0: decimal, 0x for hexadecimal, a leading 0 for octal; nothing may follow, so '1e'
        is none although the schema takes it. Indexes are decimal. Most numbers may not be negative, some not zero.
        """)

    package static let deviceModel = DomainRule(
        "device-model", "the model of a device is one libvirt knows",
        remedy: "write a name from libvirt's list, or remove it",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c the DefParseXML functions",
            "libvirt 9.1.0 NEWS.rst: qemu: Support for the iTCO watchdog",
        ],
        """
        Each kind of device has its list of models, types or buses. Later releases know more: the watchdog itco, a part of
        ICH9 that libvirt writes into every q35 domain, is known since libvirt 9.1.
        """)

    package static let diskName = DomainRule(
        "disk-name", "a disk without address has a name that gives one", remedy: "write a target such as dev='vda'",
        sources: ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainDiskDefPostParse"],
        """
        vda, sdb, hdc: the letters say which unit of which controller.
        """)

    package static let romDisabled = DomainRule(
        "rom-disabled", "a disabled ROM has no other options", remedy: "remove enabled='no', or bar= and file=",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDeviceInfoParseXML"],
        """
        enabled='no' means that there is no ROM, so bar= and file= say nothing.
        """)

    package static let deviceCount = DomainRule(
        "device-count", "a domain has at most 2000 devices", remedy: "remove devices",
        sources: ["a bound of our own; libvirt has 256 PCI buses"],
        """
        More are not read: putting them in order and looking for their slots takes too long. A PCI guest of libvirt
        has room for a few hundred.
        """)
}
