import BerthIGD
import BerthPCI
import BerthTopology

/// Stolen memory that Linux takes out of its memory map, before it looks at any BAR.
///
/// It believes the registers: BDSM for the place, GMCH control for the size.
///
/// Source: arch/x86/kernel/early-quirks.c@Linux 6.1 `intel_graphics_quirks`, `intel_graphics_stolen`.
enum GraphicsReservation {
    static func range(_ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome) -> GuestRange? {
        guard let display = display(tree), let platform = Platform.identify(device: tree.functions[display].device),
            let register = platform.bdsm, case .device? = platform.graphicsControl
        else { return nil }
        let function = tree.functions[display]
        let value = value(of: register, display, topology, tree, firmware)
        let base: GuestPhysicalAddress = register.base(raw: value)
        return GuestRange(start: base, size: base.rawValue > 0 ? topology.stolenMemory(of: function, platform) : .zero)
    }

    /// The first display of Intel's on bus 0; a second one is not tried.
    static func display(_ tree: PCITree) -> Int? {
        tree.visible(on: 0).first { tree.functions[$0].vendor == 0x8086 && tree.functions[$0].classCode.isVGA }
    }

    /// What the register holds when the OS starts.
    static func value(
        of register: BDSMRegister, _ display: Int, _ topology: GuestTopology, _ tree: PCITree,
        _ firmware: FirmwareOutcome
    ) -> UInt64 {
        firmware.register(register.offset, of: display)
            ?? topology.initialValue(of: register, tree.functions[display])
    }
}

extension GuestTopology {
    /// What a register holds that no firmware wrote: the host's value where QEMU does not emulate it.
    fileprivate func initialValue(of register: BDSMRegister, _ function: PCIFunction) -> UInt64 {
        switch function.origin {
        case .igd: IGDInQEMU(self)?.emulatedBDSM == nil ? igd?.hostStolenBase?.rawValue ?? 0 : 0
        case .device(let index):
            stride(from: 0, to: register.width.byteCount, by: 4).reduce(0) { value, step in
                value | UInt64(devices[index].presets[register.offset + step] ?? 0) << UInt64(8 * step)
            }
        default: 0
        }
    }

    /// The size that the guest reads out of the control word.
    fileprivate func stolenMemory(of function: PCIFunction, _ platform: Platform) -> ByteCount {
        switch function.origin {
        case .igd: return visibleStolenMemory
        case .device(let index):
            guard let encoding = platform.stolenEncoding, case .device(let offset)? = platform.graphicsControl,
                let word = devices[index].presets[offset]
            else { return .zero }
            return GraphicsControl(word: UInt16(truncatingIfNeeded: word), encoding: encoding).stolenMemorySize ?? .zero
        default: return .zero
        }
    }
}
