import BerthDiagnostics
import BerthHost
import Foundation
import TestSupport

extension FuzzTarget {
    /// Files of `/sys` and `/proc`, one a line: `path`, `=` and its content with `|` for the ends of lines, `path>target` for a link, `path/`
    /// for a folder. Configuration spaces are bytes in hexadecimal.
    static let sysfs = FuzzTarget(
        "sysfs",
        seeds: { [UInt16(0x0116), 0x5912, 0xa780, 0x7d55].map { Array(HostLines.text(MadeUpTree.desktop($0)).utf8) } },
        words: HostWords.all + [
            "direct", "direct-relaxable", "msi", "0x", "unlimited", "DRIVER=", "/config=", "/vendor=", "/uevent=",
            "0000:00:02.0", "ffff:ff:1f.7", "iommu_groups", "hugepages-1048576kB", "physfn", "iommu_group",
        ]
    ) { bytes, sample in
        try HostWork.judge(try SysfsTree.read(HostLines.files(bytes), name: "tree"), sample)
    }

    /// What `berth host --format json` says.
    static let record = FuzzTarget(
        "host-record",
        seeds: {
            try [UInt16(0x0116), 0x5912, 0xa780].map { device in
                let host = try MadeUpTree.desktop(device, length: 256).read()
                return Array(try JSONText.encode(["record": HostRecord(host)]).utf8)
            }
        }, words: ["\"record\"", "\"configuration\"", "\"range\"", "\"first\"", "-1", "null", "[]", "{}", "\"direct\""]
    ) { bytes, sample in
        try HostWork.judge(try HostRecord.read(bytes, file: "host.json"), sample)
    }
}

private enum HostLines {
    static func text(_ tree: MadeUpTree) -> String {
        var lines = tree.files.files.sorted { $0.key < $1.key }.map { path, content in
            path.hasSuffix("config")
                ? "\(path)=\(content.map { Hexadecimal.plain($0, digits: 2) }.joined())"
                : "\(path)=\(String(decoding: content, as: UTF8.self).replacing("\n", with: "|"))"
        }
        lines += tree.files.links.sorted { $0.key < $1.key }.map { "\($0.key)>\($0.value)" }
        lines += tree.files.folders.sorted().map { "\($0)/" }
        return lines.joined(separator: "\n") + "\n"
    }

    static func files(_ bytes: [UInt8]) -> HostFiles {
        var result = HostFiles()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            if let cut = line.firstIndex(of: UInt8(ascii: "=")) {
                let path = String(decoding: line[..<cut], as: UTF8.self)
                let content = line[(cut + 1)...]
                result.files[path] =
                    path.hasSuffix("config")
                    ? pairs(content) : content.map { $0 == UInt8(ascii: "|") ? UInt8(ascii: "\n") : $0 }
            } else if let cut = line.firstIndex(of: UInt8(ascii: ">")) {
                result.links[String(decoding: line[..<cut], as: UTF8.self)] = String(
                    decoding: line[(cut + 1)...], as: UTF8.self)
            } else {
                result.folders.insert(String(decoding: line, as: UTF8.self))
            }
        }
        return result
    }

    private static func pairs(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let digits = text.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - digits.count % 2, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
