package import BerthPCI

/// Files of a host's `/sys` and `/proc` as a value: of the live machine, of a copy, of an archive.
///
/// Paths have no slash in front: `sys/bus/pci/devices/0000:00:02.0/config`. What is in front of a function's address does not
/// matter, because people copy from where they stand.
package struct HostFiles: Hashable, Sendable {
    package var files: [String: [UInt8]] = [:]
    /// Symbolic links and what is written in them.
    package var links: [String: String] = [:]
    package var folders: Set<String> = []

    package init() {}

    /// The most that is read of one file.
    package static func limit(of path: String) -> Int { path.hasSuffix("iomem") ? 1 << 20 : 1 << 16 }

    /// Attributes of a function that are read; others can change a device by being read, or tell whose it is.
    package static let attributes = [
        "config", "vendor", "device", "subsystem_vendor", "subsystem_device", "class", "revision", "boot_vga", "uevent",
        "sriov_numvfs", "sriov_totalvfs", "reset_method", "resource",
    ]
    package static let functionLinks = ["driver", "iommu_group", "physfn", "iommu"]

    /// Files beside those of functions, below the root.
    package static let others = [
        "proc/iomem", "proc/cpuinfo", "proc/cmdline", "proc/meminfo", "proc/fb", "proc/self/limits",
        "proc/sys/kernel/osrelease", "sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/product_name",
        "sys/class/dmi/id/bios_version", "sys/class/dmi/id/bios_date",
    ]

    /// Modules that are asked for.
    package static let modules = ["i915", "kvm_intel", "kvmgt", "vfio", "vfio_iommu_type1", "vfio_pci", "xe"]

    private static let names = Set(
        others.compactMap { $0.split(separator: "/").last.map(String.init) } + [
            "reserved_regions", "cap", "nr_hugepages", "free_hugepages", "i915_opregion",
        ])

    /// Whether somebody who copies a tree needs a file, by its path.
    package static func wants(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last else { return false }
        if names.contains(String(name)) { return true }
        guard let (_, rest) = function(path) else { return false }
        return attributes.contains(rest)
    }

    /// The function that a path is of, and what follows its address.
    package static func function(_ path: String) -> (address: PCIAddress, rest: String)? {
        let parts = path.split(separator: "/")
        for index in parts.indices.reversed() {
            guard parts[index].utf8.count == 12, let address = PCIAddress(String(parts[index])) else { continue }
            return (address, parts[(index + 1)...].joined(separator: "/"))
        }
        return nil
    }

    /// Whether a name is that of a mediated device, a folder below its parent: a UUID.
    package static func isMediatedDevice(_ name: some StringProtocol) -> Bool {
        let parts = name.split(separator: "-")
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }

    /// Text of a file whose path ends like this; what an archive filled up with zeros is left out.
    func text(_ ending: String) -> String? {
        guard let path = path(ending), let bytes = files[path] else { return nil }
        return Self.text(bytes)
    }

    func path(_ ending: String) -> String? {
        if files[ending] != nil { return ending }
        return files.keys.filter { $0.hasSuffix("/" + ending) }.min()
    }

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The same without the serial numbers that configuration spaces have.
    package var withoutSerialNumbers: HostFiles {
        var copy = self
        for (path, bytes) in files where path.hasSuffix("/config") {
            copy.files[path] = Self.withoutSerialNumber(bytes)
        }
        return copy
    }

    /// Capability 3 of the extended ones, whose eight bytes are the device's own.
    ///
    /// Source: PCI Express Base 5.0 §7.9.3.
    package static func withoutSerialNumber(_ bytes: [UInt8]) -> [UInt8] {
        let space = ConfigurationSpace(bytes: bytes)
        var result = bytes
        var place = 0x100
        for _ in 0..<96 {
            guard place >= 0x100, let header = space.dword(at: place), header != 0, header != .max else { break }
            if header & 0xffff == 3, place + 12 <= result.count {
                for index in (place + 4)..<(place + 12) { result[index] = 0 }
            }
            place = Int(header >> 20) & 0xffc
        }
        return result
    }
}
