import BerthStack
import BerthXML

/// The block nodes behind disks: libvirt numbers them from the last disk to the first, backing files included.
///
/// Source: `qemuProcessPrepareDomainStorage` in src/qemu/qemu_process.c,
/// `qemuDomainPrepareStorageSourceBlockdev` in src/qemu/qemu_domain.c @ 9.0.0.
struct DriveNodes {
    private var names: [Int: String] = [:]
    /// Whether an image that is raw has a node of its format above that of its file.
    private let rawHasFormat: Bool

    init(_ domain: AssignedDomain) {
        rawHasFormat = !Self.sparing.contains(domain.libvirt)
        var number = 0
        for index in domain[.disk].indices.reversed() {
            let disk = domain[.disk][index]
            guard let element = disk.element, element["type"] != "vhostuser" else { continue }
            // An empty drive takes a number, too.
            number += 1
            guard Self.hasSource(element) else { continue }
            names[index] = "libvirt-\(number)-\(hasFormat(element) ? "format" : "storage")"
            number += Self.backing(element)
            let filters = element.first("throttlefilters")?.elements("throttlefilter").count ?? 0
            // NEWS.rst @ 11.2.0: "qemu: Support for Block Disk Along with Throttle Filters".
            if filters > 0, LibvirtSpan.since(11, 2).contains(domain.libvirt) {
                number += filters
                names[index] = "libvirt-\(number)-filter"
            }
            if element.first("driver")?["copy_on_read"] == "on" {
                names[index] = "libvirt-CoR-\(disk["target", "dev"] ?? "")"
            }
        }
    }

    /// Nil for a drive without a medium.
    subscript(_ disk: Int) -> String? { names[disk] }

    /// Those that leave the node of a raw image's format out: recorded with 11.3, not with 9.0. It takes a QEMU that has
    /// `backing-mask-protocol` (9.0).
    private static let sparing = LibvirtSpan.since(10, 0)

    private func hasFormat(_ element: XMLElement) -> Bool {
        rawHasFormat || (element.first("driver")?["type"] ?? "raw") != "raw"
    }

    private static func hasSource(_ element: XMLElement) -> Bool {
        guard let source = element.first("source") else { return false }
        switch element["type"] ?? "file" {
        case "file": return source["file"] != nil
        case "block": return source["dev"] != nil
        case "dir": return source["dir"] != nil
        default: return true
        }
    }

    private static func backing(_ element: XMLElement) -> Int {
        var count = 0
        var next = element.first("backingStore")
        while let backing = next, hasSource(backing) {
            count += 1
            next = backing.first("backingStore")
        }
        return count
    }
}
