import Glibc

/// Lines of standard input, as many as are there, and no more than fit a window.
struct LineInput {
    enum Line: Sendable {
        case whole([UInt8])
        /// Longer than what is read; how many bytes it had.
        case tooLong(Int)
    }

    /// The longest line that is read.
    static let longest = 64 << 20
    /// How many bytes of lines are worked on at once.
    private static let window = 16 << 20

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// How much of the buffer was given out, and how much of it has no end of a line.
    private var start = 0
    private var searched = 0
    private var skipped = 0
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next lines, at the most `count`; empty at the end, and when `isStopped` says so.
    ///
    /// Errors: what cannot be read, as errno has it.
    mutating func next(_ count: Int, isStopped: () -> Bool) throws(ReadFailure) -> [Line] {
        var lines: [Line] = []
        var bytes = 0
        while lines.count < count, bytes < Self.window {
            if let line = cut() {
                if case .whole(let content) = line { bytes += content.count }
                lines.append(line)
                continue
            }
            if isAtEnd {
                if let last = rest() { lines.append(last) }
                break
            }
            // Whoever waits for an answer before the next request gets it.
            guard ready(lines.isEmpty ? 200 : 1) else {
                if isStopped() || !lines.isEmpty { break }
                continue
            }
            try fill()
            if isStopped() { break }
        }
        return lines
    }

    struct ReadFailure: Error { var code: Int32 }

    private mutating func cut() -> Line? {
        guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.count
            if buffer.count - start > Self.longest {
                skipped += buffer.count - start
                buffer.removeAll(keepingCapacity: false)
                (start, searched) = (0, 0)
            }
            return nil
        }
        let line = buffer[start..<end]
        defer { (start, searched) = (end + 1, end + 1) }
        if skipped + line.count > Self.longest {
            defer { skipped = 0 }
            return .tooLong(skipped + line.count)
        }
        return .whole(Array(line))
    }

    /// What follows the last end of a line.
    private mutating func rest() -> Line? {
        let line = Array(buffer[start...])
        buffer = []
        (start, searched) = (0, 0)
        if skipped + line.count > Self.longest {
            defer { skipped = 0 }
            return .tooLong(skipped + line.count)
        }
        return line.isEmpty ? nil : .whole(line)
    }

    private func ready(_ milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    private mutating func fill() throws(ReadFailure) {
        if start > 0 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        let size = 1 << 18
        let count = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: size))
        let found = buffer.withUnsafeMutableBytes { bytes in
            read(descriptor, bytes.baseAddress.map { $0 + count }, size)
        }
        let code = errno
        buffer.removeLast(size - max(0, found))
        if found == 0 { isAtEnd = true }
        if found < 0, code != EINTR, code != EAGAIN { throw ReadFailure(code: code) }
    }
}
