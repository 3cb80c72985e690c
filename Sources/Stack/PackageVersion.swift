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

    /// The numbers of `upstream`.
    package var numbers: [Int] { upstream.split(separator: ".").compactMap { Int($0) } }

    /// Nil for what no QEMU is called.
    package var qemu: QEMURelease? { numbers.count >= 2 ? QEMURelease(numbers[0], numbers[1]) : nil }

    /// Nil for what no libvirt is called.
    package var libvirt: LibvirtRelease? { numbers.count >= 2 ? LibvirtRelease(numbers[0], numbers[1]) : nil }
}
