package import BerthBoot

/// What SeaBIOS writes to the debug port.
package enum SeaBIOSLog {
    /// `1.16.2-debian-1.16.2-1` of `SeaBIOS (version 1.16.2-debian-1.16.2-1)`; nil where the first line says something else.
    package static func release(_ log: String) -> String? {
        guard let line = log.split(whereSeparator: \.isNewline).first,
            let start = line.firstRange(of: "SeaBIOS (version ")
        else { return nil }
        return String(line[start.upperBound...].prefix { $0 != ")" })
    }

    /// The map that is handed over, from the last time it was printed.
    ///
    /// Source: `dump_map` in src/e820map.c @ SeaBIOS 1.16.2.
    package static func memoryMap(_ log: String) -> [Observation.MemoryRange] {
        var map: [Observation.MemoryRange] = []
        for line in log.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("e820 map has") { map = [] }
            // "  0: 0000000000000000 - 000000000009fc00 = 1 RAM"
            let words = line.split(separator: " ")
            guard words.count >= 6, words[0].hasSuffix(":"), words[2] == "-", words[4] == "=",
                let start = UInt64(words[1], radix: 16), let end = UInt64(words[3], radix: 16),
                let type = Int(words[5])
            else { continue }
            map.append(Observation.MemoryRange(start: start, end: end, type: type))
        }
        return map
    }
}
