import BerthPCI
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Testing

/// The table of device models, recorded again from the QEMU that is installed.
@Suite(.serialized) struct DeviceModelTests {
    /// Models that only exist inside of others, or that QEMU accepts in one place only.
    private static let special: Set<String> = [
        // Behind a CXL host bridge only.
        "cxl-downstream", "cxl-rp", "cxl-upstream",
        // Made by `-device amd-iommu`.
        "AMDVI-PCI",
        // At 00:1f.0 of pc only, with a vendor only beside an assigned IGD.
        "vfio-pci-igd-lpc-bridge",
        // Below another port; tested apart.
        "x3130-upstream", "xio3130-downstream",
        // With a back end; tested apart.
        "acpi-erst", "ivshmem-plain", "pci-ipmi-bt", "pci-ipmi-kcs", "pci-serial-2x", "pci-serial-4x",
        // With a back end of their own kind; recorded by Tests/Recorders/device-models.py.
        "ctucan_pci", "cxl-type3", "kvaser_pci", "mioe3680_pci", "pcm3680_pci", "virtio-mem-pci", "virtio-pmem-pci",
        "virtio-9p-pci-non-transitional", "virtio-9p-pci-transitional", "ivshmem-doorbell", "vhost-scsi-pci",
        "vhost-scsi-pci-non-transitional", "vhost-scsi-pci-transitional", "vhost-vsock-pci",
        "vhost-vsock-pci-non-transitional", "virtio-input-host-pci",
        // With OpenGL, or an InfiniBand device.
        "virtio-gpu-gl-pci", "virtio-vga-gl", "pvrdma",
    ]
    /// As they are in the QEMU of Debian 12; those of vhost-user wait for a process behind a socket.
    private static let known = DeviceCatalogue.models(of: QEMURelease(7, 2)).map(\.name)
    private static let sockets = known.filter { $0.hasPrefix("vhost-user-") }
    private static let plain = known.filter { !special.contains($0) && !sockets.contains($0) }
    /// A display claims the ranges of VGA, and there is one balloon: each of them has a guest to itself.
    private static let loners = plain.filter {
        ["VGA", "-vga", "-svga"].contains(where: $0.hasSuffix) || $0.contains("balloon")
    }
    private static let others = plain.filter { !loners.contains($0) }
    private static let groups = stride(from: 0, to: others.count, by: 24).map {
        Array(others[$0..<min($0 + 24, others.count)])
    }

    @Test func `every model is recorded again or named as special`() {
        #expect(Self.plain.count + Self.special.count + Self.sockets.count == Self.known.count)
        #expect(
            Self.loners == [
                "VGA", "ati-vga", "cirrus-vga", "qxl-vga", "secondary-vga", "virtio-balloon-pci",
                "virtio-balloon-pci-non-transitional", "virtio-balloon-pci-transitional", "virtio-vga", "vmware-svga",
            ])
        #expect(Self.groups.joined().count + Self.loners.count == 100)
    }

    @Test(arguments: groups)
    func `a model in a slot of q35's root bus`(models: [String]) async throws {
        let devices = models.enumerated().map {
            Device(id: "dev\($0.offset)", model: $0.element, at: RealDevices.slot($0.offset))
        }
        try await RealDevices.compare(RealDevices.guest(devices))
    }

    @Test(arguments: loners, MachineType.allCases)
    func `a model that is alone in its guest`(model: String, type: MachineType) async throws {
        let device = Device(id: "display0", model: model, at: RealDevices.slot(0, type))
        try await RealDevices.compare(RealDevices.guest([device], on: type))
    }

    @Test func `a switch below a root port`() async throws {
        let devices = [
            Device(id: "port1", model: "pcie-root-port", at: RealDevices.slot(0)),
            Device(id: "up", model: "x3130-upstream", at: Slot("port1", devfn: 0)),
            Device(id: "down1", model: "xio3130-downstream", at: Slot("up", devfn: 0)),
            Device(id: "down2", model: "xio3130-downstream", at: Slot("up", devfn: 8)),
            Device(id: "disk", model: "nvme", at: Slot("down2", devfn: 0)),
            Device(id: "network", model: "virtio-net-pci", at: Slot("down1", devfn: 0)),
        ]
        try await RealDevices.compare(RealDevices.guest(devices))
    }

    @Test func `models with a back end`() async throws {
        let backEnds =
            [
                QEMUOption("device", "ipmi-bmc-sim,id=bmc0"), QEMUOption("device", "ipmi-bmc-sim,id=bmc1"),
            ] + (0..<6).map { QEMUOption("chardev", "null,id=c\($0)") }
        let serial = { (from: Int, count: Int) in
            (0..<count).map { Property("chardev\($0 + 1)", .text("c\(from + $0)")) }
        }
        let devices = [
            Device(
                id: "erst", model: "acpi-erst", at: RealDevices.slot(0),
                backend: MemoryBackend(id: "erst-memory", size: .kib(64))),
            Device(
                id: "shared", model: "ivshmem-plain", at: RealDevices.slot(1),
                backend: MemoryBackend(id: "shared-memory", size: .mib(4))),
            Device(
                id: "bt", model: "pci-ipmi-bt", at: RealDevices.slot(2), properties: [Property("bmc", .text("bmc0"))]),
            Device(
                id: "kcs", model: "pci-ipmi-kcs", at: RealDevices.slot(3),
                properties: [Property("bmc", .text("bmc1"))]),
            Device(id: "two", model: "pci-serial-2x", at: RealDevices.slot(4), properties: serial(0, 2)),
            Device(id: "four", model: "pci-serial-4x", at: RealDevices.slot(5), properties: serial(2, 4)),
        ]
        try await RealDevices.compare(RealDevices.guest(devices), extra: backEnds)
    }
}
