/// The version of a distribution's package, and the release of the program that it holds.
package struct PackageVersion: Hashable, Sendable {
    /// As the package database has it: `1:7.2+dfsg-7+deb12u18`.
    package var text: String

    package init(_ text: String) { self.text = text }

    /// Without the epoch and what the distribution adds: `7.2` of `1:7.2+dfsg-7+deb12u18`.
    package var upstream: Substring {
        let text = self.text.split(separator: ":", maxSplits: 1).last ?? ""
        return text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    }

    private var numbers: [Int] { upstream.split(separator: ".").compactMap { Int($0) } }

    /// Nil for what no QEMU is called.
    package var qemu: QEMURelease? { numbers.count >= 2 ? QEMURelease(numbers[0], numbers[1]) : nil }

    /// Nil for what no libvirt is called.
    package var libvirt: LibvirtRelease? { numbers.count >= 2 ? LibvirtRelease(numbers[0], numbers[1]) : nil }

    /// Nil for what no SeaBIOS is called.
    package var seabios: SeaBIOSRelease? {
        numbers.count >= 3 ? SeaBIOSRelease(numbers[0], numbers[1], numbers[2]) : nil
    }

    /// EDK2 is packaged by year and month (`2025.02`, Arch's `202508`, behind Proxmox's own number in `4.2025.02`) or by the day
    /// of the commit (Fedora's and Red Hat's `20260812`), whose stable tag is of that month. Nil for what is none of these.
    package var ovmf: OVMFRelease? {
        let parts = numbers
        if let year = parts.firstIndex(where: { (2015...2099).contains($0) }), year + 1 < parts.count {
            return Self.tag(parts[year], parts[year + 1])
        }
        guard let first = parts.first else { return nil }
        if (201_501...209_912).contains(first) { return Self.tag(first / 100, first % 100) }
        if (20_150_101...20_991_231).contains(first) { return Self.tag(first / 10_000, first / 100 % 100) }
        return nil
    }

    private static func tag(_ year: Int, _ month: Int) -> OVMFRelease? {
        (1...12).contains(month) ? OVMFRelease(year, month) : nil
    }
}
