import BerthPCI
import BerthStack
import BerthTopology

/// What a SeaBIOS release thinks of addresses above 4 GiB.
///
/// 1.16.2 uses them only when the hole overflows and never asks how wide addresses are. 1.16.3 goes there
/// whenever there is RAM above 4 GiB, near the top of what the processor can address, and enlarges the windows
/// of hot-plug bridges. 1.17.0 lowers the limit to 44 bits and lets fw_cfg decide.
///
/// Source: `physbits` in src/fw/paravirt.c; `pci_setup`, `pci_bios_check_devices`, `pci_bios_map_devices` in
/// src/fw/pciinit.c @ SeaBIOS 1.16.2, 1.16.3 (commits 90eeb0c8, bcfed7e2, 96a8d130, a6ed6b70), 1.17.0 (e5f2e4c6, ec0bc256,
/// df9dd418). All processors are taken to have long mode.
struct HighWindowPolicy: Hashable {
    /// One past the last address to use; 0 where the width is not trusted.
    var top: UInt64 = 0
    /// Use addresses above 4 GiB in any case, and leave room.
    var pads = false
    /// 1.16.2: only an empty hot-plug bridge gets a window of the least size.
    var fillsOnlyEmptyBridges = true
    /// The alignment of a padded window replaces its children's even where that is larger (1.16.3).
    var replacesAlignment = false
    /// Room for what is plugged in later is kept behind PCIe-to-PCI bridges, too.
    var servesPCIeToPCIBridges = true

    init(_ topology: GuestTopology, _ release: SeaBIOSRelease) {
        fillsOnlyEmptyBridges = release.fillsOnlyEmptyBridges
        replacesAlignment = release.replacesAlignment
        servesPCIeToPCIBridges = release.servesPCIeToPCIBridges
        guard release.asksAddressWidth else { return }
        let bits = topology.processor.physicalAddressBits
        let isTrusted = Self.trusts(topology.processor)
        let above = topology.ramLayout.above4GiB
        let limit = release.addressBitsLimit(bytesAbove4GiB: above.rawValue) ?? bits
        if isTrusted { top = 1 << UInt64(min(bits, limit)) }
        let hasRoom = !release.padsOnlyTrustedWidth || isTrusted && bits >= 36
        let setting = release.readsPCI64File ? Self.setting(topology) : nil
        pads = setting ?? (hasRoom && above > .zero)
    }

    /// QEMU's TCG reports 40 bits for any vendor, so only certain pairs are believed.
    private static func trusts(_ processor: Processor) -> Bool {
        let bits = processor.physicalAddressBits
        return bits >= 41 || processor.vendor == .intel && [36, 39].contains(bits)
            || processor.vendor == .amd && bits == 40
    }

    /// fw_cfg `opt/org.seabios/pci64`; what is neither yes nor no counts for nothing.
    ///
    /// Source: `romfile_loadbool` in src/romfile.c @ SeaBIOS 1.17.0.
    private static func setting(_ topology: GuestTopology) -> Bool? {
        guard
            case .text(let text)? = topology.firmwareFiles.last(where: { $0.name == "opt/org.seabios/pci64" })?.content
        else { return nil }
        return switch text {
        case "1", "on", "yes": true
        case "0", "off", "no": false
        default: nil
        }
    }

    /// Where the window above 4 GiB starts, before alignment; `floor` is the end of RAM.
    func base(floor: UInt64, memory: UInt64, prefetchable: UInt64, reserved: [ClosedRange<UInt64>]) -> UInt64 {
        guard top > 0 else { return floor }
        let gib: UInt64 = 1 << 30
        var size = (Alignment.up(memory, to: gib) ?? memory) &+ (Alignment.up(prefetchable, to: gib) ?? prefetchable)
        if pads { size = Alignment.up(size, to: top >> 3) ?? size }
        var base = floor
        if size <= top, base < top - size { base = top - size }
        if size > 0, reserved.contains(where: { $0.lowerBound <= base &+ (size - 1) && base <= $0.upperBound }) {
            base = base &- size
        }
        return base
    }
}
