import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostDeviceWriteFiltering: DomainCheck {
    let rule = DomainRule(
        "hostdev-write-filtering", "writes to configuration space are not filtered",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"],
        """
        writeFiltering is a setting of Xen. QEMU has its own rules for the configuration space of a device.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["type"] == "pci", let source = device.first("source"),
                ["yes", "no"].contains(source["writeFiltering"] ?? "")
            else { return nil }
            return finding(
                "Write filtering of PCI device configuration space is not supported by qemu", at: source,
                "writeFiltering",
                in: domain, fix: "remove writeFiltering=")
        }
    }
}
