import BerthDiagnostics

/// Proxmox, in the log of a task.
extension LogMessages {
    static let proxmox: [LogMessage] = [
        LogMessage(
            "proxmox-legacy", by: .proxmox,
            "legacy IGD assignment \(text: "condition")",
            releases: "qemu-server 6.2 to 9", .trouble,
            means: "legacy-igd=1, and a condition of it is not met",
            sees: .refusesToStart,
            help: "vga: none, no x-vga, no pcie, machine pc, hostpci of 00:02.0",
            source: "qemu-server 9 src/PVE/QemuServer/PCI.pm parse_hostpci_devices"),
        LogMessage(
            "proxmox-pcie", by: .proxmox,
            "q35 machine model is not enabled",
            releases: "qemu-server 4 to 9", .trouble,
            means: "pcie=1 goes with machine q35",
            sees: .refusesToStart,
            help: "machine: q35, or no pcie=1",
            source: "qemu-server 9 src/PVE/QemuServer/PCI.pm parse_hostpci_devices"),
        LogMessage(
            "proxmox-no-iommu", by: .proxmox,
            "cannot prepare PCI pass-through, IOMMU not present",
            releases: "qemu-server 4 to 9", .trouble,
            means: "the host has no IOMMU groups",
            sees: .refusesToStart,
            help: "VT-d in the host's firmware; intel_iommu=on up to Proxmox 8.1",
            source: "qemu-server 9 src/PVE/QemuServer/PCI.pm prepare_pci_device"),
        LogMessage(
            "proxmox-not-bound", by: .proxmox,
            "can't unbind/bind PCI group to VFIO '\(word: "device")'",
            releases: "qemu-server 4 to 9", .trouble,
            means: "the host's driver does not let the device go",
            sees: .refusesToStart,
            help: "blacklist i915 on the host, and video=efifb:off",
            source: "qemu-server 9 src/PVE/QemuServer/PCI.pm prepare_pci_device"),
        LogMessage(
            "proxmox-no-device", by: .proxmox,
            "no pci device info for device '\(word: "device")'",
            releases: "qemu-server 4 to 9", .trouble,
            means: "the host has no such device",
            sees: .refusesToStart,
            help: "look for the device with lspci",
            source: "qemu-server 9 src/PVE/QemuServer/PCI.pm prepare_pci_device"),
        LogMessage(
            "proxmox-qemu-ended", by: .proxmox,
            "start failed: QEMU exited with code \(number: "code")",
            releases: "qemu-server 4 to 9", .trouble,
            means: "QEMU refused the guest; its own words are in the lines before",
            sees: .refusesToStart,
            help: "see what QEMU says",
            source: "qemu-server 9 src/PVE/QemuServer.pm vm_start_nolock"),
    ]
}
