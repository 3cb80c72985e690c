import BerthDiagnostics

/// libvirt, in /var/log/libvirt or from virsh.
extension LogMessages {
    static let libvirt: [LogMessage] = [
        LogMessage(
            "libvirt-bus-reset", by: .libvirt,
            "Active \(function: "other") devices on bus with \(function: "device"), not doing bus reset",
            releases: "libvirt 0.7 to 12.8", .trouble,
            means: "the device has no reset of its own, and another device of its bus is the host's",
            sees: .refusesToStart,
            help: """
                give the guest the other device, too, or managed='no' with a device that is bound to vfio-pci by \
                hand
                """,
            source: "libvirt 12.8 src/util/virpci.c virPCIDeviceTrySecondaryBusReset"),
        LogMessage(
            "libvirt-no-reset", by: .libvirt,
            "Unable to reset PCI device \(function: "device"): \(text: "reason")",
            releases: "libvirt 0.7 to 12.8", .trouble,
            means: "libvirt resets a device before it gives it away, and cannot",
            sees: .refusesToStart,
            help: "bind the device to vfio-pci before libvirt does (managed='no')",
            source: "libvirt 12.8 src/util/virpci.c virPCIDeviceReset"),
        LogMessage(
            "libvirt-in-use", by: .libvirt,
            "PCI device \(function: "device") is in use by driver \(word: "driver"), domain \(text: "domain")",
            releases: "libvirt 1.0 to 12.8", .trouble,
            means: "another guest has the device",
            sees: .refusesToStart,
            help: "end that guest",
            source: "libvirt 12.8 src/hypervisor/virhostdev.c virHostdevIsPCINodeDeviceUsed"),
        LogMessage(
            "libvirt-not-found", by: .libvirt,
            "Device \(function: "device") not found: could not access \(text: "path")",
            releases: "libvirt 0.7 to 12.8", .trouble,
            means: "the host has no such device",
            sees: .refusesToStart,
            help: "look for the device with lspci; virtual functions are made anew at each boot",
            source: "libvirt 12.8 src/util/virpci.c virPCIDeviceNew"),
        LogMessage(
            "libvirt-no-passthrough", by: .libvirt,
            "host doesn't support passthrough of host PCI devices",
            releases: "libvirt 1.3 to 12.8", .trouble,
            means: "the host has no IOMMU groups, or no vfio",
            sees: .refusesToStart,
            help: "VT-d in the host's firmware and intel_iommu=on on its kernel command line",
            source: "libvirt 12.8 src/qemu/qemu_hostdev.c qemuHostdevPreparePCIDevicesCheckSupport"),
        LogMessage(
            "libvirt-double-address", by: .libvirt,
            "Attempted double use of PCI Address \(function: "address")",
            releases: "libvirt 1.0 to 12.8", .trouble,
            means: "two devices of the domain have one address",
            sees: .refusesToStart,
            help: "give the other one another address: the IGD belongs at 00:02.0",
            source: "libvirt 12.8 src/conf/domain_addr.c virDomainPCIAddressReserveAddrInternal"),
        LogMessage(
            "libvirt-qemu-ended", by: .libvirt,
            "process exited while connecting to monitor: \(text: "words")",
            releases: "libvirt 1.3 to 12.8", .trouble,
            means: "QEMU refused the guest; its own words follow",
            sees: .refusesToStart,
            help: "see what QEMU says",
            source: "libvirt 12.8 src/qemu/qemu_process.c qemuProcessReportLogError"),
        LogMessage(
            "libvirt-qemu-vanished", by: .libvirt,
            "qemu unexpectedly closed the monitor: \(text: "words")",
            releases: "libvirt 1.3 to 12.8", .trouble,
            means: "QEMU ended while libvirt talked to it; its own words follow",
            sees: .refusesToStart,
            help: "see what QEMU says",
            source: "libvirt 12.8 src/qemu/qemu_process.c qemuProcessReportLogError"),
    ]
}
