import BerthDiagnostics
import BerthHost
import FoundationEssentials
import Glibc

/// Reads `/sys` and `/proc`, of this machine or of a copy. Nothing is written, and only what is known to be harmless is read.
enum HostFolder {
    /// Files in the places where the kernel has them, below a root: `/` for this machine.
    static func read(below root: String) -> HostFiles {
        var tree = HostFiles()
        let devices = "sys/bus/pci/devices"
        for name in names(root, devices) {
            let folder = "\(devices)/\(name)"
            for attribute in HostFiles.attributes { take("\(folder)/\(attribute)", root, &tree) }
            for link in HostFiles.functionLinks {
                if let target = target(root, "\(folder)/\(link)") { tree.links["\(folder)/\(link)"] = target }
            }
            // Mediated devices are folders named by UUIDs.
            for entry in names(root, folder) where HostFiles.isMediatedDevice(entry) {
                tree.folders.insert("\(folder)/\(entry)")
            }
        }
        let groups = "sys/kernel/iommu_groups"
        if Input.isFolder("\(root)/\(groups)") { tree.folders.insert(groups) }
        for group in names(root, groups) {
            take("\(groups)/\(group)/reserved_regions", root, &tree)
            for device in names(root, "\(groups)/\(group)/devices") {
                tree.links["\(groups)/\(group)/devices/\(device)"] = device
            }
        }
        for unit in names(root, "sys/class/iommu") { take("sys/class/iommu/\(unit)/intel-iommu/cap", root, &tree) }
        if Input.isFolder("\(root)/sys/module") {
            tree.folders.insert("sys/module")
            for module in HostFiles.modules where Input.isFolder("\(root)/sys/module/\(module)") {
                tree.folders.insert("sys/module/\(module)")
            }
        }
        let pages = "sys/kernel/mm/hugepages"
        for size in names(root, pages) {
            for file in ["nr_hugepages", "free_hugepages"] { take("\(pages)/\(size)/\(file)", root, &tree) }
        }
        for file in HostFiles.others { take(file, root, &tree) }
        for folder in names(root, "sys/kernel/debug/dri") {
            let path = "sys/kernel/debug/dri/\(folder)/i915_opregion"
            take(path, root, &tree)
            if tree.files[path] != nil { break }
        }
        return tree
    }

    /// What is of a host in a folder that somebody copied from anywhere; links are read and not followed.
    ///
    /// Errors: more folders than a host has.
    static func search(_ folder: String) throws(InputError) -> HostFiles {
        var tree = HostFiles()
        var waiting = [("", 0)]
        var count = 0
        while let (path, depth) = waiting.popLast() {
            for name in names(folder, path) {
                count += 1
                guard count <= 200_000 else {
                    throw InputError(
                        "the folder has more than 200,000 entries; give one with copies of /sys and /proc",
                        rule: "input", at: SourceLocation(file: folder))
                }
                let inner = path.isEmpty ? name : "\(path)/\(name)"
                if let target = target(folder, inner) {
                    tree.links[inner] = target
                } else if Input.isFolder("\(folder)/\(inner)") {
                    tree.folders.insert(inner)
                    if depth < 16 { waiting.append((inner, depth + 1)) }
                } else if HostFiles.wants(inner) {
                    take(inner, folder, &tree)
                }
            }
        }
        return tree
    }

    private static func names(_ root: String, _ path: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path.isEmpty ? root : "\(root)/\(path)")
        return (names ?? []).sorted()
    }

    private static func target(_ root: String, _ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("\(root)/\(path)", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// As much as is read of such a file; nothing where there is none, or it cannot be read.
    private static func take(_ path: String, _ root: String, _ tree: inout HostFiles) {
        let descriptor = open("\(root)/\(path)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        let limit = HostFiles.limit(of: path)
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while content.count < limit {
            let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - content.count))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            content += buffer[..<count]
        }
        tree.files[path] = content
    }
}
