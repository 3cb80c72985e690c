package import BerthPCI

/// Addresses that devices' DMA keeps: what firmware reserves (RMRR), and the range of interrupts.
package struct HostReservation: Hashable, Sendable {
    /// Words of `/sys/kernel/iommu_groups/N/reserved_regions`.
    ///
    /// Source: `iommu_group_resv_type_string` in drivers/iommu/iommu.c @ Linux 6.12.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The device has to reach it: no guest's memory can be there.
        case direct
        /// The device had to reach it until its driver came: a guest's memory may be there. Graphics and USB have these.
        case relaxable = "direct-relaxable"
        case reserved
        case interrupts = "msi"
    }

    package var range: HostRange
    /// Nil in a kernel's log, which does not say.
    package var kind: Kind?
    /// The IOMMU group it is for.
    package var group: Int?

    package init(range: HostRange, kind: Kind? = nil, group: Int? = nil) {
        self.range = range
        self.kind = kind
        self.group = group
    }

    /// Whether firmware reserved it.
    package var isOfFirmware: Bool { kind != .interrupts }
}

extension [HostReservation] {
    /// Both lists, the one that says more of each range.
    func merging(_ other: Self) -> Self {
        var result = self
        for entry in other {
            if let index = result.firstIndex(where: {
                $0.range == entry.range && ($0.group == entry.group || $0.group == nil || entry.group == nil)
            }) {
                result[index].kind = result[index].kind ?? entry.kind
                result[index].group = result[index].group ?? entry.group
            } else {
                result.append(entry)
            }
        }
        return result
    }
}
