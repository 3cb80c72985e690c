import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IndexGap: DomainCheck {
    let rule = DomainRule(
        "index-gap", "indexes of PCI controllers have no gap",
        sources: ["libvirt documentation, formatdomain: Controllers"],
        """
        Libvirt fills a gap with a controller of the default kind (root port on q35, pci-bridge on i440fx), which takes
        a slot that nobody asked for.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let numbers = domain.pciControllers.compactMap { $0["index"].flatMap { Int($0) } }.filter {
            (0...255).contains($0)
        }
        guard let highest = numbers.max() else { return [] }
        let missing = (1...max(1, highest)).filter { !numbers.contains($0) }
        guard !missing.isEmpty, missing.count < highest,
            let last = domain.pciControllers.first(where: { $0["index"] == "\(highest)" })
        else { return [] }
        let names = missing.prefix(8).map { "\($0)" }.joined(separator: ", ")
        return [
            finding(
                .note,
                "no controller has the index \(names)\(missing.count > 8 ? ", ..." : ""); libvirt adds one for each",
                at: last, "index", in: domain, fix: "number the controllers without gaps")
        ]
    }
}
