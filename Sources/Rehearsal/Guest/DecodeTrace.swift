package import BerthBoot

/// When BARs came and went, as QEMU's trace has it.
package enum DecodeTrace {
    /// Of `pci_update_mappings_add d=0x55… 00:02.0 2,0xe0000000+0x10000000` and `…_del`, in order.
    ///
    /// Source: hw/pci/trace-events @ QEMU 7.2; later releases put process and time before it.
    package static func events(_ text: String) -> [Observation.DecodeEvent] {
        var events: [Observation.DecodeEvent] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ").map(String.init)
            guard let at = words.firstIndex(where: { $0.contains("pci_update_mappings_") }), words.count > at + 3 else {
                continue
            }
            let parts = words[at + 3].split(whereSeparator: { $0 == "," || $0 == "+" }).map(String.init)
            guard parts.count == 3, let bar = Int(parts[0]), parts[1].hasPrefix("0x"),
                let address = UInt64(parts[1].dropFirst(2), radix: 16)
            else { continue }
            let event = words[at].hasSuffix("add") ? "map" : "unmap"
            events.append(Observation.DecodeEvent(bdf: words[at + 2], bar: bar, address: address, event: event))
        }
        return events
    }
}
