import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct HostDeviceDriver: DomainCheck {
    let rule = DomainRule(
        "hostdev-driver", "a PCI host device has the driver 'vfio', or names none",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildPCIHostdevDevProps"],
        """
        'kvm' and 'xen' cannot start. Where none is named every release takes vfio: libvirt 9.0 finds it out while it prepares
        a start, so that its domxml-to-native, which does not prepare one, makes no command line; the guest starts.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["mode"] ?? "subsystem" == "subsystem", device["type"] == "pci",
                device.first("address")?["type"] != "unassigned"
            else { return nil }
            guard let driver = device.first("driver"), let name = driver["name"], ["kvm", "xen"].contains(name) else {
                return nil
            }
            return finding(
                domain.isRead(by: .until(11, 4))
                    ? "invalid PCI passthrough type '\(name)'"
                    : "QEMU does not support device assignment mode '\(name)'", at: driver, "name", in: domain,
                fix: "write <driver name='vfio'/>")
        }
    }
}
