import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NetworkStorage: DomainCheck {
    let rule = DomainRule(
        "network-storage", "a disk of the network has what its protocol needs, and no more",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainValidateStorageSource",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskSourceNetworkParse, virDomainStorageNetworkParseHost",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidateSourceChainOne",
        ],
        """
        ssl is for https and ftps, readahead and timeout for http and ftp, cookies and a query for http; libvirt drops them
        for others. gluster and rbd name pool and image; nfs has one host without a port. tftp and vxhs are no longer in QEMU. Some protocols have no authentication.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.flatMap { disk -> [Finding] in
            guard let source = disk.source else { return [] }
            let network = disk.type == "network" ? source["protocol"] ?? "" : ""
            var found = options(source, network)
            if disk.type == "network" { found += parts(disk, source, network) }
            return found.map { element, message in
                finding(message, at: element, in: domain, fix: "remove <\(element.name)>, or write what it needs")
            } + dropped(source, network, domain)
        }
    }

    private typealias Complaint = (XMLElement, String)

    /// Libvirt checks these once more after reading, but reads them for these protocols only.
    private static let readers: [(name: String, protocols: [String])] = [
        ("ssl", ["https", "ftps"]), ("cookies", ["http", "https"]), ("readahead", ["http", "https", "ftp", "ftps"]),
        ("timeout", ["http", "https", "ftp", "ftps"]),
    ]

    private func dropped(_ source: XMLElement, _ network: String, _ domain: CheckedDomain) -> [Finding] {
        func drop(_ what: String, _ protocols: [String], _ element: XMLElement, _ attribute: String? = nil) -> Finding {
            let names = protocols.joined(separator: ", ")
            return finding(
                .warning, "libvirt drops \(what), which it reads for the protocols \(names) only", at: element,
                attribute,
                in: domain, fix: "remove it, or write another protocol")
        }
        var found = Self.readers.compactMap { name, protocols in
            protocols.contains(network) ? nil : source.first(name).map { drop("<\(name)>", protocols, $0) }
        }
        if source["query"] != nil, !["http", "https"].contains(network) {
            found.append(drop("query=", ["http", "https"], source, "query"))
        }
        return found
    }

    private func options(_ source: XMLElement, _ network: String) -> [Complaint] {
        var found: [Complaint] = []
        if network != "rbd", network.isEmpty {
            for name in ["snapshot", "config"] {
                if let element = source.first(name) {
                    found.append((element, "<\(name)> element is currently supported only with 'rbd' disks"))
                }
            }
        }
        return found
    }

    private func parts(_ disk: CheckedDisk, _ source: XMLElement, _ network: String) -> [Complaint] {
        var found: [Complaint] = []
        let hosts = source.elements("host")
        if source["name"] == nil, network != "nbd" {
            found.append((source, "missing name for disk source"))
        }
        if ["gluster", "rbd"].contains(network), let name = source["name"] {
            if name.hasPrefix("/") || !name.contains("/") {
                found.append((source, "can't split path '\(name)' into pool name and image name"))
            }
        }
        if network == "tftp" {
            found.append((source, "'tftp' protocol is not supported with this QEMU binary"))
        }
        if network == "vxhs" {
            found.append((source, "VxHS protocol is not supported with this QEMU binary"))
        }
        if ["nfs"].contains(network) {
            if hosts.count != 1 {
                found.append((source, "'nfs' protocol requires the usage of exactly one host"))
            } else if hosts[0]["port"] ?? "0" != "0" {
                found.append((hosts[0], "port cannot be specified in 'nfs' protocol host"))
            }
        } else if ["iscsi", "http", "https", "ftp", "ftps", "nbd", "ssh"].contains(network), hosts.count != 1 {
            found.append(
                (
                    source,
                    ["nbd", "ssh"].contains(network)
                        ? "\(network) protocol accepts only one host" : "protocol '\(network)' accepts only one host"
                ))
        }
        for host in hosts { found += hostComplaints(host) }
        return found + authentication(disk, source, network)
    }

    private func hostComplaints(_ host: XMLElement) -> [Complaint] {
        let transport = host["transport"] ?? "tcp"
        if transport == "unix" {
            return host["socket"] == nil ? [(host, "missing socket for unix transport")] : []
        }
        if let port = host["port"], LibvirtNumber.unsigned(port, base: 10).map({ $0 > 65535 }) ?? false {
            return [(host, "port '\(port)' out of range")]
        }
        if host["socket"] != nil { return [(host, "transport '\(transport)' does not support socket attribute")] }
        return host["name"] == nil ? [(host, "missing name for host")] : []
    }

    private func authentication(_ disk: CheckedDisk, _ source: XMLElement, _ network: String) -> [Complaint] {
        let inside = source.first("auth")
        let outside = disk.element.first("auth")
        if let outside, inside != nil { return [(outside, "an <auth> definition already found for disk source")] }
        guard let auth = inside ?? outside else { return [] }
        if ["nbd", "sheepdog", "gluster", "tftp", "vxhs", "nfs"].contains(network) {
            return [(auth, "authentication is not supported for protocol '\(network)'")]
        }
        guard let secret = auth.first("secret") else { return [] }
        let type = secret["type"] ?? ""
        let wanted = ["iscsi": "iscsi", "rbd": "ceph"][network]
        return wanted.map { $0 != type } ?? false ? [(secret, "invalid secret type '\(type)'")] : []
    }
}
