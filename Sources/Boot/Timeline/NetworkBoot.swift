import BerthPCI
package import BerthTopology

/// What iPXE does to a virtio network card when nothing else boots: it asks for the size of BAR 4 with decode
/// on, so the BAR shows up at the top of its 4 GiB for a moment.
///
/// Three times when it finds the card (one for each structure it maps), twice more when it opens it.
///
/// Source: src/drivers/bus/virtio-pci.c@iPXE 1.21 `virtio_pci_map_capability`, src/drivers/bus/pci.c `pci_bar_size`,
/// `pci_bar_start`; recorded firmware runs without a guest OS.
package enum NetworkBoot {
    /// One sizing of one function: empty for a function that iPXE does not size.
    package static func sizing(_ index: Int, _ function: PCIFunction, at address: UInt64) -> [TimelineEvent] {
        guard function.vendor == 0x1af4, [0x1000, 0x1041].contains(function.device),
            let bar = function[.bar(4)], bar.kind.is64Bit
        else { return [] }
        let top = address & ~0xffff_ffff | 0xffff_ffff & ~(bar.kind.size.rawValue - 1)
        let cause = DecodeCause(
            "iPXE sizes BAR 4 with decode on", source: "src/drivers/bus/pci.c@iPXE 1.21 pci_bar_size")
        return [(address, top), (top, address)].map { from, to in
            TimelineEvent(
                phase: .firmwareBoot, function: index, bar: .bar(4), change: .move(from: from, to: to), cause: cause)
        }
    }
}
