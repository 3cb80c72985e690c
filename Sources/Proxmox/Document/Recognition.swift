extension VMDocument {
    /// Whether lines look like those of a VM's file: most settings are qemu-server's, and one of them is nobody else's.
    package static func isLikely(_ lines: some Collection<Substring>, path: String) -> Bool {
        var own = 0
        var shared = 0
        for line in lines {
            let text = line.trimmingWhitespace
            if text.isEmpty || text.hasPrefix("#") { continue }
            guard let colon = text.firstIndex(of: ":"), LineReader.isKey(text[..<colon]) else { continue }
            let key = String(text[..<colon])
            // Of topology files.
            if ours.contains(key) { return false }
            guard KnownKeys.has(key), LineReader.setting(text) != nil else { continue }
            if common.contains(key) { shared += 1 } else { own += 1 }
        }
        return own > 0 || shared > 0 && path.hasSuffix(".conf")
    }

    private static let ours: Set = ["igd", "devices", "guest", "summary", "stack", "qemu", "firmware", "processor"]
    /// What others name so, too.
    private static let common: Set = [
        "name", "machine", "memory", "description", "arch", "args", "boot", "parent", "tags", "pool", "lock",
    ]
}
