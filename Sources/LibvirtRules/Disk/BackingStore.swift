import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct BackingStore: DomainCheck {
    let rule = DomainRule(
        "backing-store", "a backing store of a disk has a format and a source",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskBackingStoreParse",
            "libvirt 9.0.0 src/qemu/qemu_block.c qemuBlockStorageSourceGetBackendProps",
        ],
        """
        <backingStore type=> is the image below the disk's own, with <format type=> and <source>; without a type it ends
        the chain.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.compactMap { disk in
            var store = disk.element.first("backingStore")
            let format = disk.format ?? "raw"
            if let element = store, element["type"] != nil, !["qcow", "qcow2", "qed", "vmdk"].contains(format) {
                return finding(
                    "storage format '\(format)' does not support backing store", at: element, in: domain,
                    fix: "write <driver type='qcow2'>, or remove <backingStore>")
            }
            while let element = store, let type = element["type"] {
                if let message = complaint(element, type) {
                    return finding(message, at: element, in: domain, fix: "add what is missing to <backingStore>")
                }
                store = element.first("backingStore")
            }
            return nil
        }
    }

    private func complaint(_ store: XMLElement, _ type: String) -> String? {
        if store.first("format")?["type"] == nil { return "missing disk backing store format" }
        guard let source = store.first("source") else { return "missing disk backing store source" }
        guard let name = ["file": "file", "block": "dev", "dir": "dir"][type] else { return nil }
        return source[name]?.isEmpty ?? true ? "argument key 'filename' must not have null value" : nil
    }
}
