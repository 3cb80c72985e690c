import BerthHost

extension MadeUpTree {
    /// A member of an archive, as POSIX has it.
    package static func member(_ name: String, _ content: [UInt8], kind: Character = "0", link: String = "") -> [UInt8]
    {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            header.replaceSubrange(offset..<(offset + text.utf8.count), with: Array(text.utf8))
        }
        func octal(_ value: Int, _ count: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: count - digits.count) + digits
        }
        put(name, 0)
        put("0000644", 100)
        put(octal(content.count, 11), 124)
        put("        ", 148)
        put(String(kind), 156)
        put(link, 157)
        put("ustar", 257)
        put("00", 263)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
        return header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// All of it as tar writes it.
    package var archive: [UInt8] {
        var bytes: [UInt8] = []
        for (path, content) in files.files.sorted(by: { $0.key < $1.key }) {
            // The kernel says that each file has a page, and tar fills that up.
            let padding = [UInt8](repeating: 0, count: path.hasSuffix("config") ? 0 : 4096 - content.count)
            bytes += Self.member("./" + path, content + padding)
        }
        for (path, target) in files.links.sorted(by: { $0.key < $1.key }) {
            bytes += Self.member(path, [], kind: "2", link: target)
        }
        for path in files.folders.sorted() { bytes += Self.member(path + "/", [], kind: "5") }
        return bytes + [UInt8](repeating: 0, count: 1024)
    }
}
