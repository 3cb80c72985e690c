import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HugePagesAreMounted: DomainCheck {
    let rule = DomainRule(
        "huge-pages", "huge pages are mounted on the host",
        sources: ["libvirt 9.0.0 src/qemu/qemu_conf.c qemuGetDomainDefaultHugepath, virDomainDefGetHugepages"],
        """
        <hugepages> needs a hugetlbfs mount that libvirt may use; pages of 4 KiB are ordinary ones. Depends on this machine: --any-host leaves it out.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.host.hasHugePages == false else { return [] }
        var huge: [XMLElement] = []
        if let pages = domain.root.first("memoryBacking")?.first("hugepages") {
            let sizes = pages.elements("page").map { ScaledSize.bytes($0, "size", defaultUnit: 1024) }
            if sizes.isEmpty || sizes.contains(where: { $0 != 4096 }) { huge.append(pages) }
        }
        for device in domain.devices("memory") {
            guard let size = device.first("source")?.first("pagesize"),
                ScaledSize.bytes(size, defaultUnit: 1024) != 4096
            else { continue }
            huge.append(size)
        }
        return huge.map { element in
            finding(
                "hugetlbfs filesystem is not mounted or disabled by administrator config", at: element, in: domain,
                fix: "mount hugetlbfs on the host, or remove <\(element.name)>")
        }
    }
}
