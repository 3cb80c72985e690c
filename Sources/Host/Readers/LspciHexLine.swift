import BerthDiagnostics

/// A line of a hex dump: `40: 09 70 0c 01 ...`, an offset and 16 bytes.
enum LspciHexLine {
    /// The 16 bytes. `name` is the first field without its colon, `known` the number of bytes read so far.
    static func read(_ line: TextLine, name: ArraySlice<UInt8>, known: Int) throws(InputError) -> [UInt8] {
        guard !name.isEmpty, name.count <= 8, name.allSatisfy({ digit($0) != nil }),
            let offset = Int(String(decoding: name, as: UTF8.self), radix: 16)
        else {
            throw InputError(notAnOffset(name), rule: "host-dump-offset", at: line.location(name.startIndex))
        }
        guard offset < 4096 else {
            throw InputError(beyond(offset), rule: "host-dump-offset", at: line.location(name.startIndex))
        }
        guard offset == known else {
            throw InputError(outOfOrder(offset, known), rule: "host-dump-offset", at: line.location(name.startIndex))
        }
        var bytes: [UInt8] = []
        for field in line.fields(from: name.endIndex + 1) {
            guard bytes.count < 16 else {
                throw InputError(tooMany(offset), rule: "host-dump-bytes", at: line.location(field.startIndex))
            }
            guard field.count == 2, let high = digit(field[field.startIndex]),
                let low = digit(field[field.endIndex - 1])
            else {
                throw InputError(notAByte(field), rule: "host-dump-bytes", at: line.location(field.startIndex))
            }
            bytes.append(high << 4 | low)
        }
        guard bytes.count == 16 else {
            throw InputError(
                tooFew(offset, bytes.count), rule: "host-dump-bytes", at: line.location(line.bytes.endIndex))
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

private func notAnOffset(_ name: ArraySlice<UInt8>) -> String {
    "found \(quoted(name)) before a colon, expected the offset of a hex line ('40:') or a PCI address; "
        + "give the output of 'lspci -xxx' unchanged"
}

private func beyond(_ offset: Int) -> String {
    "offset \(Hexadecimal.string(offset)) lies outside configuration space, which ends at 0xfff"
}

private func outOfOrder(_ offset: Int, _ known: Int) -> String {
    "found the bytes at offset \(Hexadecimal.string(offset)), expected those at \(Hexadecimal.string(known)); "
        + "a line is missing, doubled or moved: dump the function again"
}

private func tooMany(_ offset: Int) -> String {
    "the line at offset \(Hexadecimal.string(offset)) has more than 16 bytes; remove what follows the sixteenth"
}

private func tooFew(_ offset: Int, _ found: Int) -> String {
    "the line at offset \(Hexadecimal.string(offset)) has \(found) of 16 bytes; the dump was cut: dump it again"
}

private func notAByte(_ field: ArraySlice<UInt8>) -> String {
    "found \(quoted(field)), expected a byte of two hexadecimal digits"
}
