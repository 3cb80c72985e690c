import BerthStack
import BerthTopology

/// Properties that only some releases have, of models whose properties are not recorded one by one.
///
/// Recorded by Tests/Recorders/verdicts.py, which gave three releases the same 1,698 command lines; what changed between two
/// recorded releases counts from the later one where the change logs do not say more.
enum ReleaseProperties {
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

    /// Whether a release has a model's property; nil where no table knows.
    static func has(_ name: String, model: String, _ release: QEMURelease) -> Bool? {
        if let row = rows.first(where: { $0.property == name && $0.models(model) }) {
            return row.releases.contains(release)
        }
        return RecordedProperties.has(name, model: model, release)
    }
}
