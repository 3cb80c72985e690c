import BerthDiagnostics
import BerthLogs
import BerthPCI

extension LogLine {
    static let hostLines: [LogLine] = [
        LogLine(
            "dmar-fault",
            """
            [ 1042.123456] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x9bd00000 [fault \
            reason 0x06] PTE Read access is not set
            """,
            [
                LogCapture("access", .text("Read NO_PASID")),
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("address", .address(0x9bd0_0000, .dma)), LogCapture("code", .text("0x06")),
                LogCapture("reason", .text("PTE Read access is not set")),
            ]),
        LogLine(
            "dmar-fault-pasid",
            """
            DMAR: [DMA Write] Request device [00:02.0] PASID ffffffff fault addr b4000000 [fault reason 05] \
            PTE Write access is not set
            """,
            [
                LogCapture("access", .text("Write")),
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("pasid", .address(0xffff_ffff, .raw)), LogCapture("address", .address(0xb400_0000, .dma)),
                LogCapture("code", .text("05")), LogCapture("reason", .text("PTE Write access is not set")),
            ]),
        LogLine(
            "dmar-interrupt-fault",
            """
            DMAR: [INTR-REMAP] Request device [00:02.0] fault index 0x25 [fault reason 0x22] Present field in \
            the IRTE entry is clear
            """,
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("index", .address(0x25, .raw)),
            ]),
        LogLine(
            "dmar-fault-status",
            "[ 1042.123450] DMAR: DRHD: handling fault status reg 3",
            [LogCapture("status", .address(3, .raw))]),
        LogLine(
            "dmar-stuck-queue",
            "DMAR: VT-d detected Invalidation Time-out Error: SID 10",
            [LogCapture("kind", .text("Time-out"))]),
        LogLine(
            "iommu-width",
            "[    0.012345] DMAR: Host address width 39",
            [LogCapture("width", .width(39))]),
        LogLine(
            "iommu-rmrr",
            "[    0.012345] DMAR: RMRR base: 0x0000009b000000 end: 0x0000009f7fffff",
            [LogCapture("first", .address(0x9b00_0000, .host)), LogCapture("last", .address(0x9f7f_ffff, .host))]),
        LogLine(
            "iommu-enabled",
            "[    0.712345] DMAR: Intel(R) Virtualization Technology for Directed I/O",
            []),
        LogLine(
            "iommu-disabled",
            "[    0.001234] DMAR: IOMMU disabled",
            []),
        LogLine(
            "iommu-without-graphics",
            "DMAR: Disable GFX device mapping",
            []),
        LogLine(
            "iommu-rmrr-refused",
            """
            vfio-pci 0000:00:02.0: DMAR: Device is ineligible for IOMMU domain attach due to platform RMRR \
            requirement.  Contact your platform vendor.
            """,
            []),
        LogLine(
            "iommu-one-to-one",
            """
            vfio-pci 0000:00:14.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting \
            configuring the device without a 1:1 mapping. Contact your platform vendor.
            """,
            []),
        LogLine(
            "iommu-interrupts",
            """
            vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param \
            "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform
            """,
            []),
        LogLine(
            "iommu-locked-memory",
            "vfio_pin_pages_remote: RLIMIT_MEMLOCK (8589934592) exceeded",
            [LogCapture("limit", .number(8589934592))]),
        LogLine(
            "rom-header",
            "[  120.5] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0x0000",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("expected", .address(0xaa55, .raw)), LogCapture("found", .address(0, .raw)),
            ]),
        LogLine(
            "rom-data",
            "vfio-pci 0000:00:02.0: Invalid PCI ROM data signature: expecting 0x52494350, got 0x00000000",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("expected", .address(0x5249_4350, .raw)), LogCapture("found", .address(0, .raw)),
            ]),
        LogLine(
            "bar-not-reserved",
            "[  321.0] vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("bar", .number(2)), LogCapture("first", .address(0x40_0000_0000, .host)),
                LogCapture("last", .address(0x40_0fff_ffff, .host)),
            ]),
        LogLine(
            "reset-recovery",
            "vfio-pci 0000:00:02.0: vfio_bar_restore: reset recovery - restoring BARs",
            []),
        LogLine(
            "reset-not-ready",
            "vfio-pci 0000:00:02.0: not ready 65535ms after FLR; giving up",
            [LogCapture("milliseconds", .number(65535)), LogCapture("reset", .text("FLR"))]),
        LogLine(
            "reset-pending",
            """
            vfio-pci 0000:00:02.0: timed out waiting for pending transaction; performing AF function level \
            reset anyway
            """,
            [LogCapture("kind", .text("AF "))]),
        LogLine(
            "device-wanted",
            "vfio-pci 0000:00:02.0: No device request channel registered, blocked until released by user",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "vga-decodes",
            "vfio-pci 0000:00:02.0: vgaarb: VGA decodes changed: olddecodes=io+mem,decodes=none:owns=mem",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("before", .text("io+mem")), LogCapture("after", .text("none")),
            ]),
        LogLine(
            "physical-function-bound",
            "vfio-pci 0000:00:02.0: Cannot bind to PF with SR-IOV enabled",
            []),
        LogLine(
            "host-efifb",
            "[    0.9] efifb: framebuffer at 0x4000000000, using 8100k, total 8100k",
            [
                LogCapture("address", .address(0x40_0000_0000, .kernel)), LogCapture("used", .number(8100)),
                LogCapture("total", .number(8100)),
            ]),
        LogLine(
            "host-simplefb",
            "simple-framebuffer simple-framebuffer.0: framebuffer at 0xb0000000, 0x7e9000 bytes",
            [LogCapture("address", .address(0xb000_0000, .kernel)), LogCapture("size", .size(0x7e9000))]),
    ]
}
