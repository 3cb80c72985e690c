package import BerthDiagnostics
import BerthPCI

/// Reads a copy of `/proc/iomem` for the range of graphics stolen memory.
package enum IOMemDump {
    /// Throws for text that is no such copy. A copy made without privileges has zeros for addresses: that
    /// is a finding, and the range stays unknown.
    package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostInventory {
        try read(TextInput(bytes, file: file, expected: "a copy of /proc/iomem"), file: file)
    }

    /// The same of lines that were found among others.
    static func read(_ lines: some Sequence<TextLine>, file: String) throws(InputError) -> HostInventory {
        var stolen: HostRange?
        var framebuffer: HostInventory.Framebuffer?
        var igdRanges: [(first: UInt64, last: UInt64)] = []
        var findings: [Finding] = []
        var isHidden = true
        var first: SourceLocation?
        for line in lines where !line.isBlank {
            let start = line.bytes.firstIndex { !TextLine.isSpace($0) } ?? line.bytes.startIndex
            guard let (range, name) = parse(line.bytes[start...]) else {
                throw InputError(syntax(line.bytes[start...]), rule: "host-iomem-syntax", at: line.location(start))
            }
            first = first ?? line.location(line.bytes.startIndex)
            if range.first != 0 || range.last != 0 { isHidden = false }
            if name == igdName, igdRanges.count < 8 { igdRanges.append(range) }
            if framebuffers.contains(name), range.last != 0,
                igdRanges.contains(where: { $0.first <= range.first && range.last <= $0.last }),
                let found = HostRange(first: HostPhysicalAddress(range.first), last: HostPhysicalAddress(range.last))
            {
                framebuffer = framebuffer ?? HostInventory.Framebuffer(driver: name, range: found)
            }
            guard name == "Graphics Stolen Memory", range.last != 0 else { continue }
            guard let found = exact(range) else {
                throw InputError(backwards(range), rule: "host-iomem-syntax", at: line.location(start))
            }
            if let stolen, stolen != found {
                throw InputError(twice(stolen, found), rule: "host-iomem-twice", at: line.location(start))
            }
            stolen = found
        }
        if isHidden {
            findings.append(
                Finding(.warning, hidden, rule: "host-iomem-hidden", at: first ?? SourceLocation(file: file)))
        }
        return HostInventory(functions: [], stolenRange: stolen, framebuffer: framebuffer, findings: findings)
    }

    static func isResource(_ line: TextLine) -> Bool {
        let start = line.bytes.firstIndex { !TextLine.isSpace($0) } ?? line.bytes.startIndex
        return parse(line.bytes[start...]) != nil
    }

    /// `4b800000-4f7fffff : Graphics Stolen Memory`.
    private static func parse(_ bytes: ArraySlice<UInt8>) -> (range: (first: UInt64, last: UInt64), name: String)? {
        let text = String(decoding: bytes.prefix(256), as: UTF8.self)
        guard let separator = text.firstRange(of: " : ") else { return nil }
        let limits = text[..<separator.lowerBound].split(separator: "-", omittingEmptySubsequences: false)
        guard limits.count == 2, let first = hexadecimal(limits[0]), let last = hexadecimal(limits[1]) else {
            return nil
        }
        return ((first, last), String(text[separator.upperBound...]))
    }

    private static func hexadecimal(_ text: Substring) -> UInt64? {
        text.allSatisfy(\.isHexDigit) ? UInt64(text, radix: 16) : nil
    }

    /// i915 claims one byte less at either end where firmware's own range is off by one
    /// (`drivers/gpu/drm/i915/gem/i915_gem_stolen.c@torvalds/linux` `request_smem_stolen`).
    private static func exact(_ range: (first: UInt64, last: UInt64)) -> HostRange? {
        let isShrunk = range.first & 0xfffff == 1 && range.last & 0xfffff == 0xffffe
        return HostRange(
            first: HostPhysicalAddress(range.first - (isShrunk ? 1 : 0)),
            last: HostPhysicalAddress(range.last + (isShrunk ? 1 : 0)))
    }
}

/// How the kernel names the BARs of the IGD, and the drivers that may sit in them.
private let igdName = "0000:00:02.0"
private let framebuffers: Set<String> = ["efifb", "simplefb", "BOOTFB", "vesafb", "simple-framebuffer"]

private let hidden = "every address is zero, as the kernel shows it without privileges; copy /proc/iomem as root"

private func syntax(_ bytes: ArraySlice<UInt8>) -> String {
    "found \(quoted(bytes)), expected a line such as '4b800000-4f7fffff : Graphics Stolen Memory'; "
        + "give /proc/iomem unchanged"
}

private func backwards(_ range: (first: UInt64, last: UInt64)) -> String {
    "graphics stolen memory ends at \(Hexadecimal.string(range.last)), before it starts at "
        + "\(Hexadecimal.string(range.first)); copy /proc/iomem again"
}

private func twice(_ a: HostRange, _ b: HostRange) -> String {
    "graphics stolen memory is at \(a) and at \(b); give the copy of one machine"
}
