import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Disks on the network.
enum NetworkDisks: RuleTable {
    static let all = [
        name, protocolKnown, hosts, host, snapshot, authentication, authenticationOnce, dropped, sheepdog,
        certificateName,
    ]

    private static let storage = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainValidateStorageSource"]
    private static let parsing = [
        "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskSourceNetworkParse, virDomainStorageNetworkParseHost"
    ]
    private static let chain = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidateSourceChainOne"]

    /// The source of a disk on the network, and its protocol.
    private static func network(_ disk: CheckedDisk) -> (source: XMLElement, protocol: String)? {
        guard disk.type == "network", let source = disk.source else { return nil }
        return (source, source["protocol"] ?? "")
    }

    private static let name = RuleRow.disks(
        "network-name", "an image on the network has a name, gluster's and rbd's with their pool",
        remedy: "write name='POOL/IMAGE'", sources: parsing,
        "NBD alone has a default export. gluster and rbd name volume or pool in front of a slash."
    ) { disk, _, report in
        guard let (source, network) = network(disk) else { return }
        guard let name = source["name"] else {
            if network != "nbd" { report.refuse("missing name for disk source", at: source) }
            return
        }
        if ["gluster", "rbd"].contains(network), name.hasPrefix("/") || !name.contains("/") {
            report.refuse("can't split path '\(name)' into pool name and image name", at: source)
        }
    }

    private static let protocolKnown = RuleRow.disks(
        "network-protocol", "the protocol of a disk is one QEMU has", remedy: "write another protocol",
        sources: storage,
        "tftp and vxhs are no longer in QEMU."
    ) { disk, _, report in
        guard let (source, network) = network(disk) else { return }
        if network == "tftp" {
            report.refuse("'tftp' protocol is not supported with this QEMU binary", at: source)
        } else if network == "vxhs" {
            report.refuse("VxHS protocol is not supported with this QEMU binary", at: source)
        }
    }

    private static let hosts = RuleRow.disks(
        "network-hosts", "a protocol with one server names one host", remedy: "write one <host>",
        sources: storage + ["libvirt 9.0.0 src/qemu/qemu_block.c qemuBlockStorageSourceGetBackendProps"],
        "gluster, rbd and sheepdog have several servers; the port of nfs cannot be chosen."
    ) { disk, _, report in
        guard let (source, network) = network(disk) else { return }
        let hosts = source.elements("host")
        switch network {
        case "nfs" where hosts.count != 1:
            report.refuse("'nfs' protocol requires the usage of exactly one host", at: source)
        case "nfs" where hosts[0]["port"] ?? "0" != "0":
            report.surplus("port cannot be specified in 'nfs' protocol host", hosts[0], "port")
        case "nbd" where hosts.count != 1, "ssh" where hosts.count != 1:
            report.refuse("\(network) protocol accepts only one host", at: source)
        case "iscsi", "http", "https", "ftp", "ftps":
            if hosts.count != 1 { report.refuse("protocol '\(network)' accepts only one host", at: source) }
        default: break
        }
    }

    private static let host = RuleRow.disks(
        "network-host", "a host is a name and a port, or a socket", sources: parsing,
        "transport='unix' needs socket=, every other name= and a port up to 65535."
    ) { disk, _, report in
        for host in network(disk)?.source.elements("host") ?? [] {
            let transport = host["transport"] ?? "tcp"
            if transport == "unix" {
                if host["socket"] == nil {
                    report.refuse("missing socket for unix transport", at: host, fix: "add socket=")
                }
            } else if let port = host["port"], LibvirtNumber.unsigned(port, base: 10).map({ $0 > 65535 }) ?? false {
                report.refuse("port '\(port)' out of range", at: host, fix: "write a port up to 65535")
            } else if host["socket"] != nil {
                report.refuse(
                    "transport '\(transport)' does not support socket attribute", at: host, fix: "remove socket=")
            } else if host["name"] == nil {
                report.refuse("missing name for host", at: host, fix: "add name=")
            }
        }
    }

    private static let snapshot = RuleRow.disks(
        "network-snapshot", "a snapshot and a configuration file are rbd's", sources: chain,
        "Of a disk of another type <snapshot> and <config> say nothing."
    ) { disk, _, report in
        guard disk.type != "network" || disk.source?["protocol"]?.isEmpty ?? true else { return }
        for name in ["snapshot", "config"] {
            report.surplus(
                "<\(name)> element is currently supported only with 'rbd' disks", disk.source?.first(name))
        }
    }

    private static let authentication = RuleRow.disks(
        "network-authentication", "authentication is for a protocol that has it, with its own kind of secret",
        sources: storage + parsing,
        "iscsi takes a secret of usage iscsi, rbd one of ceph; nbd, gluster and others none."
    ) { disk, _, report in
        guard let (source, network) = network(disk), let auth = source.first("auth") ?? disk.element.first("auth")
        else { return }
        if ["nbd", "sheepdog", "gluster", "tftp", "vxhs", "nfs"].contains(network) {
            report.surplus("authentication is not supported for protocol '\(network)'", auth)
        } else if let wanted = ["iscsi": "iscsi", "rbd": "ceph"][network], let secret = auth.first("secret"),
            secret["type"] ?? "" != wanted
        {
            report.refuse("invalid secret type '\(secret["type"] ?? "")'", at: secret, fix: "write type='\(wanted)'")
        }
    }

    private static let authenticationOnce = RuleRow.disks(
        "network-authentication-once", "the authentication of a disk is said once", sources: parsing,
        "<auth> belongs to <source>; that it may stand in <disk> is history."
    ) { disk, _, report in
        guard network(disk)?.source.first("auth") != nil else { return }
        report.surplus("an <auth> definition already found for disk source", disk.element.first("auth"))
    }

    private static let dropped = RuleRow.disks(
        "network-option-dropped", "what is said of a disk's transport is for its protocol",
        remedy: "remove it, or write another protocol", sources: parsing,
        """
        ssl is read for https and ftps, readahead and timeout for http and ftp, cookies and a query for http. Libvirt drops them
        for others without a word.
        """
    ) { disk, _, report in
        guard let source = disk.source else { return }
        let network = disk.type == "network" ? source["protocol"] ?? "" : ""
        func words(_ what: String, _ protocols: [String]) -> String {
            "libvirt drops \(what), which it reads for the protocols \(protocols.joined(separator: ", ")) only"
        }
        for (name, protocols) in readers where !protocols.contains(network) {
            if let element = source.first(name) { report.warn(words("<\(name)>", protocols), at: element) }
        }
        if source["query"] != nil, !["http", "https"].contains(network) {
            report.warn(words("query=", ["http", "https"]), at: source, "query")
        }
    }

    private static let readers: [(name: String, protocols: [String])] = [
        ("ssl", ["https", "ftps"]), ("cookies", ["http", "https"]),
        ("readahead", ["http", "https", "ftp", "ftps"]), ("timeout", ["http", "https", "ftp", "ftps"]),
    ]

    private static let certificateName = RuleRow.disks(
        "network-tls-hostname", "the name in a certificate is that of a server of NBD", remedy: "remove tlsHostname=",
        sources: storage + ["QEMU 7.0 qapi/block-core.json tls-hostname"],
        "It is for a server that is reached under another name, from QEMU 7.0 on."
    ) { disk, domain, report in
        guard let source = disk.source, source["tlsHostname"] != nil, disk.type == "network" else { return }
        if source["protocol"] != "nbd" {
            report.refuse(
                "'tlsHostname' field is supported only with NBD disks", at: source, "tlsHostname")
        } else if domain.host.qemu?.namesNBDCertificate == false {
            report.refuse("'tlsHostname' field is not supported by this QEMU", at: source, "tlsHostname")
        }
    }

    private static let sheepdog = RuleRow.disks(
        "disk-sheepdog", "nobody speaks Sheepdog's protocol any more", releases: .since(11, 3),
        remedy: "use another storage",
        sources: ["libvirt 11.3.0 src/conf/domain_validate.c virDomainDiskDefSourceLUNValidate"],
        "QEMU dropped it in 6.1, libvirt in a release after 9.0."
    ) { disk, _, report in
        guard disk.type == "network", let source = disk.source, source["protocol"] == "sheepdog" else { return }
        report.refuse("'sheepdog' protocol is no longer supported by any hypervisor driver", at: source, "protocol")
    }
}
