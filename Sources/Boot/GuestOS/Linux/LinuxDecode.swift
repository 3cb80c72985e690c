import BerthPCI
import BerthTopology

/// What Linux does to the decode of one function, from enumeration to built-in drivers.
struct LinuxDecode {
    let tree: PCITree
    /// Once per function instead of once per register.
    let sizesInBatch: Bool

    /// Every register is sized, present or not, the ROM's too; a 64-bit BAR takes two registers at once.
    ///
    /// Host bridges are exempt: on some boards memory cannot be reached while they do not decode. Their registers are sized with
    /// decode on (`sizeWhileOn`).
    ///
    /// Source: drivers/pci/probe.c@Linux 6.1 `pci_read_bases`, `__pci_read_base`; drivers/pci/quirks.c
    /// `quirk_mmio_always_on`; from 6.14 on `__pci_size_stdbars`, commit 4453f360862e.
    func sizedRegisters(_ index: Int) -> [BARIndex] {
        let function = tree.functions[index]
        guard function.classCode.baseAndSub != ClassCode.hostBridge.baseAndSub else { return [] }
        var registers: [BARIndex] = []
        var next = 0
        while next < function.header.registerCount {
            registers.append(.bar(next))
            next += function[.bar(next)]?.kind.registerCount ?? 1
        }
        return registers + [.rom]
    }

    func enumerate(_ decode: inout FunctionDecode, _ phase: BootPhase = .enumeration) {
        guard decode.isWatched else { return }
        let registers = sizedRegisters(decode.index)
        guard !registers.isEmpty else { return sizeWhileOn(&decode, phase) }
        if sizesInBatch {
            decode.interrupt(
                phase,
                DecodeCause("Linux sizes all BARs at once", source: "drivers/pci/probe.c@Linux 6.14 pci_read_bases"))
            return
        }
        for register in registers {
            let what = tree.functions[decode.index][register] == nil ? " (not there)" : ""
            decode.interrupt(
                phase,
                DecodeCause(
                    "Linux sizes \(register)\(what)", source: "drivers/pci/probe.c@Linux 6.1 __pci_read_base"))
        }
        sizeVirtualFunctions(&decode, phase)
    }

    /// With decode on, a BAR that holds ones is nowhere, or a 64-bit one somewhere else, until it holds its address again.
    ///
    /// Source: drivers/pci/quirks.c@Linux 6.1 `quirk_mmio_always_on`, drivers/pci/probe.c `__pci_read_base`; from 6.14 on
    /// `__pci_size_bars`. Recorded: a host bridge of the vfio-user server's.
    private func sizeWhileOn(_ decode: inout FunctionDecode, _ phase: BootPhase) {
        for bar in tree.functions[decode.index].bars where bar.index != .rom {
            decode.sizeWhileOn(
                bar, phase,
                DecodeCause(
                    "Linux sizes \(bar.index) of a host bridge without switching it off",
                    source: "drivers/pci/quirks.c@Linux 6.1 quirk_mmio_always_on"))
        }
    }

    /// The registers for BARs of virtual functions are sized like others, though nothing of them decodes.
    ///
    /// Source: drivers/pci/iov.c@Linux 6.12 `sriov_init`.
    private func sizeVirtualFunctions(_ decode: inout FunctionDecode, _ phase: BootPhase) {
        let registers = VirtualFunctions.registers(of: decode.index, in: tree)
        guard !registers.isEmpty else { return }
        for _ in 0..<(6 - registers.count) {
            decode.interrupt(
                phase,
                DecodeCause(
                    "Linux sizes a BAR of virtual functions", source: "drivers/pci/iov.c@Linux 6.12 sriov_init"))
        }
    }

    /// A 64-bit BAR cannot be written in one go, so memory goes off around it.
    ///
    /// Source: drivers/pci/setup-res.c@Linux 6.1 `pci_std_update_resource`.
    func write(_ decode: inout FunctionDecode, _ update: LinuxAssignment.Update, _ phase: BootPhase) {
        let cause = DecodeCause(
            "Linux finds another address for \(update.bar)",
            source: "drivers/pci/setup-res.c@Linux 6.1 pci_std_update_resource")
        let memory = decode.decodesMemory
        if update.is64Bit { decode.set(memory: false, phase, cause) }
        decode.write(update.bar, update.address, phase, cause)
        if update.is64Bit { decode.set(memory: memory, phase, cause) }
    }
}
