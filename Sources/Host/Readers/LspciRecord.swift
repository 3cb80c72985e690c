/// What `lspci -mm` and `-vmm` say of a function: the same things in an order of their own, with names, numbers, or both.
///
/// Source: `show_machine` in lspci.c of pciutils 3.10.
struct LspciRecord {
    enum Key: String {
        case slot = "Slot"
        case className = "Class"
        case vendor = "Vendor"
        case device = "Device"
        case subsystemVendor = "SVendor"
        case subsystem = "SDevice"
        case revision = "Rev"
        case interface = "ProgIf"
        case physicalSlot = "PhySlot"
        case driver = "Driver"
        case module = "Module"
        case node = "NUMANode"
        case group = "IOMMUGroup"

        /// `Slot:`; nil for what is no such key.
        init?(_ field: ArraySlice<UInt8>) {
            guard field.last == UInt8(ascii: ":"), field.count <= 12 else { return nil }
            self.init(rawValue: String(decoding: field.dropLast(), as: UTF8.self))
        }
    }

    var className = ""
    var vendor = ""
    var device = ""
    var subsystemVendor = ""
    var subsystem = ""
    var revision: UInt8?
    var interface: UInt8?

    init() {}

    /// `"VGA compatible controller" "Intel Corporation" "Device a788" -r04 -p00 "Lenovo" "Device 3802"`. Nil for less.
    init?(machine text: Substring) {
        var fields: [String] = []
        var rest = text
        while let start = rest.first {
            if start == "\"" {
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: "\"") else { return nil }
                fields.append(String(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            } else if start == "-" {
                let word = rest.prefix { $0 != " " }
                if word.hasPrefix("-r") { revision = UInt8(word.dropFirst(2), radix: 16) }
                if word.hasPrefix("-p") { interface = UInt8(word.dropFirst(2), radix: 16) }
                rest = rest.dropFirst(word.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        guard fields.count >= 3 else { return nil }
        (className, vendor, device) = (fields[0], fields[1], fields[2])
        if fields.count >= 5 { (subsystemVendor, subsystem) = (fields[3], fields[4]) }
    }

    mutating func take(_ key: Key, _ text: Substring) {
        let start = text.drop { $0 == " " || $0 == "\t" }
        let value = String(start.lastIndex { $0 != " " && $0 != "\t" }.map { start[...$0] } ?? "")
        switch key {
        case .className: className = value
        case .vendor: vendor = value
        case .device: device = value
        case .subsystemVendor: subsystemVendor = value
        case .subsystem: subsystem = value
        case .revision: revision = UInt8(value, radix: 16)
        case .interface: interface = UInt8(value, radix: 16)
        case .slot, .physicalSlot, .driver, .module, .node, .group: break
        }
    }

    var heading: LspciHeading { LspciHeading(record: self) }
}
