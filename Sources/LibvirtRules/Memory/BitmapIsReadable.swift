import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct BitmapIsReadable: DomainCheck {
    let rule = DomainRule(
        "number-list", "lists of CPUs and nodes are what libvirt reads",
        sources: ["libvirt 9.0.0 src/util/virbitmap.c virBitmapParse"],
        """
        0-3,^2,7: numbers, ranges and exclusions, each below 16384.
        """)

    /// Paths below the root; the last word is the attribute.
    private static let places = [
        ["vcpu", "cpuset"], ["cpu", "numa", "cell", "cpus"], ["numatune", "memory", "nodeset"],
        ["numatune", "memnode", "nodeset"], ["memoryBacking", "hugepages", "page", "nodeset"],
        ["cputune", "vcpupin", "cpuset"], ["cputune", "emulatorpin", "cpuset"], ["cputune", "iothreadpin", "cpuset"],
        ["cputune", "vcpusched", "vcpus"], ["cputune", "iothreadsched", "iothreads"],
    ]

    func check(_ domain: CheckedDomain) -> [Finding] {
        Self.places.flatMap { place in
            let attribute = place[place.count - 1]
            let elements = place.dropLast().reduce([domain.root]) { found, name in
                found.flatMap { $0.elements(name) }
            }
            return elements.compactMap { element -> Finding? in
                guard let text = element[attribute], LibvirtBitmap.parse(text) == nil else { return nil }
                return finding(
                    "Failed to parse bitmap '\(text)'", at: element, attribute, in: domain,
                    fix: "write a list such as 0-3,5")
            }
        }
    }
}
