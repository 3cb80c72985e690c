import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// The images below a disk's own.
enum BackingStores: RuleTable {
    static let all = [format, complete]

    private static let format = RuleRow.disks(
        "backing-store-format", "an image with a backing store is of a format that has one",
        releases: .until(9, 1),
        remedy: "write <driver type='qcow2'>, or remove <backingStore>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_block.c qemuBlockStorageSourceGetBackendProps"],
        "raw images know of no other. Libvirt 11.3 and 12.8 take it, and read the image alone."
    ) { disk, _, report in
        let format = disk.format ?? "raw"
        guard let store = disk.element.first("backingStore"), store["type"] != nil, !disk.hasBacking else { return }
        report.refuse("storage format '\(format)' does not support backing store", at: store)
    }

    private static let complete = RuleRow.disks(
        "backing-store", "a backing store has a format and a source", remedy: "add what is missing to <backingStore>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskBackingStoreParse"],
        "<backingStore type=> has <format type=> and <source>; without a type it ends the chain."
    ) { disk, _, report in
        guard disk.hasBacking else { return }
        var store = disk.element.first("backingStore")
        while let element = store, let type = element["type"] {
            if let message = complaint(element, type) { return report.refuse(message, at: element) }
            store = element.first("backingStore")
        }
    }

    private static func complaint(_ store: XMLElement, _ type: String) -> String? {
        if store.first("format")?["type"] == nil { return "missing disk backing store format" }
        guard let source = store.first("source") else { return "missing disk backing store source" }
        guard let name = ["file": "file", "block": "dev", "dir": "dir"][type] else { return nil }
        return source[name]?.isEmpty ?? true ? "argument key 'filename' must not have null value" : nil
    }
}

extension CheckedDisk {
    fileprivate var hasBacking: Bool { ["qcow", "qcow2", "qed", "vmdk"].contains(format ?? "raw") }
}
