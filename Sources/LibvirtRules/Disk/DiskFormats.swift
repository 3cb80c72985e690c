import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// The image of a disk.
enum DiskFormats: RuleTable {
    static let all = [
        known, supported, directory, encryption, encryptionOnce, encryptionOfQEMU, metadataCache, shareable,
    ]

    private static let storage = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainValidateStorageSource"]

    private static func place(_ disk: CheckedDisk) -> XMLElement { disk.driver ?? disk.element }

    private static let known = RuleRow.disks(
        "disk-format-known", "the format of an image is one libvirt knows", remedy: "write type='raw'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefDriverParseXML"],
        "luks is an encryption, not a format: type='raw' with <encryption format='luks'>."
    ) { disk, _, report in
        guard let format = disk.format, ["luks", "luks2"].contains(format) else { return }
        report.refuse("unknown driver format value '\(format)'", at: place(disk), "type")
    }

    private static let supported = RuleRow.disks(
        "disk-format", "the format of an image is one QEMU has", remedy: "write type='raw'", sources: storage,
        "cow, iso and dir are formats of other hypervisors."
    ) { disk, _, report in
        switch disk.format {
        case "cow": report.refuse("'cow' storage format is not supported", at: place(disk), "type")
        case "dir":
            report.refuse(
                "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead",
                at: place(disk), "type")
        case "iso":
            report.refuse(
                "storage format 'iso' is not directly supported by QEMU, use 'raw' instead", at: place(disk), "type")
        default: break
        }
    }

    private static let directory = RuleRow.disks(
        "disk-directory", "a directory is shown as a FAT disk that is read-only", sources: storage,
        "QEMU makes a file system of a folder with type='dir' and the format fat. Writing to it is not safe."
    ) { disk, _, report in
        let format = disk.format ?? "raw"
        guard !["cow", "dir", "iso"].contains(format) else { return }
        if format == "fat", disk.type != "volume", disk.type != "dir" {
            report.refuse(
                "storage format 'fat' is supported only with 'dir' storage type", at: place(disk), "type",
                fix: "write type='raw'")
        } else if disk.type == "dir", !disk.isEmpty {
            if format != "fat" {
                report.refuse(
                    "storage type 'dir' requires use of storage format 'fat'", at: place(disk), "type",
                    fix: "write type='fat'")
            } else if !disk.isReadOnly {
                report.refuse(
                    "virtual FAT storage can't be accessed in read-write mode", at: place(disk), "type",
                    fix: "add <readonly/>")
            }
        }
    }

    private static let encryption = RuleRow.disks(
        "disk-encryption", "encryption is LUKS, of a raw or qcow2 image", remedy: "remove <encryption>",
        sources: storage,
        "QEMU no longer writes the encryption of old qcow images, and leaves luks2 to librbd, which is for RBD alone. A LUN is the host's."
    ) { disk, _, report in
        guard !disk.isEmpty, let encryption = disk.source?.first("encryption") ?? disk.element.first("encryption"),
            let message = complaint(encryption, disk)
        else { return }
        report.refuse(message, at: place(disk), "type")
    }

    private static func complaint(_ encryption: XMLElement, _ disk: CheckedDisk) -> String? {
        switch encryption["format"] {
        case "default", "qcow": return "old qcow/qcow2 encryption is not supported"
        case "luks" where encryption.first("cipher") != nil:
            return "supplying <cipher> for domain disk definition is unnecessary"
        case "luks" where disk.isLun: return "disk device 'lun' doesn't support encryption"
        case "luks" where encryption["engine"] != "librbd" && !["qcow2", "raw"].contains(disk.format ?? "raw"):
            return "encryption is supported only with 'raw' and 'qcow2' image format"
        case "luks2" where encryption["engine"] != "librbd":
            return "luks2 is currently not supported by the qemu encryption engine"
        default: break
        }
        return encryption["engine"] == "librbd" && disk.type != "network"
            ? "librbd encryption is supported only with RBD backed disks" : nil
    }

    private static let encryptionOnce = RuleRow.disks(
        "disk-encryption-once", "the encryption of a disk is said once",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefParsePrivateData"],
        "<encryption> belongs to <source>; that it may stand in <disk> is history."
    ) { disk, _, report in
        guard !disk.isEmpty, disk.source?.first("encryption") != nil else { return }
        report.surplus(
            "an <encryption> definition already found for disk source", disk.element.first("encryption"))
    }

    private static let encryptionOfQEMU = RuleRow.disks(
        "disk-encryption-qemu", "encryption of RBD images is one that QEMU has",
        remedy: "write format='luks' with one secret",
        sources: [
            "libvirt 11.3.0 src/qemu/qemu_domain.c qemuDomainValidateStorageSource",
            "QEMU 8.0 qapi/block-core.json RbdEncryptionOptionsLUKSAny",
        ], "Layers of it, each with a secret, and either kind of LUKS come with QEMU 8.0."
    ) { disk, domain, report in
        guard domain.host.qemu?.layersRBDEncryption == false, !disk.isEmpty,
            let encryption = disk.source?.first("encryption"), encryption["engine"] == "librbd"
        else { return }
        if encryption.elements("secret").count > 1 {
            report.refuse("librbd encryption layering is not supported by this QEMU binary", at: encryption)
        } else if encryption["format"] == "luks-any" {
            report.refuse("luks-any encryption is not supported by this QEMU binary", at: encryption, "format")
        }
    }

    private static let metadataCache = RuleRow.disks(
        "disk-metadata-cache", "a metadata cache is that of a qcow2 image", remedy: "write type='qcow2'",
        sources: storage, "A raw image has no metadata."
    ) { disk, _, report in
        guard let cache = disk.driver?.first("metadata_cache")?.first("max_size"), disk.format != "qcow2",
            ScaledSize.bytes(cache, defaultUnit: 1) ?? 0 > 0, !disk.isEmpty
        else { return }
        report.refuse(
            "metadata cache max size control is supported only with qcow2 images", at: place(disk), "type")
    }

    private static let shareable = RuleRow.disks(
        "disk-shareable", "an image that several guests write to is raw", remedy: "write type='raw'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_block.c qemuBlockStorageSourceSupportsConcurrentAccess"],
        "A format with metadata is one guest's."
    ) { disk, _, report in
        guard disk.element.first("shareable") != nil, !disk.isReadOnly, disk.format ?? "raw" != "raw" else { return }
        report.refuse(
            "shared access for disk '\(disk.name)' requires use of supported storage format", at: place(disk), "type")
    }
}
