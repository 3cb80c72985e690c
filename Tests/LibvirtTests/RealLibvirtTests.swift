import BerthLibvirtEditing
import BerthPCI
import BerthStack
import BerthTopology
import TestSupport
import Testing

@Suite struct RealLibvirtTests {
    @Test(arguments: SampleGuests.all.map(\.name))
    func `libvirt puts every device where the model has it, and QEMU takes them all`(name: String) async throws {
        let guest = try #require(SampleGuests.all.first { $0.name == name })
        let verdict = try await judge(guest)
        let objections = try await RealQEMU.objections(to: verdict.commandLine)
        #expect(objections == "")
    }

    /// Bridges are in the samples; these need a machine, a bus or a host we cannot give them here, or are second
    /// balloons.
    private static let elsewhere: Set<String> = [
        "cxl-downstream", "cxl-rp", "cxl-upstream", "vfio-pci-igd-lpc-bridge", "AMDVI-PCI", "piix3-ide", "piix4-ide",
        "virtio-balloon-pci-transitional", "virtio-balloon-pci-non-transitional", "ctucan_pci", "cxl-type3",
        "kvaser_pci",
        "mioe3680_pci", "pcm3680_pci", "virtio-mem-pci", "virtio-pmem-pci", "virtio-9p-pci-non-transitional",
        "virtio-9p-pci-transitional", "ivshmem-doorbell", "vhost-scsi-pci", "vhost-scsi-pci-non-transitional",
        "vhost-scsi-pci-transitional", "vhost-vsock-pci", "vhost-vsock-pci-non-transitional", "virtio-input-host-pci",
        "virtio-gpu-gl-pci", "virtio-vga-gl", "pvrdma",
    ]

    @Test(arguments: [MachineType.pc, .q35])
    func `every model of the catalogue can be written`(machine: MachineType) async throws {
        // qxl-vga has to be the first display of its guest, so it leads.
        let models = DeviceCatalogue.models(of: Stack.standard.qemu).filter {
            $0.header == .endpoint && !Self.elsewhere.contains($0.name) && !$0.name.hasPrefix("vhost-user-")
        }
        .sorted { ($0.name == "qxl-vga" ? 0 : 1, $0.name) < ($1.name == "qxl-vga" ? 0 : 1, $1.name) }
        #expect(models.count > 80)
        for start in stride(from: 0, to: models.count, by: 24) {
            var devices: [Device] = []
            for (offset, model) in models[start..<min(start + 24, models.count)].enumerated() {
                let slot = UInt8(offset + 3)
                var device = SampleGuests.device("d\(offset)", model.name, machine.rootBus, slot)
                if ["ivshmem-plain", "acpi-erst"].contains(model.name) {
                    device.backend = MemoryBackend(id: "m", size: .kib(64))
                }
                devices.append(device)
            }
            let verdict = try await judge(SampleGuests.make("batch", Machine(machine), .seabios, devices))
            let objections = try await RealQEMU.objections(to: verdict.commandLine)
            #expect(objections == "", "from \(models[start].name)")
        }
    }

    private func judge(_ guest: GuestTopology) async throws -> RealLibvirt.Verdict {
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(asItIs: guest, accelerator: .qemu))
        let differences = try LibvirtAgreement.differences(guest, verdict)
        #expect(differences == [])
        return verdict
    }
}
