/// Lists of numbers as libvirt reads them: `0-3,^1,5`.
///
/// Source: `virBitmapParse` in src/util/virbitmap.c @ 9.0.0.
package enum LibvirtBitmap {
    /// No list of libvirt's reaches this number (`VIR_DOMAIN_CPUMASK_LEN` in src/conf/virconftypes.h).
    static let limit = 16_384

    /// Nil for what libvirt does not read.
    package static func parse(_ text: String) -> Set<Int>? {
        var found: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.drop { $0 == " " }
            if word.isEmpty { return nil }
            if word.hasPrefix("^") {
                guard let number = Int(word.dropFirst()), (0..<limit).contains(number) else { return nil }
                found.remove(number)
                continue
            }
            let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends[0], let last = ends.count == 2 ? ends[1] : first,
                first <= last, first >= 0, last < limit
            else { return nil }
            found.formUnion(first...last)
        }
        return found
    }
}
