package import BerthStack

/// The generation number that QEMU derives from a device id, which decides what its IGD code does.
///
/// Source: `igd_gen` in hw/vfio/igd.c of each era. It differs from Intel's numbering and has holes:
/// 9.2 refuses parts that 9.1 took for gen 8.
package enum QEMUGeneration {
    /// -1 for a device QEMU does not take for a supported IGD.
    package static func of(device: UInt16, era: QEMUEra) -> Int {
        // Broxton first: its prefix 0x0a belongs to Haswell.
        if device & (era >= .v10_0 ? 0xffe : 0xfff) == 0xa84 { return era >= .v10_0 ? 9 : 8 }
        let row = table[device & 0xff00]
        switch era {
        case .v2_7: return row?.old ?? 8
        case .v9_2: return row?.v9_2 ?? -1
        case .v10_0, .v10_1: return row?.v10 ?? -1
        }
    }

    private static let table: [UInt16: (old: Int, v9_2: Int, v10: Int)] = {
        var table: [UInt16: (old: Int, v9_2: Int, v10: Int)] = [:]
        for prefix: UInt16 in [0x0000, 0x2500, 0x2700, 0x2900, 0x2a00, 0x2e00, 0x3500, 0xa000] {
            table[prefix] = (-1, -1, -1)
        }
        table[0x0100] = (6, 6, 6)
        for prefix: UInt16 in [0x0400, 0x0a00, 0x0c00, 0x0d00, 0x0f00] { table[prefix] = (6, 6, 7) }
        for prefix: UInt16 in [0x1600, 0x2200] { table[prefix] = (8, 8, 8) }
        for prefix: UInt16 in [0x1900, 0x5900] { table[prefix] = (8, 8, 9) }
        table[0x3e00] = (8, 9, 9)
        for prefix: UInt16 in [0x3100, 0x9b00] { table[prefix] = (8, -1, 9) }
        for prefix: UInt16 in [0x8a00, 0x4e00] { table[prefix] = (8, -1, 11) }
        table[0x4500] = (8, 11, 11)
        table[0x9a00] = (8, 12, 12)
        for prefix: UInt16 in [0x4c00, 0x4600, 0xa700] { table[prefix] = (8, -1, 12) }
        return table
    }()
}
