package import BerthPCI
import BerthTopology

/// A moment in which a function decodes no memory, or one BAR is not where it was; a bridge forwards none then.
package struct DecodeInterruption: Hashable, Sendable {
    /// Index into `PCITree.functions`.
    package var function: Int
    /// Which BAR alone; nil for all memory of the function.
    package var bar: BARIndex?
    /// As in `TimelineEvent`.
    package var boot: Int
    package var phase: BootPhase
    package var cause: DecodeCause
}

/// The command register and the BARs of one function, and every change of what they decode.
///
/// QEMU maps a BAR when its space is enabled and its address can be used.
///
/// Source: hw/pci/pci.c@QEMU 7.2 `pci_update_mappings`, `pci_bar_address`.
struct FunctionDecode {
    let index: Int
    private(set) var boot: Int
    private let bars: [BAR]
    /// What the registers hold; a BAR that is not here holds nothing that can be mapped.
    private var addresses = BARAddresses()
    private(set) var decodesMemory = false
    private(set) var decodesIO = false
    private(set) var events: [TimelineEvent] = []
    /// Every time memory decode goes off after it had been on, whether a BAR vanished or not, and a BAR alone.
    private(set) var interruptions: [DecodeInterruption] = []

    /// Whether changes are noted: a planner asks about few functions of many.
    let isWatched: Bool

    init(_ index: Int, _ function: PCIFunction, boot: Int = 0, isWatched: Bool = true) {
        self.index = index
        self.boot = boot
        self.isWatched = isWatched
        bars = function.bars
    }

    /// Whether any space is on.
    var isOn: Bool { decodesMemory || decodesIO }

    /// The BARs that decode now.
    var mapped: BARAddresses {
        var mapped = BARAddresses()
        for bar in bars where decodes(bar.kind) { mapped[bar.index] = addresses[bar.index] }
        return mapped
    }

    /// Writes a register; nil takes the address away.
    mutating func write(_ bar: BARIndex, _ address: UInt64?, _ phase: BootPhase, _ cause: DecodeCause) {
        let old = addresses[bar]
        addresses[bar] = address
        guard isWatched, old != address, let kind = bars.first(where: { $0.index == bar })?.kind, decodes(kind) else {
            return
        }
        switch (old, address) {
        case (let from?, let to?): emit(bar, .move(from: from, to: to), phase, cause)
        case (let from?, nil): emit(bar, .unmap(from), phase, cause)
        case (nil, let to?): emit(bar, .map(to), phase, cause)
        case (nil, nil): break
        }
    }

    mutating func set(memory: Bool? = nil, io: Bool? = nil, _ phase: BootPhase, _ cause: DecodeCause) {
        let (memory, io) = (memory ?? decodesMemory, io ?? decodesIO)
        let (wasMemory, wasIO) = (decodesMemory, decodesIO)
        (decodesMemory, decodesIO) = (memory, io)
        guard isWatched else { return }
        if wasMemory, !memory {
            interruptions.append(DecodeInterruption(function: index, boot: boot, phase: phase, cause: cause))
        }
        for bar in bars {
            guard let address = addresses[bar.index] else { continue }
            switch bar.kind.isIO ? (wasIO, io) : (wasMemory, memory) {
            case (false, true): emit(bar.index, .map(address), phase, cause)
            case (true, false): emit(bar.index, .unmap(address), phase, cause)
            default: break
            }
        }
    }

    mutating func on(_ phase: BootPhase, _ cause: DecodeCause) { set(memory: true, io: true, phase, cause) }
    mutating func off(_ phase: BootPhase, _ cause: DecodeCause) { set(memory: false, io: false, phase, cause) }

    /// In place, so that what is noted is not copied.
    mutating func modify(_ change: (inout FunctionDecode) -> Void) { change(&self) }

    /// Off and on again, as it was.
    mutating func interrupt(_ phase: BootPhase, _ cause: DecodeCause) {
        let (memory, io) = (decodesMemory, decodesIO)
        guard memory || io, isWatched else { return }
        off(phase, cause)
        set(memory: memory, io: io, phase, cause)
    }

    /// Ones and then what it held, into each register of a BAR, with the command register as it is.
    ///
    /// Source: hw/pci/pci.c@QEMU 7.2 `pci_bar_address`: a 32-bit BAR and ports that end with the last address are nowhere; of a
    /// 64-bit one the half that holds ones counts.
    mutating func sizeWhileOn(_ bar: BAR, _ phase: BootPhase, _ cause: DecodeCause) {
        guard isWatched, let address = addresses[bar.index] else { return }
        let mask = bar.kind.size.rawValue &- 1
        let low = address & ~0xffff_ffff | 0xffff_ffff & ~mask
        let high = 0xffff_ffff << 32 | address & 0xffff_ffff
        for filled in bar.kind.registerCount == 2 ? [low, high] : [nil] {
            // What ends with the last of all addresses is nowhere.
            write(bar.index, filled.flatMap { $0 | mask == .max ? nil : $0 }, phase, cause)
            write(bar.index, address, phase, cause)
            guard !bar.kind.isIO, decodesMemory else { continue }
            interruptions.append(
                DecodeInterruption(function: index, bar: bar.index, boot: boot, phase: phase, cause: cause))
        }
    }

    /// Power-on or a warm reset: the command register and the BARs are cleared.
    ///
    /// Source: hw/pci/pci.c@QEMU 7.2 `pci_do_device_reset`.
    mutating func reset() {
        boot += 1
        off(
            .powerOn,
            DecodeCause("QEMU resets every device", source: "hw/pci/pci.c@QEMU 7.2 pci_do_device_reset"))
        addresses = BARAddresses()
    }

    private func decodes(_ kind: BARKind) -> Bool { kind.isIO ? decodesIO : decodesMemory }

    private mutating func emit(
        _ bar: BARIndex, _ change: TimelineEvent.Change, _ phase: BootPhase, _ cause: DecodeCause
    ) {
        events.append(TimelineEvent(boot: boot, phase: phase, function: index, bar: bar, change: change, cause: cause))
    }
}
