/// A function without behaviour whose BARs have memory behind them: the carrier of regions that nothing else in a guest carries.
///
/// Each client gets memory of its own, so no guest sees what the last one left. Contents outlive a reset of the machine, as those of
/// RAM do; a BAR that begins with given contents begins with them again.
public struct CarrierFunction: FunctionBehaviour {
    /// One BAR and what is behind it.
    public struct BAR: Sendable, Hashable {
        /// 0 to 5.
        public var number: Int
        /// In bytes; a power of two, at least 4096 where the guest writes to it.
        public var size: UInt64
        /// Memory, of 32 or 64 bits.
        public var kind: FunctionRegisters.BARKind
        /// What it begins with; zeros after it.
        public var contents: [UInt8]
        /// Whether the guest can change the contents. Where it cannot, each of its reads is a message.
        public var isWritable: Bool

        /// A BAR that the guest reads and writes, unless told otherwise.
        public init(
            _ number: Int, size: UInt64, _ kind: FunctionRegisters.BARKind = .memory32(prefetchable: true),
            contents: [UInt8] = [], isWritable: Bool = true
        ) {
            self.number = number
            self.size = size
            self.kind = kind
            self.contents = contents
            self.isWritable = isWritable
        }
    }

    private var registers: FunctionRegisters
    private let bars: [BAR]
    private let rom: [UInt8]
    /// By number of the BAR, while a client is there.
    private var memory: [Int: SharedMemory] = [:]

    /// Errors: BARs that PCI does not have, that overlap, that a client cannot map, or that need more memory than the machine has;
    /// contents larger than their BAR; an option ROM without the signature 55 AA or of more than 16 MiB.
    public init(_ identity: FunctionRegisters.Identity, bars: [BAR], rom: [UInt8] = []) throws(FunctionError) {
        registers = FunctionRegisters(identity)
        self.bars = bars
        var taken: Set<Int> = []
        for bar in bars {
            try registers.setBAR(bar.number, bar.kind, size: bar.size)
            try Self.check(bar)
            for number in Self.numbers(bar) where !taken.insert(number).inserted {
                throw .bar(number, "given twice; a BAR of 64 bits takes the next one, too")
            }
        }
        try SharedMemory.check(bars.reduce(0) { $0.addingReportingOverflow($1.size).partialValue })
        self.rom = try Self.padded(rom)
        if !rom.isEmpty { registers.setROM(size: UInt64(self.rom.count)) }
    }

    private static func numbers(_ bar: BAR) -> [Int] {
        if case .memory64 = bar.kind { [bar.number, bar.number + 1] } else { [bar.number] }
    }

    private static func check(_ bar: BAR) throws(FunctionError) {
        if case .io = bar.kind { throw .bar(bar.number, "memory cannot lie behind an I/O BAR") }
        guard bar.size >= 4096 || !bar.isWritable else {
            throw .bar(bar.number, "\(bar.size) bytes; a client maps whole pages of 4096")
        }
        guard UInt64(bar.contents.count) <= bar.size else {
            throw .bar(bar.number, "\(bar.contents.count) bytes of contents do not fit into \(bar.size)")
        }
    }

    /// To a power of two, at least 2048: fewer bits than that the register does not have.
    private static func padded(_ rom: [UInt8]) throws(FunctionError) -> [UInt8] {
        guard !rom.isEmpty else { return [] }
        guard rom.starts(with: [0x55, 0xaa]) else { throw .description("no option ROM: it does not begin with 55 AA") }
        guard rom.count <= 16 << 20 else {
            throw .description("an option ROM has at most 16 MiB, not \(rom.count) bytes")
        }
        var size = 2048
        while size < rom.count { size *= 2 }
        return rom + [UInt8](repeating: 0xff, count: size - rom.count)
    }

    /// Configuration space as after power-on, and memory that nobody has seen.
    public mutating func attach() throws(FunctionError) {
        registers.reset()
        memory = [:]
        for bar in bars where bar.isWritable { memory[bar.number] = try SharedMemory(size: bar.size) }
        fill()
    }

    /// Configuration space as after power-on; memory stays, but for what begins with given contents.
    public mutating func reset() {
        registers.reset()
        fill()
    }

    private func fill() {
        for bar in bars where !bar.contents.isEmpty { memory[bar.number]?.write(bar.contents, at: 0) }
    }

    /// Lets go of the memory.
    public mutating func detach() { memory = [:] }

    /// BARs, the option ROM if there is one, configuration space.
    public func region(_ index: FunctionRegion.Index) -> FunctionRegion {
        switch index {
        case .configuration: .trapped(size: registers.size, isWritable: true)
        case .rom: rom.isEmpty ? .absent : .trapped(size: UInt64(rom.count), isWritable: false)
        case .vga: .absent
        default: region(of: bar(index))
        }
    }

    private func bar(_ index: FunctionRegion.Index) -> BAR? { bars.first { $0.number == Int(index.rawValue) } }

    private func region(of bar: BAR?) -> FunctionRegion {
        guard let bar else { return .absent }
        if let memory = memory[bar.number] { return .mapped(memory) }
        return .trapped(size: bar.size, isWritable: false)
    }

    /// Configuration space, the ROM, or a BAR that the guest cannot write to.
    public mutating func read(_ index: FunctionRegion.Index, at offset: UInt64, count: Int) -> [UInt8] {
        switch index {
        case .configuration: registers.read(at: offset, count: count)
        case .rom: Self.part(of: rom, at: offset, count: count)
        default: Self.part(of: bar(index)?.contents ?? [], at: offset, count: count)
        }
    }

    private static func part(of bytes: [UInt8], at offset: UInt64, count: Int) -> [UInt8] {
        guard let start = Int(exactly: offset), start < bytes.count else { return [] }
        return Array(bytes[start...].prefix(count))
    }

    /// Configuration space, as far as it can be written.
    public mutating func write(_ bytes: [UInt8], to index: FunctionRegion.Index, at offset: UInt64) {
        if index == .configuration { registers.write(bytes, at: offset) }
    }
}
