import BerthPCI
import BerthTopology

/// A controller whose driver in SeaBIOS takes from the heap.
///
/// Source: src/hw/{usb-xhci,usb-ehci,usb-uhci,usb-ohci,virtio-blk,virtio-scsi,pvscsi,nvme}.c @ SeaBIOS 1.16.2.
struct FirmwareDriver {
    enum Kind { case xhci, ehci, uhci, ohci, virtioBlock, virtioSCSI, pvscsi, nvme }
    let kind: Kind
    /// Whether the controller has a disk of its own.
    let hasDrive: Bool

    /// Nil where no driver starts. Most want the registers below 4 GiB; Virtio's read them through configuration space above.
    ///
    /// `isForwarded`: whether the bridges above have an address in their windows. Behind one that has not (numbers given out twice
    /// have SeaBIOS open another's) memory reads as zeros, and a driver that sees no features, no command set or no page size there
    /// lets go at once of what it took.
    init?(
        _ function: PCIFunction, _ addresses: BARAddresses, hasDrive: (Int) -> Bool,
        isForwarded: (BARKind, _ address: UInt64) -> Bool
    ) {
        guard let (kind, bar) = Self.kind(function) else { return nil }
        if let bar {
            guard let address = addresses[.bar(bar)], address > 0, address < 1 << 32 else { return nil }
        }
        if let read = Self.firstRead(kind, function), let address = addresses[read.index],
            read.kind.isIO || address < 1 << 32, !isForwarded(read.kind, address)
        {
            return nil
        }
        self.kind = kind
        self.hasDrive = if case .device(let number) = function.origin { hasDrive(number) } else { false }
    }

    /// Whose registers decide whether the driver goes on; nil for one that reads none before it takes all it needs.
    private static func firstRead(_ kind: Kind, _ function: PCIFunction) -> BAR? {
        let index: Int? =
            switch kind {
            case .xhci, .nvme: 0
            // Of the current interface; only the former has ports.
            case .virtioBlock, .virtioSCSI: function.bars.contains { $0.index == .bar(4) } ? 4 : 0
            case .ehci, .uhci, .ohci, .pvscsi: nil
            }
        return index.flatMap { index in function.bars.first { $0.index == .bar(index) } }
    }

    private static func kind(_ function: PCIFunction) -> (Kind, bar: Int?)? {
        switch (function.vendor, function.device) {
        case (0x1af4, 0x1001), (0x1af4, 0x1042): return (.virtioBlock, nil)
        case (0x1af4, 0x1004), (0x1af4, 0x1048): return (.virtioSCSI, nil)
        case (0x15ad, 0x07c0): return (.pvscsi, 0)
        default: break
        }
        switch function.classCode.rawValue {
        case 0x0c0330: return (.xhci, 0)
        case 0x0c0320: return (.ehci, 0)
        case 0x0c0300: return (.uhci, 4)
        case 0x0c0310: return (.ohci, 0)
        case 0x010802: return (.nvme, 0)
        default: return nil
        }
    }
}
