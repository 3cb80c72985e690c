package import BerthStack
import Glibc

/// The packages that decide where a guest's functions lie, by the name of each distribution.
package enum Part: Hashable, Sendable {
    case qemu, libvirt
    case firmware(FirmwareKind)

    package static let all = [qemu, libvirt] + FirmwareKind.allCases.map(firmware)

    /// Debian's and Ubuntu's, Proxmox', Fedora's and Red Hat's, Arch's; the first one that is installed counts.
    package var packages: [String] {
        switch self {
        case .qemu: ["pve-qemu-kvm", "qemu-system-x86", "qemu-kvm-core", "qemu-system-x86-core", "qemu-kvm"]
        case .firmware(let kind): kind.traits.packages
        case .libvirt: ["libvirt0", "libvirt-libs", "libvirt"]
        }
    }

    package static let allPackages = Set(all.flatMap(\.packages))
}

/// What package databases say, by the name of the package. Every reader takes what it knows and passes over the rest.
package struct PackageDatabase: Hashable, Sendable {
    package var versions: [String: PackageVersion] = [:]

    package init(_ versions: [String: PackageVersion] = [:]) { self.versions = versions }

    package var isEmpty: Bool { versions.isEmpty }

    package func version(of part: Part) -> PackageVersion? {
        part.packages.lazy.compactMap { versions[$0] }.first
    }

    /// dpkg's `/var/lib/dpkg/status`: stanzas of `Key: value`, an empty line between them.
    ///
    /// Only the stanzas of `Part.allPackages` are looked for, because the file has megabytes. What was removed and left its
    /// configuration behind does not count. Source: deb-control(5), dpkg-query(1).
    package init(dpkgStatus bytes: UnsafeRawBufferPointer) {
        var start = Self.head(in: bytes, from: 0)
        while let name = start {
            let end = Self.endOfLine(in: bytes, from: name)
            let package = String(decoding: bytes[name..<end], as: UTF8.self)
            if Part.allPackages.contains(package), let version = Self.installedVersion(in: bytes, from: end + 1) {
                versions[package] = PackageVersion(version)
            }
            start = Self.head(in: bytes, from: end)
        }
    }

    private static let head = Array("Package: ".utf8)

    /// Where the name of the next package begins, from the beginning of a line or the end of one on. Every start of the tool looks
    /// through megabytes.
    private static func head(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let (first, end) = (head[0], base + bytes.count)
        var line = base + start
        while end - line > head.count {
            if line.load(as: UInt8.self) == first, memcmp(line, head, head.count) == 0 {
                return line - base + head.count
            }
            guard let found = memchr(line, CInt(UInt8(ascii: "\n")), end - line) else { return nil }
            line = UnsafeRawPointer(found) + 1
        }
        return nil
    }

    private static func endOfLine(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress,
            let found = memchr(base + start, CInt(UInt8(ascii: "\n")), bytes.count - start)
        else { return bytes.count }
        return UnsafeRawPointer(found) - base
    }

    /// Of the stanza that goes on at a line, to the next empty one; nil where its package is not installed.
    private static func installedVersion(in bytes: UnsafeRawBufferPointer, from first: Int) -> String? {
        var version: String?
        var isInstalled = false
        var start = first
        while start < bytes.count {
            let end = endOfLine(in: bytes, from: start)
            if start == end { break }
            let line = String(decoding: bytes[start..<end], as: UTF8.self)
            start = end + 1
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, line.first != " " else { continue }
            if field[0] == "Status" { isInstalled = field[1].hasSuffix(" installed") }
            if field[0] == "Version" { version = String(field[1].drop { $0 == " " }) }
        }
        return isInstalled ? version : nil
    }

    /// pacman's `/var/lib/pacman/local`: a folder a package, `NAME-VERSION-RELEASE`.
    package init(pacmanFolders names: [String]) {
        for folder in names {
            let parts = folder.split(separator: "-")
            guard parts.count > 2 else { continue }
            let name = parts.dropLast(2).joined(separator: "-")
            guard Part.allPackages.contains(name) else { continue }
            versions[name] = PackageVersion(String(parts[parts.count - 2]))
        }
    }

    /// rpm's answer to `--queryformat '%{NAME} %{VERSION}-%{RELEASE}\n'`; of a package that is not there rpm says so in a sentence.
    package init(rpmAnswer text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count == 2, Part.allPackages.contains(String(words[0])) else { continue }
            versions[String(words[0])] = PackageVersion(String(words[1]))
        }
    }
}
