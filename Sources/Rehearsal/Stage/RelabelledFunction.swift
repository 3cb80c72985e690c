import BerthPCI
import BerthTopology
import BerthVFIOUser
import FoundationEssentials
import Glibc

/// A function of QEMU's own that shows another identity, by a change of the configuration space that QEMU holds for it.
///
/// It is looked for in the memory of the QEMU that was started for it, and in nobody else's. So that it is surely that function, a
/// number that nobody else has is written into its configuration space first, through the ports 0xcf8 and 0xcfc.
struct RelabelledFunction: Sendable {
    private let devfn: UInt8
    /// Whether it is on bus 0, where configuration space is within reach before any firmware ran.
    private let isOnRootBus: Bool
    private let from: (vendor: UInt16, device: UInt16)
    private let vendor: UInt16
    private let device: UInt16
    private let classCode: UInt32?
    private let presets: [Int: UInt32]

    /// Free for any use behind the header of a function without capabilities.
    private static let markOffset = 0x80

    init(
        _ function: Device, from: (UInt16, UInt16), vendor: UInt16, device: UInt16, on guest: GuestTopology
    ) {
        devfn = function.slot.devfn
        isOnRootBus = function.slot.bus == guest.rootBus
        self.from = from
        self.vendor = vendor
        self.device = device
        classCode = function.identity?.classCode?.rawValue
        presets = function.presets
    }

    /// Errors: the function is not found, or more than one that could be it.
    func apply(_ monitor: inout QMPSession, _ process: pid_t) async throws {
        // Without a zero in front, of which memory is full.
        let mark = [UInt32.random(in: 0 ... .max) | 0x81, UInt32.random(in: 0 ... .max)]
        if isOnRootBus {
            for (index, word) in mark.enumerated() {
                try await monitor.write(0, devfn, at: Self.markOffset + 4 * index, word)
            }
        }
        guard let memory = Descriptor("/proc/\(process)/mem", O_RDWR | O_CLOEXEC) else {
            throw GuestRun.Failure.crashed("its memory cannot be read: \(String(cString: strerror(errno)))")
        }
        let found = Self.ranges(of: process).flatMap { positions(in: memory, $0, isOnRootBus ? mark : nil) }
        guard found.count == 1, let at = found.first else {
            throw GuestRun.Failure.crashed(
                "\(found.count) functions of it look like the one that stands for another, which keeps its identity")
        }
        Self.write([vendor, device].flatMap(Self.bytes), to: memory, at: at)
        if let classCode { Self.write(Array(Self.bytes(classCode).prefix(3)), to: memory, at: at + 9) }
        for word in mark.indices { Self.write([0, 0, 0, 0], to: memory, at: at + Self.markOffset + 4 * word) }
        for (offset, value) in presets { Self.write(Self.bytes(value), to: memory, at: at + offset) }
    }

    private static func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func write(_ bytes: [UInt8], to memory: Descriptor, at offset: Int) {
        _ = bytes.withUnsafeBytes { pwrite(memory.number, $0.baseAddress, $0.count, off_t(offset)) }
    }

    /// Private memory that can be written, as far as it is not guest memory, which is larger.
    private static func ranges(of process: pid_t) -> [Range<Int>] {
        guard let maps = try? Data(contentsOf: URL(filePath: "/proc/\(process)/maps")) else { return [] }
        return String(decoding: maps, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(separator: " ")
            guard words.count >= 5, words[1] == "rw-p", words[4] == "0" else { return nil }
            let ends = words[0].split(separator: "-").compactMap { Int($0, radix: 16) }
            guard ends.count == 2, ends[1] > ends[0], ends[1] - ends[0] <= 256 << 20 else { return nil }
            return ends[0]..<ends[1]
        }
    }

    /// Where configuration spaces of such a function begin: its identity, a header of type 0, the mark behind it.
    private func positions(in memory: Descriptor, _ range: Range<Int>, _ mark: [UInt32]?) -> [Int] {
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            count = max(0, pread(memory.number, buffer.baseAddress, range.count, off_t(range.lowerBound)))
        }
        let tail = mark.map { $0.flatMap(Self.bytes) }
        let head = [from.vendor, from.device].flatMap(Self.bytes)
        // The mark is unique, the identity of a function without one is four zeros: the mark is what is looked for.
        let (needle, offset) = tail.map { ($0, Self.markOffset) } ?? (head, 0)
        return Self.positions(of: needle, in: bytes).compactMap { at in
            let start = at - offset
            guard start >= 0, start + 256 <= bytes.count, Array(bytes[start..<start + 4]) == head,
                bytes[start + 14] & 0x7f == 0
            else { return nil }
            return range.lowerBound + start
        }
    }

    private static func positions(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = needle.first else { return [] }
        return bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return [] }
            var found: [Int] = []
            var at = 0
            while at + needle.count <= all.count,
                let hit = memchr(base + at, Int32(first), all.count - needle.count + 1 - at)
            {
                let position = UnsafeRawPointer(hit) - base
                if all[position..<position + needle.count].elementsEqual(needle) { found.append(position) }
                at = position + 1
            }
            return found
        }
    }
}
