package import BerthDiagnostics
import BerthPCI

/// Reads a copy of `/proc/cpuinfo`, or what `lscpu` prints, for the width of physical addresses.
package enum ProcessorDump {
    /// Throws for text that is no such copy.
    package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostInventory {
        var bits: Int?
        var hasPages: Bool?
        for line in try TextInput(bytes, file: file, expected: "a copy of /proc/cpuinfo") {
            guard let (name, value) = field(line) else { continue }
            // "39 bits physical, 48 bits virtual", whatever lscpu calls it in the language of its user
            if isWidth(value), let first = value.split(separator: " ").first, let number = Int(first),
                (32...52).contains(number)
            {
                bits = bits ?? number
            }
            if name == "flags" || value.hasPrefix("fpu vme de pse ") {
                hasPages = hasPages ?? value.split(separator: " ").contains("pdpe1gb")
            }
        }
        guard let bits else {
            let note = Finding(.note, silent, rule: "host-file", at: SourceLocation(file: file))
            return HostInventory(functions: [], findings: [note])
        }
        return HostInventory(
            functions: [], processor: HostProcessor(physicalAddressBits: bits, hasGiantPages: hasPages))
    }

    /// A field that only these two have.
    static func isField(_ line: TextLine) -> Bool {
        guard let (name, value) = field(line) else { return false }
        return ["vendor_id", "vendor id", "address sizes", "cpu family"].contains(name) || value == "GenuineIntel"
            || isWidth(value)
    }

    private static func isWidth(_ value: String) -> Bool {
        let words = value.split(separator: " ")
        return words.count >= 3 && Int(words[0]) != nil && words[1] == "bits" && words[2].hasPrefix("physical")
    }

    /// `address sizes\t: 39 bits physical`, in lower case.
    private static func field(_ line: TextLine) -> (name: String, value: String)? {
        guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let text = { (bytes: ArraySlice<UInt8>) in
            let isOutside: (UInt8) -> Bool = { !TextLine.isSpace($0) }
            let start = bytes.firstIndex(where: isOutside) ?? bytes.endIndex
            let end = bytes.lastIndex(where: isOutside).map { $0 + 1 } ?? start
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
        return (text(line.bytes[..<colon]).lowercased(), text(line.bytes[(colon + 1)...]))
    }
}

private let silent = "left out: it does not say how wide physical addresses are"
