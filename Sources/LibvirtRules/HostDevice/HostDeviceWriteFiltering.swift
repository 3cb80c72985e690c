import BerthDiagnostics
import BerthXML

/// Writes to configuration space are not filtered.
struct HostDeviceWriteFiltering: DomainRule {
    let id: RuleID = "hostdev-write-filtering"
    let summary = "writes to configuration space are not filtered"
    let documentation = """
        writeFiltering is a setting of Xen. QEMU has its own rules for the configuration space of a device.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"]

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
