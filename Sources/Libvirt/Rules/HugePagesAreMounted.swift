import BerthDiagnostics
import BerthXML

/// Huge pages are mounted on the host.
struct HugePagesAreMounted: DomainRule {
    let id: RuleID = "huge-pages"
    let summary = "huge pages are mounted on the host"
    let documentation = """
        <hugepages> needs a hugetlbfs mount that libvirt may use; pages of 4 KiB are ordinary ones. Depends on this machine: --any-host leaves it out.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_conf.c qemuGetDomainDefaultHugepath, virDomainDefGetHugepages"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let pages = domain.root.first("memoryBacking")?.first("hugepages"), domain.host.hasHugePages == false
        else {
            return []
        }
        return [
            finding(
                "hugetlbfs filesystem is not mounted or disabled by administrator config", at: pages, in: domain,
                fix: "mount hugetlbfs on the host, or remove <hugepages>")
        ]
    }
}
