/// Models of `-device` that are no PCI functions: they hang off another bus, or off none, and take no slot.
///
/// Source: what `-device help` of QEMU 7.2, 10.0 and 11.1 lists with another bus than PCI or with none, processors left out.
package enum SlotlessModels {
    package static func has(_ driver: String) -> Bool {
        names.contains(driver) || prefixes.contains { driver.hasPrefix($0) } && !exceptions.contains(driver)
    }

    /// Families of which a release may have more.
    private static let prefixes = [
        "usb-", "scsi-", "ide-", "isa-", "hda-", "tpm-", "ccid-", "nvme-ns", "nvme-subsys", "ipmi-bmc", "smbus-",
        "i2c-",
        "virtserial", "xen-",
    ]

    /// Host controllers, which are functions.
    private static let exceptions: Set = ["usb-ehci", "xen-platform", "xen-pci-passthrough", "xen-pvdevice"]

    private static let names = Set(
        """
        adlib cs4231a emmc floppy guest-loader gus hv-balloon hv-syndbg hyperv-testdev i8042 ib700 intel-iommu
        ipoctal232 loader mc146818rtc ne2k_isa nitro-heartbeat nitro-serial-vsock nvdimm pc-dimm pc-testdev pvpanic ramfb sb16
        sd-card sd-card-spi sga sp-mem u2f-emulated u2f-passthru uefi-vars-sysbus uefi-vars-x64 ufs-lu vhost-scsi
        vhost-user-blk vhost-user-fs-device vhost-user-gpio-device vhost-user-gpu vhost-user-i2c-device vhost-user-input
        vhost-user-rng vhost-user-rtc vhost-user-scsi vhost-user-snd vhost-user-spi-device vhost-user-test-device
        vhost-user-vsock-device vhost-vdpa-device vhost-vsock-device virtconsole virtio-9p-device virtio-balloon-device
        virtio-blk-device virtio-crypto-device virtio-gpu-device virtio-gpu-gl-device virtio-input-host-device
        virtio-iommu-device virtio-keyboard-device virtio-mem virtio-mouse-device virtio-multitouch-device virtio-net-device
        virtio-pmem virtio-rng-device virtio-rtc-device virtio-scsi-device virtio-serial-device virtio-sound-device
        virtio-tablet-device vmbus-bridge vmclock vmcoreinfo vmgenid vmmouse
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
