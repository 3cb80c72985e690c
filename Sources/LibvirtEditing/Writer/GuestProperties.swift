import BerthDiagnostics
import BerthTopology

extension Device {
    /// The properties a guest can see, one of each name, the last value: without references to the host's
    /// side (network, disk, character device), which a topology does not describe and the writer supplies.
    func guestProperties(without said: Set<String> = []) -> [Property] {
        var seen: Set<String> = []
        var kept: [Property] = []
        for property in properties.reversed() where seen.insert(property.name).inserted {
            if !said.contains(property.name), !Self.hostSide.contains(property.name) { kept.append(property) }
        }
        return kept.reversed()
    }

    /// `guestProperties` is where they are left out.
    private static let hostSide: Set<String> = [
        "audiodev", "bmc", "chardev", "chardev1", "chardev2", "chardev3", "chardev4", "cryptodev", "drive", "fsdev",
        "iothread", "memdev", "netdev", "rng",
    ]

    /// The value of a property in the type QEMU wants.
    func typed(_ name: String) throws(EmissionRefusal) -> PropertyValue? {
        guard let value = self[name] else { return nil }
        return try Property(name, value).typed().value
    }

    /// A number that fits; nil if the property is not given.
    /// Errors: no number, or out of the range libvirt takes.
    func number(_ name: String, in range: ClosedRange<UInt64>) throws(EmissionRefusal) -> Int? {
        guard case .number(let number)? = try typed(name) else { return nil }
        guard range.contains(number) else {
            throw EmissionRefusal(
                "property-range",
                "'\(id)': \(name)=\(number) is not between \(range.lowerBound) and \(range.upperBound), all libvirt takes"
            )
        }
        return Int(number)
    }
}

extension [Property] {
    func typed() throws(EmissionRefusal) -> [Property] {
        var result: [Property] = []
        for property in self { result.append(try property.typed()) }
        return result
    }
}
