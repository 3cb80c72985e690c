import BerthPCI

/// Names of devices by a copy of pci.ids.
///
/// Source: the format as pci.ids itself tells it: vendors at the beginning of a line, their devices after a tab.
package struct PCINames: Hashable, Sendable {
    private var devices: [UInt32: String] = [:]

    package init() {}

    /// Of these functions only; a list has twenty thousand names.
    package init(_ bytes: [UInt8], of functions: [HostFunction]) {
        var wanted: [UInt16: Set<UInt16>] = [:]
        for identity in functions.compactMap(\.identity) {
            wanted[identity.vendor, default: []].insert(identity.device)
        }
        var current: (id: UInt16, devices: Set<UInt16>)?
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = bytes[place..<end]
            place = end + 1
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            if first != UInt8(ascii: "\t") {
                // The list of classes follows that of vendors.
                guard let id = Self.number(line) else {
                    current = nil
                    continue
                }
                current = wanted[id].map { (id, $0) }
            } else if let vendor = current, line.dropFirst().first != UInt8(ascii: "\t"),
                let id = Self.number(line.dropFirst()), vendor.devices.contains(id)
            {
                let name = String(decoding: line.dropFirst(5).drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
                devices[UInt32(vendor.id) << 16 | UInt32(id)] = name
            }
        }
    }

    package func name(of identity: FunctionIdentity) -> String? {
        devices[UInt32(identity.vendor) << 16 | UInt32(identity.device)]
    }

    /// Four digits and a space.
    private static func number(_ line: ArraySlice<UInt8>) -> UInt16? {
        guard line.count > 5, line[line.startIndex + 4] == UInt8(ascii: " ") else { return nil }
        return UInt16(String(decoding: line.prefix(4), as: UTF8.self), radix: 16)
    }
}
