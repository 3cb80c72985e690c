/// Which values qemu-server takes; a line with another one is left out with a warning, and the VM starts without it.
///
/// Source: the formats in PVE/QemuServer.pm, PCI.pm, Machine.pm, CPUConfig.pm, Memory.pm and USB.pm @ qemu-server 9.2.6; `check_type`.
enum ValueFormats {
    /// What is wrong with a value; nil where nothing is, or nobody here looks.
    static func problem(_ key: String, _ value: String) -> String? {
        if let allowed = enumerations[key] { return allowed.contains(value) ? nil : oneOf(value, allowed) }
        if booleans.contains(key) {
            return ["0", "1", "on", "off", "yes", "no", "true", "false"].contains(value.lowercased())
                ? nil : "type check ('boolean') failed - got '\(value)'"
        }
        if integers.contains(key) {
            return value.allSatisfy(\.isASCIIDigit) ? nil : "type check ('integer') failed - got '\(value)'"
        }
        let name = key.prefix { !$0.isNumber }
        guard let format = formats[key] ?? formats[String(name)] else { return nil }
        do throws(PropertyString.Problem) {
            return try format.problem(PropertyString(value, defaultKey: format.defaultKey))
        } catch {
            return error.message
        }
    }

    private static func oneOf(_ value: String, _ allowed: [String]) -> String {
        "value '\(value)' does not have a value in the enumeration '\(allowed.joined(separator: ", "))'"
    }

    private static let enumerations: [String: [String]] = [
        "bios": ["seabios", "ovmf"],
        "scsihw": ["lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi"],
        "ostype": [
            "other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26", "solaris",
        ],
        "arch": ["x86_64", "aarch64"],
        "hugepages": ["any", "2", "1024"],
    ]
    private static let booleans: Set = [
        "acpi", "kvm", "numa", "onboot", "protection", "tablet", "template", "localtime", "freeze",
    ]
    private static let integers: Set = ["cores", "sockets", "balloon", "vcpus", "shares"]

    struct Format: Sendable {
        var defaultKey: String
        /// The keys it has; empty: any.
        var keys: Set<String> = []
        var enumerations: [String: [String]] = [:]
        var booleans: Set<String> = []
        /// Four hexadecimal digits behind `0x`.
        var ids: Set<String> = []

        func problem(_ properties: PropertyString) -> String? {
            for pair in properties.pairs {
                if !keys.isEmpty, !keys.contains(pair.key) {
                    return
                        "property is not defined in schema and the schema does not allow additional properties: '\(pair.key)'"
                }
                if let allowed = enumerations[pair.key], !allowed.contains(pair.value) {
                    return "\(pair.key): \(oneOf(pair.value, allowed))"
                }
                if booleans.contains(pair.key),
                    !["0", "1", "on", "off", "yes", "no", "true", "false"].contains(pair.value.lowercased())
                {
                    return "\(pair.key): type check ('boolean') failed - got '\(pair.value)'"
                }
                if ids.contains(pair.key),
                    !(pair.value.hasPrefix("0x") && pair.value.count == 6
                        && pair.value.dropFirst(2).allSatisfy(\.isHexDigit))
                {
                    return
                        "\(pair.key): value does not match the regex pattern: '\(pair.value)', expected 0x and four digits"
                }
            }
            return nil
        }
    }

    private static let formats: [String: Format] = [
        "hostpci": Format(
            defaultKey: "host",
            keys: [
                "host", "mapping", "rombar", "romfile", "pcie", "x-vga", "legacy-igd", "mdev", "vendor-id", "device-id",
                "sub-vendor-id", "sub-device-id", "driver",
            ], enumerations: ["driver": ["vfio", "keep"]], booleans: ["rombar", "pcie", "x-vga", "legacy-igd"],
            ids: ["vendor-id", "device-id", "sub-vendor-id", "sub-device-id"]),
        "machine": Format(
            defaultKey: "type", keys: ["type", "viommu", "aw-bits", "enable-s3", "enable-s4"],
            enumerations: ["viommu": ["intel", "virtio"]], booleans: ["enable-s3", "enable-s4"]),
        "vga": Format(
            defaultKey: "type", keys: ["type", "memory", "clipboard"],
            enumerations: [
                "type": [
                    "cirrus", "qxl", "qxl2", "qxl3", "qxl4", "none", "serial0", "serial1", "serial2", "serial3", "std",
                    "virtio", "virtio-gl", "vmware",
                ], "clipboard": ["vnc"],
            ]),
        "usb": Format(defaultKey: "host", keys: ["host", "mapping", "usb3"], booleans: ["usb3"]),
        "audio": Format(
            defaultKey: "device", keys: ["device", "driver"],
            enumerations: ["device": ["ich9-intel-hda", "intel-hda", "AC97"], "driver": ["spice", "none"]]),
        "watchdog": Format(
            defaultKey: "model", keys: ["model", "action"], enumerations: ["model": ["i6300esb", "ib700"]]),
        "cpu": Format(
            defaultKey: "cputype",
            keys: [
                "cputype", "reported-model", "hidden", "hv-vendor-id", "flags", "guest-phys-bits", "phys-bits", "level",
            ], booleans: ["hidden"]),
        "ivshmem": Format(defaultKey: "size", keys: ["size", "name"]),
        "memory": Format(defaultKey: "current", keys: ["current"]),
    ]
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
