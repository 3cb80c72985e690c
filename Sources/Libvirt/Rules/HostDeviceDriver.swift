import BerthDiagnostics
import BerthXML

/// A PCI host device names the driver 'vfio'.
struct HostDeviceDriver: DomainRule {
    let id: RuleID = "hostdev-driver"
    let summary = "a PCI host device names the driver 'vfio'"
    let documentation = """
        Libvirt 9.0 finds out the driver while it prepares a start. Turning the document into a command line (domxml-to-
        native) happens without that step, and fails where the driver is not 'vfio'; 'kvm' and 'xen' cannot start at
        all. Libvirt 10.0 and later assume vfio. Writing the driver is right for all.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildPCIHostdevDevProps"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["mode"] ?? "subsystem" == "subsystem", device["type"] == "pci",
                device.first("address")?["type"] != "unassigned"
            else { return nil }
            let driver = device.first("driver")
            let name = driver?["name"] ?? "default"
            guard ["default", "kvm", "xen"].contains(name) else { return nil }
            return finding(
                "invalid PCI passthrough type '\(name)'", at: driver ?? device, driver == nil ? nil : "name",
                in: domain,
                fix: "write <driver name='vfio'/>")
        }
    }
}
