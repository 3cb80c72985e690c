import BerthIGD
import BerthPCI
import BerthTopology
package import BerthVFIOUser
import Synchronization

/// An Intel display without an engine: identity, BARs and registers of the real one, and a log of who touched what.
///
/// It shows the interrupts of a real one and raises none. Registers behind BAR 0 hold what was written last, and 0 before; the
/// aperture is memory; ports hold nothing.
package struct StandInDisplay: FunctionBehaviour, SilentInterrupts {
    package let log = AccessLog()
    package let hasPin = true
    package let hasMSI = true
    private var registers: FunctionRegisters
    private let bars: [BAR]
    private var aperture: SharedMemory?
    private var behindBAR0: [UInt64: UInt8] = [:]

    /// The upper half of BAR 0 is the table of pages of the aperture, which a driver fills: too much to keep a log of.
    private static let tableOffset: UInt64 = 8 << 20

    init(_ igd: IGDAssignment, shownClass: ClassCode, _ display: DisplayRegisters) {
        registers = FunctionRegisters(
            .init(
                vendor: igd.shownVendor, device: igd.device, subsystemVendor: igd.shownVendor, subsystem: igd.device,
                classCode: shownClass.rawValue, revision: igd.revision))
        bars = igd.bars.filter { $0.index != .rom }
        for bar in bars { try? registers.setBAR(bar.index.position, bar.kind.served, size: bar.kind.size.rawValue) }
        registers.setPin()
        registers.setMSI(at: Self.placeOfMSI(igd))
        for offset in Set(display.presets.keys).union(display.writable.keys) {
            registers.set(display.presets[offset] ?? 0, at: offset, writable: display.writable[offset] ?? 0)
        }
    }

    /// Source: `lspci -vvxxxx` of a Skylake ([ac] MSI) and of a GM965 (05 at 0x90), whose successors up to Broadwell have it there, too.
    private static func placeOfMSI(_ igd: IGDAssignment) -> Int {
        guard let generation = igd.platform?.generation else { return 0xac }
        return generation < .gen9 ? 0x90 : 0xac
    }

    package mutating func attach() throws(FunctionError) {
        registers.reset()
        behindBAR0 = [:]
        if let bar = bars.first(where: { $0.index == .bar(2) }) {
            aperture = try SharedMemory(size: bar.kind.size.rawValue)
        }
    }

    package mutating func reset() {
        registers.reset()
        behindBAR0 = [:]
    }

    package mutating func detach() { aperture = nil }

    package func region(_ index: FunctionRegion.Index) -> FunctionRegion {
        switch index {
        case .configuration: return .trapped(size: registers.size, isWritable: true)
        case .bar2: return aperture.map { .mapped($0) } ?? .absent
        case .rom, .vga: return .absent
        default:
            guard let bar = bars.first(where: { $0.index.position == Int(index.rawValue) }) else { return .absent }
            return .trapped(size: bar.kind.size.rawValue, isWritable: true)
        }
    }

    package mutating func read(_ index: FunctionRegion.Index, at offset: UInt64, count: Int) -> [UInt8] {
        let bytes: [UInt8] =
            switch index {
            case .configuration: registers.read(at: offset, count: count)
            case .bar0: (0..<UInt64(count)).map { behindBAR0[offset + $0] ?? 0 }
            default: [UInt8](repeating: 0, count: count)
            }
        log.add(.init(region: index, offset: offset, isWrite: false, value: Self.value(bytes)))
        return bytes
    }

    package mutating func write(_ bytes: [UInt8], to index: FunctionRegion.Index, at offset: UInt64) {
        log.add(.init(region: index, offset: offset, isWrite: true, value: Self.value(bytes)))
        switch index {
        case .configuration: registers.write(bytes, at: offset)
        case .bar0 where offset < Self.tableOffset:
            store(bytes, at: offset)
            if let answer = Self.wakeAnswers[offset], bytes.count == 4 { wake(bytes, answer) }
        default: break
        }
    }

    private mutating func store(_ bytes: [UInt8], at offset: UInt64) {
        for (step, byte) in bytes.enumerated() { behindBAR0[offset + UInt64(step)] = byte }
    }

    /// Requests to wake a part of the display, and where it says that it is awake: generations 7 to 10.
    ///
    /// Source: `FORCEWAKE_*` in drivers/gpu/drm/i915/i915_reg.h and intel_uncore_regs.h @ Linux 6.1. A driver waits for nothing else so
    /// long, and would come no further.
    private static let wakeAnswers: [UInt64: UInt64] = [0xa188: 0x13_0044, 0xa278: 0xd84, 0xa270: 0xd88]

    /// The upper half says which bits of the lower one count.
    private mutating func wake(_ bytes: [UInt8], _ answer: UInt64) {
        for step in 0..<2 {
            let known = behindBAR0[answer + UInt64(step)] ?? 0
            store([known & ~bytes[step + 2] | bytes[step] & bytes[step + 2]], at: answer + UInt64(step))
        }
    }

    private static func value(_ bytes: [UInt8]) -> UInt64 {
        bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// What was read from and written to a stand-in. Whoever serves adds, whoever reports reads.
package final class AccessLog: Sendable {
    package struct Access: Hashable, Sendable {
        package var region: FunctionRegion.Index
        package var offset: UInt64
        package var isWrite: Bool
        package var value: UInt64

        package init(region: FunctionRegion.Index, offset: UInt64, isWrite: Bool, value: UInt64) {
            self.region = region
            self.offset = offset
            self.isWrite = isWrite
            self.value = value
        }
    }

    /// More are counted and not kept.
    private static let most = 20_000

    private struct State {
        var accesses: [Access] = []
        var count = 0
        /// How many there were when somebody marked the place.
        var mark = 0
    }
    private let state = Mutex(State())

    func add(_ access: Access) {
        state.withLock { state in
            state.count += 1
            if state.accesses.count < Self.most { state.accesses.append(access) }
        }
    }

    /// From here on somebody else is at work.
    func mark() { state.withLock { $0.mark = $0.accesses.count } }

    package var all: [Access] { state.withLock { $0.accesses } }
    package var sinceMark: [Access] { state.withLock { Array($0.accesses[$0.mark...]) } }
    package var count: Int { state.withLock { $0.count } }
}

extension BARKind {
    /// The same in the server's words.
    var served: FunctionRegisters.BARKind {
        switch self {
        case .io: .io
        case .memory32(_, let prefetchable): .memory32(prefetchable: prefetchable)
        case .memory64(_, let prefetchable): .memory64(prefetchable: prefetchable)
        }
    }
}
