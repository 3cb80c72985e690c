import BerthPCI

/// What files of `/sys` and `/proc` say of the host beside its functions.
enum SysfsSystem {
    static func read(_ tree: HostFiles) -> HostSystem {
        var system = HostSystem()
        let line = { (ending: String) -> String? in
            let text = tree.text(ending)?.split(separator: "\n").first.map { trimmed($0) }
            return text?.isEmpty == false ? text : nil
        }
        let machine = [line("dmi/id/sys_vendor"), line("dmi/id/product_name")].compactMap { $0 }
        system.machine = machine.isEmpty ? nil : machine.joined(separator: " ")
        let firmware = [line("dmi/id/bios_version"), line("dmi/id/bios_date")].compactMap { $0 }
        system.firmware = firmware.isEmpty ? nil : firmware.joined(separator: ", ")
        system.kernel = line("proc/sys/kernel/osrelease") ?? line("osrelease")
        system.commandLine = (line("proc/cmdline") ?? line("cmdline"))?.split(separator: " ").map(String.init)
        system.modules = modules(tree)
        // `0 i915drmfb`
        system.framebuffers = (tree.text("proc/fb") ?? tree.text("fb"))?.split(separator: "\n").map {
            trimmed($0.drop { $0 != " " })
        }
        system.memory = (tree.text("proc/meminfo") ?? tree.text("meminfo")).flatMap(memory)
        system.hugePages = hugePages(tree)
        system.lockLimit = (tree.text("proc/self/limits") ?? tree.text("limits")).flatMap(lockLimit)
        return system
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? "")
    }

    private static func modules(_ tree: HostFiles) -> [String]? {
        var found: Set<String> = []
        var isThere = false
        for path in tree.folders.union(tree.files.keys) {
            let parts = path.split(separator: "/")
            guard let index = parts.firstIndex(of: "module"), index > 0, parts[index - 1] == "sys" else { continue }
            isThere = true
            if parts.count > index + 1 { found.insert(String(parts[index + 1])) }
        }
        return isThere ? found.intersection(HostFiles.modules).sorted() : nil
    }

    /// `MemTotal:       16247672 kB`
    private static func memory(_ text: String) -> ByteCount? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }.map { .kib($0) }
    }

    /// `sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages`
    private static func hugePages(_ tree: HostFiles) -> [HostSystem.HugePages]? {
        var pages: [UInt64: HostSystem.HugePages] = [:]
        for (path, bytes) in tree.files {
            let parts = path.split(separator: "/")
            guard parts.count >= 2, parts[parts.count - 2].hasPrefix("hugepages-"),
                let size = UInt64(parts[parts.count - 2].dropFirst("hugepages-".count).prefix { $0.isNumber }),
                let count = Int(trimmed(HostFiles.text(bytes)[...]))
            else { continue }
            let bytes = ByteCount.kib(size).rawValue
            var entry = pages[bytes] ?? HostSystem.HugePages(size: bytes, total: 0, free: 0)
            if parts.last == "nr_hugepages" { entry.total = count }
            if parts.last == "free_hugepages" { entry.free = count }
            pages[bytes] = entry
        }
        return pages.isEmpty ? nil : pages.values.sorted { $0.size < $1.size }
    }

    /// `Max locked memory         8388608              8388608              bytes`
    private static func lockLimit(_ text: String) -> HostSystem.LockLimit? {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Max locked memory") }),
            let soft = line.dropFirst("Max locked memory".count).split(separator: " ").first
        else { return nil }
        return soft == "unlimited" ? .unlimited : UInt64(soft).map { .bytes(ByteCount($0)) }
    }
}
