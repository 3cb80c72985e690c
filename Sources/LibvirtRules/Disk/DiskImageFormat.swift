import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskImageFormat: DomainCheck {
    let rule = DomainRule(
        "disk-format", "a disk image has a format QEMU takes in its place",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainValidateStorageSource",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDisk",
            "libvirt 9.0.0 src/qemu/qemu_block.c qemuBlockStorageSourceSupportsConcurrentAccess",
        ],
        """
        cow, iso and dir are no formats of QEMU; fat is a directory shown read-only. Encryption is for raw and qcow2
        images, a metadata cache for qcow2, and an image that several guests write to must be raw.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.flatMap { disk in
            let place = disk.driver ?? disk.element
            return messages(disk).map { finding($0, at: place, "type", in: domain, fix: "write type='raw'") }
        }
    }

    private func messages(_ disk: CheckedDisk) -> [String] {
        let format = disk.format ?? "raw"
        var found: [String] = []
        if ["luks", "luks2"].contains(format) { found.append("unknown driver format value '\(format)'") }
        if let complaint = complaint(format, disk) { found.append(complaint) }
        if !disk.isEmpty {
            if let complaint = encryption(format, disk) { found.append(complaint) }
        }
        if let cache = disk.driver?.first("metadata_cache")?.first("max_size"), format != "qcow2",
            ScaledSize.bytes(cache, defaultUnit: 1) ?? 0 > 0, !disk.isEmpty
        {
            found.append("metadata cache max size control is supported only with qcow2 images")
        }
        if disk.element.first("shareable") != nil, !disk.isReadOnly, format != "raw" {
            found.append("shared access for disk '\(disk.name)' requires use of supported storage format")
        }
        return found
    }

    private func complaint(_ format: String, _ disk: CheckedDisk) -> String? {
        switch format {
        case "cow": return "'cow' storage format is not supported"
        case "dir":
            return "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead"
        case "iso": return "storage format 'iso' is not directly supported by QEMU, use 'raw' instead"
        case "fat" where disk.type != "volume" && disk.type != "dir":
            return "storage format 'fat' is supported only with 'dir' storage type"
        default: break
        }
        guard disk.type == "dir", !disk.isEmpty else { return nil }
        if format != "fat" { return "storage type 'dir' requires use of storage format 'fat'" }
        return disk.isReadOnly ? nil : "virtual FAT storage can't be accessed in read-write mode"
    }

    private func encryption(_ format: String, _ disk: CheckedDisk) -> String? {
        let inside = disk.source?.first("encryption")
        let outside = disk.element.first("encryption")
        if inside != nil, outside != nil { return "an <encryption> definition already found for disk source" }
        guard let encryption = inside ?? outside else { return nil }
        switch encryption["format"] {
        case "default", "qcow": return "old qcow/qcow2 encryption is not supported"
        case "luks" where encryption.first("cipher") != nil:
            return "supplying <cipher> for domain disk definition is unnecessary"
        case "luks" where disk.isLun: return "disk device 'lun' doesn't support encryption"
        case "luks" where encryption["engine"] != "librbd" && !["qcow2", "raw"].contains(format):
            return "encryption is supported only with 'raw' and 'qcow2' image format"
        case "luks2" where encryption["engine"] != "librbd":
            return "luks2 is currently not supported by the qemu encryption engine"
        default: break
        }
        return encryption["engine"] == "librbd" && disk.type != "network"
            ? "librbd encryption is supported only with RBD backed disks" : nil
    }
}
