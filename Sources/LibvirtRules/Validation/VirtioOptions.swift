import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Attributes of `<driver>` that only virtio devices have.
///
/// Source: `virDomainCheckVirtioOptionsAreAbsent` in src/conf/domain_validate.c @ 9.0.0.
enum VirtioOptions {
    static let complaints = [
        ("iommu", "iommu driver option is only supported for virtio devices"),
        ("ats", "ats driver option is only supported for virtio devices"),
        ("packed", "packed driver option is only supported for virtio devices"),
        ("page_per_vq", "page_per_vq option is only supported for virtio devices"),
    ]
}

extension CheckedDomain {
    /// Whether `<iothreads>` or `<iothreadids>` make an I/O thread of that number.
    func hasIOThread(_ number: String) -> Bool {
        guard let wanted = LibvirtNumber.unsigned(number, base: 10) else { return true }
        return ioThreads.contains(wanted)
    }

    /// The numbers of all I/O threads: those that are written, then the lowest free ones up to the count.
    ///
    /// Source: `virDomainDefParseIOThreads`, `virDomainIOThreadIDDefArrayInit` in src/conf/domain_conf.c @ 9.0.0.
    var ioThreads: Set<UInt32> {
        let written = root.first("iothreadids")?.elements("iothread") ?? []
        var found = Set(written.compactMap { $0["id"].flatMap { LibvirtNumber.unsigned($0, base: 10) } })
        let count = root.first("iothreads").flatMap { LibvirtNumber.unsigned($0.text, base: 10) } ?? 0
        var next: UInt32 = 1
        while found.count < min(Int(count), 4096) {
            found.insert(next)
            next += 1
        }
        return found
    }
}
