import BerthDiagnostics
import BerthLogs
import BerthPCI

extension LogLine {
    static let otherLines: [LogLine] = [
        LogLine(
            "seabios-opregion",
            "Intel IGD OpRegion enabled at 0xbfffe000, size 8KB, dev 00:02.0",
            [
                LogCapture("address", .address(0xbfff_e000, .guest)), LogCapture("size", .number(8)),
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
            ]),
        LogLine(
            "seabios-stolen",
            "Intel IGD BDSM enabled at 0xbbe00000, size 65MB, dev 00:02.0",
            [
                LogCapture("address", .address(0xbbe0_0000, .guest)), LogCapture("size", .number(65)),
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
            ]),
        LogLine(
            "seabios-no-memory",
            "WARNING - Unable to allocate resource at intel_igd_setup:325!",
            [LogCapture("line", .number(325))]),
        LogLine(
            "seabios-primary-vga",
            "PCI: Using 00:02.0 for primary VGA",
            [LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "seabios-no-vga",
            "PCI: No VGA devices found",
            []),
        LogLine(
            "seabios-out-of-space",
            "PCI: out of 32bit address space",
            []),
        LogLine(
            "seabios-option-rom",
            "Running option rom at c000:0003",
            [LogCapture("segment", .address(0xc000, .raw)), LogCapture("offset", .address(3, .raw))]),
        LogLine(
            "seabios-bad-checksum",
            "Found option rom with bad checksum: loc=0x000c0000 len=65536 sum=5a",
            [
                LogCapture("address", .address(0xc_0000, .raw)), LogCapture("length", .number(65536)),
                LogCapture("sum", .address(0x5a, .raw)),
            ]),
        LogLine(
            "ovmf-opregion",
            "SetupOpRegion: 0000:00:02.0: OpRegion @ 0x7F38F000 size 0x2000 version 2.1.0",
            [
                LogCapture("address", .address(0x7f38_f000, .guest)), LogCapture("size", .size(0x2000)),
                LogCapture("version", .text("2.1.0")),
            ]),
        LogLine(
            "ovmf-opregion-i915ovmf",
            "i915: SetupOpRegion: OpRegion @ 0x7F38F000 size 0x2000 in 2 pages",
            [
                LogCapture("address", .address(0x7f38_f000, .guest)), LogCapture("size", .size(0x2000)),
                LogCapture("pages", .number(2)),
            ]),
        LogLine(
            "ovmf-opregion-failed",
            "SetupOpRegion: 0000:00:02.0: failed to allocate OpRegion: Out of Resources",
            [LogCapture("status", .text("Out of Resources"))]),
        LogLine(
            "ovmf-stolen",
            "SetupStolenMemory: 0000:00:02.0: stolen memory @ 0x7B000000, size 64 MB",
            [LogCapture("address", .address(0x7b00_0000, .guest)), LogCapture("size", .number(64))]),
        LogLine(
            "ovmf-stolen-failed",
            "SetupStolenMemory: 0000:00:02.0: failed to allocate stolen memory: Out of Resources",
            [LogCapture("status", .text("Out of Resources"))]),
        LogLine(
            "ovmf-stolen-failed-old",
            "SetupStolenMemory: 0000:00:02.0: failed to allocate BDSM: Not Found",
            [LogCapture("status", .text("Not Found"))]),
        LogLine(
            "ovmf-stolen-not-written",
            "SetupStolenMemory: 0000:00:02.0: failed to write stolen memory address: Device Error",
            [LogCapture("register", .text("stolen memory")), LogCapture("status", .text("Device Error"))]),
        LogLine(
            "ovmf-opregion-empty",
            "IgdAssignmentEntry: etc/igd-opregion: zero size",
            []),
        LogLine(
            "ovmf-unknown-device",
            "PciIoNotify: GetIgdPrivateData: Unsupported",
            [LogCapture("status", .text("Unsupported"))]),
        LogLine(
            "ovmf-out-of-resources",
            "  Mem: Base/Length/Alignment = FFFFFFFFFFFFFFFF/10000000/FFFFFFF - Out Of Resource!",
            [
                LogCapture("base", .address(0xffff_ffff_ffff_ffff, .guest)), LogCapture("length", .size(10000000)),
                LogCapture("alignment", .address(0xfff_ffff, .raw)),
            ]),
        LogLine(
            "ovmf-allocated",
            "PciBus: HostBridge->NotifyPhase(AllocateResources) - Success",
            [LogCapture("status", .text("Success"))]),
        LogLine(
            "ovmf-window-base",
            "PlatformDynamicMmioWindow:   Pci64 Base 0x7000000000",
            [LogCapture("address", .address(0x70_0000_0000, .guest))]),
        LogLine(
            "ovmf-width",
            "PlatformAddressWidthFromCpuid: Signature: 'GenuineIntel', PhysBits: 39, QemuQuirk: Off, Valid: Yes",
            [
                LogCapture("bits", .number(39)), LogCapture("more", .text("QemuQuirk: Off, ")),
                LogCapture("valid", .text("Yes")),
            ]),
        LogLine(
            "libvirt-bus-reset",
            """
            error: internal error: Unable to reset PCI device 0000:01:00.0: internal error: Active \
            0000:01:00.1 devices on bus with 0000:01:00.0, not doing bus reset
            """,
            [
                LogCapture("other", .function(PCIAddress(bus: 0x01, devfn: 0x00 << 3 | 1))),
                LogCapture("device", .function(PCIAddress(bus: 0x01, devfn: 0x00 << 3 | 0))),
            ]),
        LogLine(
            "libvirt-no-reset",
            """
            error: internal error: Unable to reset PCI device 0000:00:02.0: internal error: no FLR, PM reset \
            or bus reset available
            """,
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("reason", .text("internal error: no FLR, PM reset or bus reset available")),
            ]),
        LogLine(
            "libvirt-in-use",
            "error: Requested operation is not valid: PCI device 0000:00:02.0 is in use by driver QEMU, domain win10",
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0))),
                LogCapture("driver", .text("QEMU")), LogCapture("domain", .text("win10")),
            ]),
        LogLine(
            "libvirt-not-found",
            """
            error: Device 0000:00:02.1 not found: could not access /sys/bus/pci/devices/0000:00:02.1/config: \
            No such file or directory
            """,
            [
                LogCapture("device", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 1))),
                LogCapture("path", .text("/sys/bus/pci/devices/0000:00:02.1/config: No such file or directory")),
            ]),
        LogLine(
            "libvirt-no-passthrough",
            "error: unsupported configuration: host doesn't support passthrough of host PCI devices",
            []),
        LogLine(
            "libvirt-double-address",
            "error: XML error: Attempted double use of PCI Address 0000:00:02.0",
            [LogCapture("address", .function(PCIAddress(bus: 0x00, devfn: 0x02 << 3 | 0)))]),
        LogLine(
            "libvirt-qemu-ended",
            """
            error: internal error: process exited while connecting to monitor: 2026-11-27T08:00:00.000000Z \
            qemu-system-x86_64: terminated
            """,
            [LogCapture("words", .text("2026-11-27T08:00:00.000000Z qemu-system-x86_64: terminated"))]),
        LogLine(
            "libvirt-qemu-vanished",
            """
            internal error: qemu unexpectedly closed the monitor: 2026-11-27T08:00:00.000000Z \
            qemu-system-x86_64: terminated
            """,
            [LogCapture("words", .text("2026-11-27T08:00:00.000000Z qemu-system-x86_64: terminated"))]),
        LogLine(
            "proxmox-legacy",
            "TASK ERROR: legacy IGD assignment requires VGA mode to be 'none'",
            [LogCapture("condition", .text("requires VGA mode to be 'none'"))]),
        LogLine(
            "proxmox-pcie",
            "TASK ERROR: q35 machine model is not enabled at /usr/share/perl5/PVE/QemuServer/PCI.pm line 510.",
            []),
        LogLine(
            "proxmox-no-iommu",
            "TASK ERROR: cannot prepare PCI pass-through, IOMMU not present",
            []),
        LogLine(
            "proxmox-not-bound",
            "TASK ERROR: can't unbind/bind PCI group to VFIO '0000:00:02.0'",
            [LogCapture("device", .text("0000:00:02.0"))]),
        LogLine(
            "proxmox-no-device",
            "TASK ERROR: no pci device info for device '0000:00:02.1'",
            [LogCapture("device", .text("0000:00:02.1"))]),
        LogLine(
            "proxmox-qemu-ended",
            "TASK ERROR: start failed: QEMU exited with code 1",
            [LogCapture("code", .number(1))]),
        LogLine(
            "windows-code-43",
            "Windows has stopped this device because it has reported problems. (Code 43)",
            []),
        LogLine(
            "windows-code-12",
            "This device cannot find enough free resources that it can use. (Code 12)",
            []),
        LogLine(
            "windows-code-10",
            "This device cannot start. (Code 10)",
            []),
        LogLine(
            "windows-code-31",
            """
            This device is not working properly because Windows cannot load the drivers required for this \
            device. (Code 31)
            """,
            []),
        LogLine(
            "windows-tdr",
            """
            The computer has rebooted from a bugcheck.  The bugcheck was: 0x00000116 (0xffff9a0f5b2c1010, \
            0xfffff8067a3c1b10, 0xffffffffc000009a, 0x0000000000000004).
            """,
            []),
        LogLine(
            "windows-tdr-recovered",
            "Display driver igfxn stopped responding and has successfully recovered.",
            [LogCapture("driver", .text("igfxn"))]),
        LogLine(
            "kvm-disabled",
            "[    0.1] x86/cpu: VMX (outside TXT) disabled by BIOS",
            []),
        LogLine(
            "kvm-missing",
            "Could not access KVM kernel module: No such file or directory",
            [LogCapture("reason", .text("No such file or directory"))]),
        LogLine(
            "kvm-run-failed",
            "error: kvm run failed Bad address",
            [LogCapture("reason", .text("Bad address"))]),
        LogLine(
            "kvm-entry-failed",
            "KVM: entry failed, hardware error 0x80000021",
            [LogCapture("reason", .address(0x8000_0021, .raw))]),
    ]
}
