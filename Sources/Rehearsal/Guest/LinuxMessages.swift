package import BerthBoot

/// What Linux says on its console.
package enum LinuxMessages {
    /// `Reserving Intel graphics memory at [mem 0xf8000000-0xfbffffff]`, arch/x86/kernel/early-quirks.c.
    package static func reservations(_ serial: String) -> [Observation.Span] {
        serial.split(whereSeparator: \.isNewline).compactMap { line -> Observation.Span? in
            guard let start = line.firstRange(of: "Reserving Intel graphics memory at [mem ") else { return nil }
            let range = line.suffix(from: start.upperBound).prefix { $0 != "]" }
            let ends = range.split(separator: "-").map { String($0.dropFirst(2)) }
            guard ends.count == 2, let first = UInt64(ends[0], radix: 16), let last = UInt64(ends[1], radix: 16) else {
                return nil
            }
            return Observation.Span(start: first, end: last &+ 1)
        }
    }
}
