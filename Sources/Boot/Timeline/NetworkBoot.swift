import BerthPCI
package import BerthStack
package import BerthTopology

/// What iPXE does to a virtio network card when nothing else boots: it asks for the size of BAR 4.
///
/// Up to iPXE 1.21 it does so with decode on, so the BAR shows up at the top of its 4 GiB for a moment; later it takes
/// all decode away meanwhile. Three times when it finds the card (one for each structure it maps), twice more when
/// it opens it. A later one that a BIOS starts, which reaches 4 GiB, takes a BAR above them for one that is nowhere, and
/// writes that back: the BAR is gone.
///
/// Source: src/drivers/bus/virtio-pci.c@iPXE 1.21 `virtio_pci_map_capability`, src/drivers/bus/pci.c `pci_bar_size`,
/// commit fde35ff00 (iPXE 2.0), `pci_bar_start`; recorded firmware runs without a guest OS.
package enum NetworkBoot {
    /// One sizing of one function with its BARs at these addresses: empty for a function that iPXE does not size.
    ///
    /// Which iPXE there is, is the distribution's choice: Debian has 1.21 beside QEMU 10.0, and 2.0 beside 11.1.
    package static func sizing(
        _ index: Int, _ function: PCIFunction, at addresses: BARAddresses, of qemu: QEMURelease,
        _ firmware: FirmwareKind
    ) -> [TimelineEvent] {
        guard function.vendor == 0x1af4, [0x1000, 0x1041].contains(function.device),
            let bar = function[.bar(4)], bar.kind.is64Bit, let address = addresses[.bar(4)]
        else { return [] }
        let top = address & ~0xffff_ffff | 0xffff_ffff & ~(bar.kind.size.rawValue - 1)
        let cause = DecodeCause("iPXE sizes BAR 4", source: "src/drivers/bus/pci.c@iPXE 1.21, 2.0 pci_bar_size")
        let event = { (index: Int, bar: BARIndex, change: TimelineEvent.Change) in
            TimelineEvent(phase: .firmwareBoot, function: index, bar: bar, change: change, cause: cause)
        }
        guard qemu.comesWithLaterIPXE else {
            return [(address, top), (top, address)].map { from, to in
                event(index, .bar(4), .move(from: from, to: to))
            }
        }
        let isLost = !firmware.isUEFI && address > UInt64(UInt32.max)
        return function.bars.filter { $0.index != .rom }.flatMap { other -> [TimelineEvent] in
            guard let place = addresses[other.index] else { return [] }
            let gone = event(index, other.index, .unmap(place))
            return isLost && other.index == bar.index ? [gone] : [gone, event(index, other.index, .map(place))]
        }
    }
}
