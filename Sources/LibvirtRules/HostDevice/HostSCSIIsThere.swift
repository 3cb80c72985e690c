import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostSCSIIsThere: DomainCheck {
    let rule = DomainRule(
        "hostdev-scsi", "a SCSI device of the host is there",
        sources: ["libvirt 9.0.0 src/util/virscsi.c virSCSIDeviceGetSgName"],
        """
        QEMU is given the host's /dev/sg node, whose name libvirt looks up in sysfs while it makes the command line.
        Depends on this machine: --any-host leaves it out.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let known = domain.host.scsiDevices else { return [] }
        return domain.hostSCSI.compactMap { device in
            guard let source = device.first("source"), source["protocol"] != "iscsi",
                let adapter = source.first("adapter")?["name"], adapter.hasPrefix("scsi_host"),
                let host = LibvirtNumber.unsigned(String(adapter.dropFirst("scsi_host".count)), base: 0),
                let address = source.first("address")
            else { return nil }
            let numbers = ["bus", "target", "unit"].map { LibvirtNumber.unsigned(address[$0] ?? "", base: 0) ?? 0 }
            let name = "\(host):\(numbers[0]):\(numbers[1]):\(numbers[2])"
            guard !known.contains(name) else { return nil }
            return finding(
                "cannot open directory '/sys/bus/scsi/devices/\(name)/scsi_generic': No such file or directory",
                at: address, in: domain, fix: "name a SCSI device of the host, see lsscsi")
        }
    }
}
