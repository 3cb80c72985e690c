/// A guest drawn at random, as arguments for QEMU; the same seed always draws the same guest of a kind.
package struct RandomGuest: Sendable {
    /// What guests have most of.
    package enum Kind: String, Sendable, CaseIterable {
        /// A bit of everything.
        case any
        /// Bridges that reserve bus numbers, fewer than are behind them or more than there are.
        case buses
        /// Bridges that reserve ports and memory, none among it.
        case windows
    }

    package let kind: Kind
    package let seed: UInt64
    /// `seabios` for even seeds, `ovmf` for odd ones, so that consecutive seeds are half and half.
    package let firmware: String
    package let machine: String
    package let memory: String
    package let arguments: [String]

    package init(seed: UInt64, kind: Kind = .any) {
        self.kind = kind
        self.seed = seed
        firmware = seed.isMultiple(of: 2) ? "seabios" : "ovmf"
        var dice = Dice(seed)
        let isExpress = dice.chance(60)
        let usb = dice.chance(15)
        machine = Self.drawMachine(isExpress: isExpress, usb: usb, &dice)
        memory = Self.drawMemory(&dice)
        var plan = DevicePlan(kind, isExpress: isExpress, usb: usb)
        plan.draw(&dice)
        let processor = dice.chance(10) ? ["-cpu", "qemu64,vendor=GenuineIntel"] : []
        arguments = processor + plan.arguments(&dice)
    }

    /// Everything that starts this guest, beside firmware and monitor.
    package var commandLine: [String] { ["-machine", machine, "-m", memory] + arguments }

    /// An input for the recorder, one line.
    package var recordedCase: String {
        let words = arguments.map { "\"\($0)\"" }.joined(separator: ", ")
        return
            "{\"machine\": \"\(machine)\", \"firmware\": \"\(firmware)\", \"memory\": \"\(memory)\", \"arguments\": [\(words)]}"
    }

    private static func drawMachine(isExpress: Bool, usb: Bool, _ dice: inout Dice) -> String {
        var text = isExpress ? "q35" : "pc"
        if dice.chance(12) { text += ",max-ram-below-4g=\(dice.pick(isExpress ? ["1G", "2G"] : ["1G", "2G", "3G"]))" }
        if usb { text += ",usb=on" }
        return text
    }

    private static func drawMemory(_ dice: inout Dice) -> String {
        let size = dice.pick([512, 768, 1024, 1536, 2048, 2560, 2816, 3072, 3328, 3584, 4096, 6144, 8192, 12288])
        guard dice.chance(10) else { return "\(size)" }
        return "\(size)M,slots=\(dice.pick([1, 2, 4])),maxmem=\(size + dice.pick([1024, 4096, 16384, 65536]))M"
    }
}

/// Draws that read like sentences.
struct Dice {
    private var generator: Seeded

    init(_ seed: UInt64) {
        generator = Seeded(seed)
        // Neighbouring seeds differ in their first numbers only a little: SplitMix64 is used to being mixed.
        _ = generator.next()
    }

    mutating func chance(_ percent: Int) -> Bool { number(0..<100) < percent }
    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0..<values.count)] }

    mutating func shuffled<Value>(_ values: [Value]) -> [Value] { values.shuffled(using: &generator) }

    mutating func take<Value>(from values: inout [Value]) -> Value { values.remove(at: number(0..<values.count)) }
}
