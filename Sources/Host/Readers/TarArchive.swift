package import BerthDiagnostics

/// Files of a tar archive that say something of a host.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar 1.35, "Basic Tar Format" for long names.
package enum TarArchive {
    package static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 512 && Array(bytes[257..<262]) == Array("ustar".utf8)
    }

    /// Errors: an archive that was cut, or is damaged.
    package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostFiles {
        var tree = HostFiles()
        var place = 0
        var longName: String?
        var longLink: String?
        while place + 512 <= bytes.count {
            let header = bytes[place..<(place + 512)]
            if header.allSatisfy({ $0 == 0 }) { return tree }
            guard isHeader(header) else { throw fault("the archive is damaged at byte \(place)", file) }
            guard let size = number(header, 124, 12), size <= Inflate.limit else {
                throw fault("the archive is damaged at byte \(place): a size that it cannot have", file)
            }
            let start = place + 512
            guard start + size <= bytes.count else {
                throw fault("the archive was cut: it ends within '\(longName ?? name(header))'", file)
            }
            let content = bytes[start..<(start + size)]
            place = start + (size + 511) / 512 * 512
            switch header[header.startIndex + 156] {
            case UInt8(ascii: "L"): longName = HostFiles.text(Array(content))
            case UInt8(ascii: "K"): longLink = HostFiles.text(Array(content))
            case UInt8(ascii: "x"):
                let extended = extended(Array(content))
                longName = extended["path"] ?? longName
                longLink = extended["linkpath"] ?? longLink
            case UInt8(ascii: "g"): break
            case let kind:
                let path = cleaned(longName ?? name(header))
                let target = longLink ?? text(header, 157, 100)
                (longName, longLink) = (nil, nil)
                take(kind, path, target, content, &tree)
            }
        }
        // Some writers leave the blocks of zeros at the end out.
        guard place >= bytes.count else { throw fault("the archive was cut: it ends within a header", file) }
        return tree
    }

    private static func take(
        _ kind: UInt8, _ path: String, _ target: String, _ content: ArraySlice<UInt8>, _ tree: inout HostFiles
    ) {
        switch kind {
        case UInt8(ascii: "0"), 0:
            guard HostFiles.wants(path) || path.hasSuffix(".txt") else { break }
            tree.files[path] = Array(content.prefix(path.hasSuffix(".txt") ? 8 << 20 : HostFiles.limit(of: path)))
        case UInt8(ascii: "1"):
            if let other = tree.files[cleaned(target)] { tree.files[path] = other }
        case UInt8(ascii: "2"): tree.links[path] = target
        case UInt8(ascii: "5"): tree.folders.insert(path)
        default: break
        }
    }

    /// By its sum, in which its own field counts as spaces.
    private static func isHeader(_ header: ArraySlice<UInt8>) -> Bool {
        guard let wanted = number(header, 148, 8) else { return false }
        let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
        return sum == wanted
    }

    private static func text(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> String {
        let start = header.startIndex + offset
        return HostFiles.text(Array(header[start..<(start + count)]))
    }

    private static func name(_ header: ArraySlice<UInt8>) -> String {
        let prefix =
            text(header, 257, 5) == "ustar" && header[header.startIndex + 262] == 0 ? text(header, 345, 155) : ""
        return prefix.isEmpty ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100)
    }

    private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
        let digits = text(header, offset, count).filter { $0 != " " }
        return digits.isEmpty ? 0 : digits.allSatisfy { ("0"..."7").contains($0) } ? Int(digits, radix: 8) : nil
    }

    /// `29 path=sys/bus/pci/devices/…`, each with its own length.
    private static func extended(_ content: [UInt8]) -> [String: String] {
        var result: [String: String] = [:]
        var rest = content[...]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > 0, length <= rest.count
        {
            let record = String(
                decoding: rest[(space + 1)..<max(space + 1, rest.startIndex + length - 1)], as: UTF8.self)
            let parts = record.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
            rest = rest.dropFirst(length)
        }
        return result
    }

    private static func cleaned(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private static func fault(_ words: String, _ file: String) -> InputError {
        InputError(words + "; copy it again", rule: "host-archive", at: SourceLocation(file: file))
    }
}
