import BerthPCI
package import BerthTopology

/// Which driver of Linux takes a function.
///
/// Source: drivers/pci/pci-driver.c@Linux 6.1 `pci_match_one_device`; modules.alias of Debian's 6.1.
package enum LinuxDrivers {
    private struct Pattern: Sendable {
        var identity: [String]
        var driver: String
    }

    private static let patterns: [Pattern] = LinuxDriverTable.text.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: " ").map(String.init)
        guard fields.count == 4 else { return nil }
        let identity =
            fields[0].split(separator: ":") + fields[1].split(separator: ":") + fields[2].split(separator: ".")
        return Pattern(identity: identity.map(String.init), driver: fields[3])
    }

    /// Names of the drivers that would bind, in the order of the alphabet; empty for a function nobody takes.
    package static func drivers(for function: PCIFunction) -> [String] {
        switch function.portType {
        case .rootPort, .upstreamPort, .downstreamPort: return ["pcieport"]
        default: break
        }
        if function.vendor == 0x8086, function.classCode.isDisplay { return ["i915"] }
        let own = identity(function)
        let found = patterns.filter { pattern in
            zip(pattern.identity, own).allSatisfy { $0 == "*" || $0 == $1 }
                && (pattern.driver != "virtio_pci" || isVirtio(function))
        }
        return Set(found.map(\.driver)).sorted()
    }

    /// `virtio_pci` asks for all of Red Hat's devices and declines those beyond the virtio range.
    static func isVirtio(_ function: PCIFunction) -> Bool {
        function.vendor == 0x1af4 && (0x1000...0x107f).contains(function.device)
    }

    private static func identity(_ function: PCIFunction) -> [String] {
        let subsystem = function.subsystem
        return [function.vendor, function.device, subsystem?.vendor ?? 0, subsystem?.device ?? 0].map {
            hexadecimal($0, 4)
        }
            + [function.classCode.base, function.classCode.sub, function.classCode.interface].map {
                hexadecimal(UInt16($0), 2)
            }
    }

    private static func hexadecimal(_ value: UInt16, _ digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
