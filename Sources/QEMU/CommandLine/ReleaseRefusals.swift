import BerthStack
import BerthTopology

/// What some releases of QEMU refuse of a `-device` that others take, in QEMU's words.
///
/// Recorded by Tests/Recorders/verdicts.py, which gave three releases the same 1,698 command lines; what changed between two
/// recorded releases counts from the later one where the change logs do not say more.
enum ReleaseRefusals {
    /// A property that only some releases have.
    private struct Row {
        var models: @Sendable (String) -> Bool
        var property: String
        var releases: ReleaseSpan

        init(_ models: String..., property: String, from first: QEMURelease? = nil, before last: QEMURelease? = nil) {
            self.models = { models.contains($0) }
            self.property = property
            releases = ReleaseSpan(from: first, through: last.flatMap { last in QEMURelease.known.last { $0 < last } })
        }
    }

    private static let rows = [
        Row("virtio-blk-pci", property: "scsi", before: .init(10, 0)),
        Row("e1000", property: "autonegotiation", before: .init(10, 0)),
        Row("e1000", property: "mitigation", before: .init(10, 0)),
        Row("e1000", property: "extra_mac_registers", before: .init(11, 1)),
        Row("virtio-net-pci", property: "x-disable-pcie", before: .init(11, 1)),
        Row("vmxnet3", property: "x-old-msi-offsets", before: .init(11, 1)),
        Row("pvscsi", property: "x-old-pci-configuration", before: .init(11, 1)),
        Row("pcie-root-port", property: "x-native-hotplug", before: .init(10, 0)),
        Row("pcie-root-port", property: "disable-acs", before: .init(11, 1)),
        Row("pci-testdev", property: "membar-backed", from: .init(10, 1)),
        Row("virtio-gpu-pci", "virtio-vga", property: "hostmem", from: .init(8, 0)),
        Row("nvme", property: "ctratt.mem", from: .init(8, 0)),
        Row("virtio-net-pci", property: "x-pcie-pm-no-soft-reset", from: .init(8, 0)),
        Row("virtio-net-pci", property: "x-pcie-ext-tag", from: .init(8, 0)),
        Row("e1000", property: "x-max-bounce-buffer-size", from: .init(8, 0)),
    ]

    /// Sound devices, which want an `audiodev` since there is no default for it any more (8.2).
    private static let audio: Set<String> = [
        "AC97", "ac97", "ES1370", "es1370", "hda-duplex", "hda-micro", "hda-output", "sb16", "cs4231a", "usb-audio",
    ]

    /// QEMU's words; nil for a device that the release takes as far as this table knows.
    static func refusal(_ argument: DeviceArgument, _ release: QEMURelease) -> String? {
        if audio.contains(argument.driver), argument["audiodev"] == nil, release >= QEMURelease(8, 2) {
            return "no default audio driver available"
        }
        let missing = rows.first { row in
            row.models(argument.driver) && argument[row.property] != nil && !row.releases.contains(release)
        }
        return missing.map { "Property '\(argument.driver).\($0.property)' not found" }
    }
}
