/// What lspci says of drivers and groups.
///
/// Source: `show_driver` and `show_verbose` in lspci.c and ls-kernel.c of pciutils 3.10.
extension HostFunctionState {
    /// `Kernel driver in use: i915`, `IOMMU group: 0`. A function without a driver has no such line, which may as well not have been asked for.
    mutating func take(explanation text: String) {
        if let value = Self.value(text, after: "Kernel driver in use:") { driver = .named(value) }
        if let value = Self.value(text, after: "IOMMU group:") { group = Int(value) }
    }

    /// Of `-vmmk`.
    mutating func take(_ key: LspciRecord.Key, _ text: String) {
        let value = String(text.split { $0 == " " || $0 == "\t" }.first ?? "")
        switch key {
        case .driver: driver = .named(value)
        case .group: group = Int(value)
        default: break
        }
    }

    private static func value(_ text: String, after name: String) -> String? {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard start.hasPrefix(name) else { return nil }
        return start.dropFirst(name.count).split(separator: " ").first.map(String.init)
    }
}
