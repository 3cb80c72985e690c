package import BerthHost
package import Foundation

/// A host's `/sys` and `/proc`, made up.
package struct MadeUpTree {
    package var files = HostFiles()

    /// Where the kernel has a function.
    package static func folder(_ address: String) -> String { "sys/bus/pci/devices/\(address)" }

    package mutating func put(_ path: String, _ text: String) { files.files[path] = Array(text.utf8) }

    /// A function with `length` bytes of configuration space, and words put at offsets.
    package mutating func function(
        _ address: String, vendor: UInt16 = 0x8086, device: UInt16, class code: UInt32, length: Int = 256,
        _ words: [(offset: Int, value: UInt64, count: Int)] = []
    ) {
        var bytes = [UInt8](repeating: 0, count: max(length, 0x1000))
        let common: [(offset: Int, value: UInt64, count: Int)] = [
            (0, UInt64(vendor), 2), (2, UInt64(device), 2), (8, UInt64(code) << 8 | 4, 4),
            // Advanced Features, with a reset of the function.
            (6, 0x10, 2), (0x34, 0xe0, 1), (0xe0, 0x0306_0013, 4),
        ]
        for word in common + words {
            for index in 0..<word.count {
                bytes[word.offset + index] = UInt8(truncatingIfNeeded: word.value >> UInt64(8 * index))
            }
        }
        let folder = Self.folder(address)
        files.files["\(folder)/config"] = Array(bytes.prefix(length))
        put("\(folder)/vendor", hex(UInt64(vendor)))
        put("\(folder)/device", hex(UInt64(device)))
        put("\(folder)/class", "0x" + String(code | 1 << 24, radix: 16).dropFirst() + "\n")
        put("\(folder)/uevent", "PCI_CLASS=\(String(code, radix: 16).uppercased())\n")
    }

    package mutating func driver(_ name: String, of address: String) {
        files.links["\(Self.folder(address))/driver"] = "../../../bus/pci/drivers/\(name)"
    }

    package mutating func group(_ number: Int, of addresses: [String], reserved: [String] = []) {
        for address in addresses {
            files.links["\(Self.folder(address))/iommu_group"] = "../../../kernel/iommu_groups/\(number)"
        }
        put(
            "sys/kernel/iommu_groups/\(number)/reserved_regions",
            (reserved + ["0x00000000fee00000 0x00000000feefffff msi"]).map { $0 + "\n" }.joined())
        files.folders.insert("sys/kernel/iommu_groups")
    }

    /// Registers as each generation has them: the control word and the base are the last that a firmware would set.
    package mutating func igd(_ device: UInt16, length: Int = 256) {
        let words: [(offset: Int, value: UInt64, count: Int)]
        switch device {
        case 0x0116: words = [(0x50, 0x0211, 2), (0x5c, 0xbfa0_0001, 4), (0xfc, 0xbb7c_2018, 4)]
        case 0x0412: words = [(0x50, 0x0211, 2), (0x5c, 0xcf20_0001, 4), (0xfc, 0xca3c_3018, 4)]
        case 0x1616: words = [(0x50, 0x01c1, 2), (0x5c, 0xdd00_0001, 4), (0xfc, 0xd8f8_4018, 4)]
        case 0x5912: words = [(0x50, 0x02c1, 2), (0x5c, 0x8c00_0001, 4), (0xfc, 0x8a9a_f018, 4)]
        case 0x8a56: words = [(0x50, 0xfec1, 2), (0xc0, 0x4c40_0001, 8), (0xfc, 0x3c5f_5018, 4)]
        case 0xa780: words = [(0x50, 0x02c1, 2), (0xc0, 0x7c80_0001, 8), (0xfc, 0x6bca_5018, 4)]
        default: words = [(0xfc, 0x6b9a_5018, 4)]
        }
        function("0000:00:02.0", device: device, class: 0x03_0000, length: length, words)
        put("\(Self.folder("0000:00:02.0"))/boot_vga", "1\n")
    }

    /// A desktop with its host bridge, LPC bridge and an IOMMU of 39 bits.
    package static func desktop(_ device: UInt16, length: Int = 256) -> MadeUpTree {
        var tree = MadeUpTree()
        tree.function("0000:00:00.0", device: 0x591f, class: 0x06_0000)
        tree.igd(device, length: length)
        tree.function("0000:00:1f.0", device: 0xa2c5, class: 0x06_0100)
        tree.driver("i915", of: "0000:00:02.0")
        tree.files.links["\(folder("0000:00:02.0"))/iommu"] = "../../virtual/iommu/dmar0"
        tree.put("sys/class/iommu/dmar0/intel-iommu/cap", "1c0000c40660462\n")
        tree.put("sys/class/iommu/dmar1/intel-iommu/cap", "d2008c40660462\n")
        tree.group(0, of: ["0000:00:02.0"], reserved: ["0x000000008b800000 0x000000008fffffff direct-relaxable"])
        tree.put("sys/class/dmi/id/sys_vendor", "Example Ltd.\n")
        tree.put("sys/class/dmi/id/product_name", "Desk 1\n")
        tree.put("proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=01234567-89ab-cdef-0123-456789abcdef intel_iommu=on\n")
        tree.put("proc/sys/kernel/osrelease", "6.12.48+deb13-amd64\n")
        tree.put("proc/meminfo", "MemTotal:       16246784 kB\nMemFree:         1246784 kB\n")
        tree.put("proc/fb", "0 i915drmfb\n")
        tree.put("proc/self/limits", "Max locked memory         8388608              8388608              bytes     \n")
        tree.put("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "1024\n")
        tree.put("sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "1000\n")
        tree.files.folders.formUnion(["sys/module", "sys/module/i915", "sys/module/vfio_pci"])
        return tree
    }

    package init() {}

    /// As files below a folder.
    package func write(to folder: URL) throws {
        let manager = FileManager.default
        for (path, bytes) in files.files {
            let file = folder.appending(path: path)
            try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        for path in files.folders {
            try manager.createDirectory(at: folder.appending(path: path), withIntermediateDirectories: true)
        }
        for (path, target) in files.links {
            let link = folder.appending(path: path)
            try manager.createDirectory(at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
            try manager.createSymbolicLink(atPath: link.path, withDestinationPath: target)
        }
    }

    package func read() throws -> HostInventory { try SysfsTree.read(files, name: "tree") }
}

private func hex(_ value: UInt64) -> String { "0x" + String(value | 1 << 16, radix: 16).dropFirst() + "\n" }
