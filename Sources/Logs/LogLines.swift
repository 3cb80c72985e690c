/// Cuts a stream of bytes into lines, in memory that does not grow with it.
///
/// What a terminal or an editor left in them goes: carriage returns, colours, the byte order mark, the zeros of UTF-16.
struct LogLines {
    /// Of a line that is longer the rest is passed over; no message that anybody prints is.
    static let longest = 4096

    private var line: [UInt8] = []
    private var isCut = false
    private var isFirst = true
    /// UTF-16 with a byte order mark: every other byte is left out, which leaves what is ASCII.
    private var wide: Wide?
    private var isOddByte = false
    private var isInEscape = false
    private(set) var cut = 0
    /// Zero bytes outside of UTF-16, which no log has.
    private(set) var zeros = 0

    private enum Wide { case little, big }

    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ take: ([UInt8]) -> Void) {
        var bytes = bytes[...]
        if isFirst {
            isFirst = false
            if bytes.starts(with: [0xff, 0xfe]) { wide = .little }
            if bytes.starts(with: [0xfe, 0xff]) { wide = .big }
            if wide != nil { bytes = bytes.dropFirst(2) }
            if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
        }
        guard wide == nil else {
            for byte in bytes {
                isOddByte.toggle()
                if isOddByte != (wide == .big) { add(byte, take) }
            }
            return
        }
        // Runs of what is text at once.
        var start = bytes.startIndex
        for place in bytes.indices {
            guard isInEscape || bytes[place] < 0x20 && bytes[place] != 0x09 else { continue }
            append(bytes[start..<place])
            add(bytes[place], take)
            start = place + 1
        }
        append(bytes[start...])
    }

    private mutating func append(_ run: Slice<UnsafeRawBufferPointer>) {
        let room = Self.longest - line.count
        line += run.prefix(room)
        if run.count > room { isCut = true }
    }

    mutating func finish(_ take: ([UInt8]) -> Void) {
        if !line.isEmpty || isCut { end(take) }
    }

    private mutating func add(_ byte: UInt8, _ take: ([UInt8]) -> Void) {
        switch byte {
        case 0x0a: end(take)
        case 0x0d: break
        case 0x1b: isInEscape = true
        case _ where isInEscape:
            // A colour ends with a letter.
            if (0x40...0x7e).contains(byte), byte != 0x5b { isInEscape = false }
        case 0: zeros += 1
        case _ where line.count < Self.longest: line.append(byte)
        default: isCut = true
        }
    }

    private mutating func end(_ take: ([UInt8]) -> Void) {
        if isCut { cut += 1 }
        isCut = false
        isInEscape = false
        take(line)
        line.removeAll(keepingCapacity: true)
    }
}
