import BerthPCI
import BerthTopology

/// Decode goes on once, after all BARs have their addresses, and stays on.
///
/// Source: src/fw/pciinit.c `pci_bios_init_device`, src/optionroms.c `map_pcirom`, `optionrom_setup`,
/// `vgarom_setup`; src/hw/pcidevice.c @ SeaBIOS 1.16.2.
struct SeaBIOSDecode: FirmwareDecode {
    let tree: PCITree
    let outcome: FirmwareOutcome
    /// The only display whose ROM is run.
    private let display: Int?

    init(_ tree: PCITree, _ outcome: FirmwareOutcome) {
        self.tree = tree
        self.outcome = outcome
        display = Self.display(tree, outcome)
    }

    /// The first VGA function on a root bus, which no bridge has to forward VGA cycles to; then the first at
    /// all, for which `pci_enable_default_vga` opens the bridges. Without any, another display with a ROM
    /// (`try_setup_display_other`).
    private static func display(_ tree: PCITree, _ outcome: FirmwareOutcome) -> Int? {
        let found = tree.reachable.filter { tree.functions[$0].classCode.isDisplay }.compactMap { index in
            outcome.busNumbers[tree.functions[index].bus].map {
                (index, [UInt16($0), UInt16(tree.functions[index].devfn)])
            }
        }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
        let vga = found.filter { tree.functions[$0].classCode.isVGA }
        return vga.first { tree.buses[tree.functions[$0].bus].isRoot } ?? vga.first
            ?? found.first {
                tree.functions[$0].classCode.baseAndSub == 0x0380 && outcome.functions[$0].romReservation != nil
            }
    }

    func run(_ decode: inout FunctionDecode) {
        let function = tree.functions[decode.index]
        let result = outcome.functions[decode.index]
        let enabled = DecodeCause(
            "SeaBIOS switches I/O and memory on", source: "src/fw/pciinit.c@SeaBIOS 1.16.2 pci_bios_init_device")
        for bar in function.bars where bar.index != .rom {
            decode.write(bar.index, result.addresses[bar.index], .firmware, enabled)
        }
        guard outcome.busNumbers[function.bus] != nil else { return }
        decode.on(.firmware, enabled)
        guard let rom = result.romReservation, runsROM(decode.index, at: rom) else { return }
        let cause = DecodeCause(
            "SeaBIOS copies the option ROM", source: "src/optionroms.c@SeaBIOS 1.16.2 map_pcirom")
        decode.write(.rom, rom, .optionROM, cause)
        decode.write(.rom, nil, .optionROM, cause)
    }

    /// Devices whose option ROM is run, in that order: the display's, then by bus, device and function. A ROM without a BAR
    /// comes over fw_cfg.
    func startedROMs(_ topology: GuestTopology) -> [Int] {
        let started = tree.reachable.filter { index in
            guard outcome.busNumbers[tree.functions[index].bus] != nil else { return false }
            if let rom = outcome.functions[index].romReservation { return runsROM(index, at: rom) }
            guard case .device(let device) = tree.functions[index].origin else { return false }
            return topology.devices[device].hasHiddenROM
        }
        let place = { (index: Int) -> [UInt16] in
            let bus = outcome.busNumbers[tree.functions[index].bus] ?? 0
            return [index == display ? 0 : 1, UInt16(bus), UInt16(tree.functions[index].devfn)]
        }
        return started.sorted { place($0).lexicographicallyPrecedes(place($1)) }
    }

    /// Not on a bridge, not in the first 16 MiB or the last 4 MiB, and of displays only one.
    private func runsROM(_ index: Int, at address: UInt64) -> Bool {
        let function = tree.functions[index]
        guard function.header == .endpoint, (16 << 20..<0xffc0_0000).contains(address) else { return false }
        let isDisplay = [0x0300, 0x0380].contains(function.classCode.baseAndSub)
        return !isDisplay || index == display
    }
}
