import BerthDiagnostics

/// What can be wrong with the set of BARs of one function (PCI 3.0 §6.2.5; QEMU `pci_register_bar`).
package enum BARLayoutViolation: Hashable, Sendable, CustomStringConvertible {
    case sizeNotPowerOfTwo(BARIndex, ByteCount)
    case belowMinimum(BARIndex, ByteCount, minimum: ByteCount)
    case aboveMaximum(BARIndex, ByteCount, maximum: ByteCount)
    case noSuchRegister(BARIndex, HeaderType)
    case registerUsedTwice(BARIndex)
    /// A 64-bit BAR needs the next register, too.
    case noRoomForUpperHalf(BARIndex)

    package var description: String {
        switch self {
        case .sizeNotPowerOfTwo(let index, let size):
            let next = size.roundedUpToPowerOfTwo.map { "; the next power of two is \($0)" } ?? ""
            return "\(index) has \(size), which is not a power of two\(next)"
        case .belowMinimum(let index, let size, let minimum): return "\(index) has \(size), the least is \(minimum)"
        case .aboveMaximum(let index, let size, let maximum): return "\(index) has \(size), the most is \(maximum)"
        case .noSuchRegister(let index, let header):
            return "\(index) does not exist; the function has registers 0 to \(header.registerCount - 1)"
        case .registerUsedTwice(let index): return "\(index) is used twice"
        case .noRoomForUpperHalf(let index):
            return "\(index) is 64 bits wide, but the next register is taken or missing"
        }
    }
}

extension BARLayoutViolation {
    /// Everything wrong with the BARs of one function, in register order.
    package static func check(_ bars: [BAR], header: HeaderType) -> [BARLayoutViolation] {
        var violations: [BARLayoutViolation] = []
        var used = Registers()
        for bar in bars.sorted(by: { $0.index < $1.index }) {
            violations += check(bar)
            guard case .bar(let index) = bar.index else {
                if !used.insert(bar.index.position) { violations.append(.registerUsedTwice(.rom)) }
                continue
            }
            guard (0..<header.registerCount).contains(index) else {
                violations.append(.noSuchRegister(bar.index, header))
                continue
            }
            if !used.insert(index) { violations.append(.registerUsedTwice(bar.index)) }
            if bar.kind.is64Bit, index + 1 >= header.registerCount || !used.insert(index + 1) {
                violations.append(.noRoomForUpperHalf(bar.index))
            }
        }
        return violations
    }

    /// A set of register positions, 0 to 6.
    private struct Registers {
        private var bits: UInt8 = 0

        /// False if the register is there already.
        mutating func insert(_ position: Int) -> Bool {
            defer { bits |= 1 << UInt8(position) }
            return bits & 1 << UInt8(position) == 0
        }
    }

    private static func check(_ bar: BAR) -> [BARLayoutViolation] {
        let (least, most): (UInt64, UInt64) =
            switch bar.kind {
            case .io: (4, 1 << 16)
            // pvpanic-pci has a BAR of two bytes, so QEMU's floor is below the specification's 16.
            case .memory32: (bar.index == .rom ? 0x800 : 1, bar.index == .rom ? 1 << 24 : 1 << 31)
            // No x86 processor names more than 2^52 bytes; of those a BAR takes half at most, for the other half has RAM.
            case .memory64: (1, 1 << 51)
            }
        if !bar.kind.size.isPowerOfTwo { return [.sizeNotPowerOfTwo(bar.index, bar.kind.size)] }
        if bar.kind.size.rawValue < least {
            return [.belowMinimum(bar.index, bar.kind.size, minimum: ByteCount(least))]
        }
        if bar.kind.size.rawValue > most {
            return [.aboveMaximum(bar.index, bar.kind.size, maximum: ByteCount(most))]
        }
        return []
    }
}
