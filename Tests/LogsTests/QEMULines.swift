import BerthDiagnostics
import BerthLogs
import BerthPCI

extension LogLine {
    static let qemuLines: [LogLine] = [
        LogLine(
            "dma-map-failed",
            """
            qemu-system-x86_64: vfio_container_dma_map(0x5619a3c4a0d0, 0x380010000000, 0x10000000, \
            0x7f3c40000000) = -22 (Invalid argument)
            """,
            [
                LogCapture("container", .text("0x5619a3c4a0d0")),
                LogCapture("address", .address(0x3800_1000_0000, .guest)), LogCapture("size", .size(0x1000_0000)),
                LogCapture("memory", .text("0x7f3c40000000")), LogCapture("error", .number(-22)),
            ]),
        LogLine(
            "dma-map-failed-before-9",
            """
            qemu-system-x86_64: vfio_dma_map(0x55a1c0de0000, 0xe0000000, 0x1000000, 0x7f1200000000) = -14 \
            (Bad address)
            """,
            [
                LogCapture("container", .text("0x55a1c0de0000")), LogCapture("address", .address(0xe000_0000, .guest)),
                LogCapture("size", .size(0x100_0000)), LogCapture("memory", .text("0x7f1200000000")),
                LogCapture("error", .number(-14)),
            ]),
        LogLine(
            "dma-map-ends",
            "qemu: hardware error: vfio: DMA mapping failed, unable to continue",
            []),
        LogLine(
            "dma-map-refused",
            "qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: VFIO_MAP_DMA failed: Cannot allocate memory",
            [LogCapture("reason", .text("Cannot allocate memory"))]),
        LogLine(
            "no-peer-to-peer",
            "0000:00:02.0: PCI peer-to-peer transactions on BARs are not supported.",
            []),
        LogLine(
            "bar-not-mapped",
            "qemu-system-x86_64: Failed to mmap 0000:00:02.0 BAR 2. Performance may be slow",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("bar", .text("2")),
            ]),
        LogLine(
            "rom-not-read",
            "kvm: vfio-pci: Cannot read device rom at 0000:00:02.0",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "group-not-viable",
            "qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: group 1 is not viable",
            [LogCapture("group", .number(1))]),
        LogLine(
            "group-busy",
            "vfio 0000:00:02.0: error getting device from group 0: Device or resource busy",
            [LogCapture("group", .number(0)), LogCapture("reason", .text("Device or resource busy"))]),
        LogLine(
            "group-not-opened",
            "vfio 0000:00:02.0: failed to open /dev/vfio/0: No such file or directory",
            [LogCapture("group", .number(0)), LogCapture("reason", .text("No such file or directory"))]),
        LogLine(
            "group-container",
            """
            vfio 0000:00:02.0: failed to setup container for group 0: Failed to set iommu for container: \
            Operation not permitted
            """,
            [
                LogCapture("group", .number(0)),
                LogCapture("reason", .text("Failed to set iommu for container: Operation not permitted")),
            ]),
        LogLine(
            "no-iommu-group",
            "vfio 0000:00:02.0: no iommu_group found: No such file or directory",
            [LogCapture("reason", .text("No such file or directory"))]),
        LogLine(
            "no-host-device",
            "vfio 0000:00:02.1: no such host device: No such file or directory",
            [LogCapture("reason", .text("No such file or directory"))]),
        LogLine(
            "reset-impossible",
            "kvm: vfio: Cannot reset device 0000:00:02.0, no available reset mechanism.",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "reset-group",
            "vfio: Cannot reset device 0000:00:1f.3, depends on group 7 which is not owned.",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x1f << 3 | 3))),
                LogCapture("group", .number(7)),
            ]),
        LogLine(
            "stuck-asleep",
            "qemu-system-x86_64: vfio: Unable to power on device, stuck in D3",
            []),
        LogLine(
            "slot-taken",
            """
            qemu-system-x86_64: -device vfio-pci,host=00:02.0,addr=0x2: PCI: slot 2 function 0 not available \
            for vfio-pci, in use by VGA,id=(null)
            """,
            [
                LogCapture("slot", .number(2)), LogCapture("function", .number(0)),
                LogCapture("device", .text("vfio-pci")), LogCapture("other", .text("VGA,id=(null)")),
            ]),
        LogLine(
            "property-unknown",
            """
            qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0,x-igd-lpc=on: Property \
            'vfio-pci.x-igd-lpc' not found
            """,
            [LogCapture("property", .text("x-igd-lpc"))]),
        LogLine(
            "file-given-twice",
            "qemu-system-x86_64: duplicate fw_cfg file name: etc/igd-opregion",
            [LogCapture("file", .text("etc/igd-opregion"))]),
        LogLine(
            "opregion-detected",
            "qemu-system-x86_64: info: OpRegion detected on Intel display 3e92.",
            [LogCapture("device", .address(0x3e92, .raw))]),
        LogLine(
            "opregion-hotplug",
            "warning: IGD device detected, but OpRegion is not supported on hotplugged device.",
            []),
        LogLine(
            "opregion-hotplug-before-10-1",
            "Error: vfio 0000:00:02.0: IGD OpRegion is not supported on hotplugged device",
            []),
        LogLine(
            "opregion-hotplug-before-9-2",
            "vfio 0000:00:02.0: cannot support IGD OpRegion feature on hotplugged device",
            []),
        LogLine(
            "opregion-refused-by-kernel",
            "vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device",
            [LogCapture("reason", .text("No such device"))]),
        LogLine(
            "opregion-not-there",
            "vfio 0000:00:02.0: Device does not supports IGD OpRegion feature: No such device",
            [LogCapture("reason", .text("No such device"))]),
        LogLine(
            "opregion-not-read",
            "vfio 0000:00:02.0: failed to read IGD OpRegion",
            []),
        LogLine(
            "bridge-slot-taken",
            "qemu-system-x86_64: Cannot create LPC bridge due to existing device at 1f.0",
            []),
        LogLine(
            "bridge-hotplug",
            "vfio 0000:00:02.0: IGD LPC is not supported on hotplugged device",
            []),
        LogLine(
            "bridge-without-kernel",
            "vfio 0000:00:02.0: IGD LPC bridge access is not supported by kernel",
            [LogCapture("bridge", .text("LPC bridge"))]),
        LogLine(
            "size-property-refused",
            "qemu-system-x86_64: Parameter 'x-igd-gms' expects 0~0x40 or 0xf0~0xfe",
            [LogCapture("expected", .text("0~0x40 or 0xf0~0xfe"))]),
        LogLine(
            "size-property-unknown",
            "qemu-system-x86_64: x-igd-gms is not supported on this device",
            []),
        LogLine(
            "size-property-refused-before-10",
            "qemu-system-x86_64: Unsupported IGD GMS value 0x20",
            [LogCapture("value", .address(0x20, .raw))]),
        LogLine(
            "gtt-before-stolen-memory",
            """
            qemu: hardware error: vfio-igd: Guest attempted to program IGD GTT before BIOS reserved stolen \
            memory.  Unsupported BIOS?
            """,
            []),
        LogLine(
            "legacy-on",
            "qemu-system-x86_64: info: IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted.",
            []),
        LogLine(
            "legacy-off",
            "qemu-system-x86_64: IGD legacy mode disabled",
            []),
        LogLine(
            "legacy-bridge-slot",
            """
            qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: IGD device 0000:00:02.0 cannot support \
            legacy mode due to existing devices at address 1f.0
            """,
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-unknown-device",
            "kvm: IGD device 0000:00:02.0 is unsupported in legacy mode, try SandyBridge or newer",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-no-rom",
            "qemu-system-x86_64: IGD device 0000:00:02.0 has no ROM, legacy mode disabled",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-no-rom-10",
            "qemu-system-x86_64: Device has no ROM",
            []),
        LogLine(
            "legacy-hotplug",
            "qemu-system-x86_64: IGD device 0000:00:02.0 hotplugged, ROM disabled, legacy mode disabled",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-no-kernel-region",
            "qemu-system-x86_64: IGD device 0000:00:02.0 does not support OpRegion access,legacy mode disabled",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("region", .text("OpRegion")),
            ]),
        LogLine(
            "legacy-no-vga",
            "qemu-system-x86_64: IGD device 0000:00:02.0 failed to enable VGA access, legacy mode disabled",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-no-vga-10",
            "qemu-system-x86_64: Unable to enable VGA access",
            []),
        LogLine(
            "legacy-bridge-failed",
            "qemu-system-x86_64: IGD device 0000:00:02.0 failed to create LPC bridge, legacy mode disabled",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-host-bridge-failed",
            "qemu-system-x86_64: IGD device 0000:00:02.0 failed to modify host bridge, legacy mode disabled",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "legacy-wrong-place-10",
            """
            qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0,x-igd-legacy-mode=on: vfio 0000:00:02.0: \
            Machine is not i440fx or assigned BDF is not 00:02.0
            """,
            []),
        LogLine(
            "legacy-wrong-place",
            """
            vfio 0000:00:02.0: Machine is not i440fx, assigned BDF is not 00:02.0, or device a780 (gen 12) \
            doesn't support legacy mode
            """,
            [LogCapture("device", .address(0xa780, .raw)), LogCapture("generation", .number(12))]),
    ]
}
