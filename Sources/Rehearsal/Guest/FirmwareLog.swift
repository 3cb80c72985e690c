package import BerthBoot
package import BerthStack

/// What a firmware writes to the debug port.
package enum FirmwareLog {
    /// `1.16.2-debian-1.16.2-1` of `SeaBIOS (version 1.16.2-debian-1.16.2-1)`; nil where the first line says something else.
    package static func release(_ log: String, _ words: FirmwareTraits.DebugLog) -> String? {
        guard let line = log.split(whereSeparator: \.isNewline).first, let start = line.firstRange(of: words.release)
        else { return nil }
        return String(line[start.upperBound...].prefix { $0 != ")" })
    }

    /// The map that is handed over, from the last time it was printed.
    package static func memoryMap(_ log: String, _ words: FirmwareTraits.DebugLog) -> [Observation.MemoryRange] {
        var map: [Observation.MemoryRange] = []
        for line in log.split(whereSeparator: \.isNewline) {
            if line.hasPrefix(words.memoryMap) { map = [] }
            // "  0: 0000000000000000 - 000000000009fc00 = 1 RAM"
            let parts = line.split(separator: " ")
            guard parts.count >= 6, parts[0].hasSuffix(":"), parts[2] == "-", parts[4] == "=",
                let start = UInt64(parts[1], radix: 16), let end = UInt64(parts[3], radix: 16),
                let type = Int(parts[5])
            else { continue }
            map.append(Observation.MemoryRange(start: start, end: end, type: type))
        }
        return map
    }
}
