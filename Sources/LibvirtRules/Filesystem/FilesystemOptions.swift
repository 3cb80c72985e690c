import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Folders of the host.
enum FilesystemOptions: RuleTable {
    static let all = [target, type, driver, boot, modes, sandbox]

    private static let validate = [
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefFS",
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainFSDefValidate",
    ]

    private static let target = RuleRow.devices(
        "filesystem", "filesystem-target", "a shared folder has a tag to mount it by",
        remedy: "add <target dir='TAG'/>", sources: validate, "The guest mounts it by the name in <target dir=>."
    ) { device, _, report in
        guard device.first("target")?["dir"]?.isEmpty ?? true else { return }
        let source = device.first("source").flatMap { $0["dir"] ?? $0["socket"] }
        report.refuse("missing target information for device\(source.map { " \($0)" } ?? "")", at: device)
    }

    private static let type = RuleRow.devices(
        "filesystem", "filesystem-type", "QEMU shares folders only", remedy: "write type='mount'", sources: validate,
        "template, file, block, ram, bind and volume are for containers."
    ) { device, _, report in
        if device["type"] ?? "mount" != "mount" { report.refuse("only supports mount filesystem type", at: device) }
    }

    private static let driver = RuleRow.devices(
        "filesystem", "filesystem-driver", "a shared folder is shared by 9p or virtiofs", remedy: "remove <driver>",
        sources: validate, "loop, nbd and ploop are drivers of containers; handle passes through only."
    ) { device, _, report in
        switch device.first("driver")?["type"] {
        case "handle" where device["accessmode"] ?? "passthrough" != "passthrough":
            report.refuse("only supports passthrough accessmode", at: device)
        case "loop", "nbd", "ploop": report.refuse("Filesystem driver type not supported", at: device)
        default: break
        }
    }

    private static let boot = RuleRow.devices(
        "filesystem", "filesystem-boot", "a shared folder that is booted from is shared by virtiofs",
        sources: validate, "Firmware has no driver for 9p."
    ) { device, _, report in
        if !device.isVirtiofs { report.surplus("boot order is only supported for virtiofs", device.first("boot")) }
    }

    private static let modes = RuleRow.devices(
        "filesystem", "filesystem-mode", "modes of new files are set where access is mapped",
        remedy: "write accessmode='mapped'", sources: validate,
        "With accessmode='mapped' QEMU keeps the guest's modes beside the files, and fmode= and dmode= are the host's."
    ) { device, _, report in
        if device.hasModes, device["accessmode"] != "mapped" {
            report.refuse("fmode and dmode must be used with accessmode=mapped", at: device)
        }
    }

    private static let sandbox = RuleRow.devices(
        "filesystem", "filesystem-sandbox", "a sandbox is that of virtiofsd", remedy: "remove <sandbox>",
        sources: validate, "9p is served by QEMU itself."
    ) { device, _, report in
        guard !device.isVirtiofs, device.first("binary")?.first("sandbox")?["mode"] != nil else { return }
        report.refuse("sandbox can only be used with driver=virtiofs", at: device)
    }
}

extension XMLElement {
    var isVirtiofs: Bool { first("driver")?["type"] == "virtiofs" }

    var hasModes: Bool {
        ["fmode", "dmode"].contains { LibvirtNumber.unsigned(self[$0] ?? "0", base: 8) ?? 0 != 0 }
    }
}

extension CheckedDomain {
    /// Whether other processes can map the guest's memory.
    var hasSharedMemory: Bool {
        let access = root.first("memoryBacking")?.first("access")?["mode"]
        return numaCells.isEmpty
            ? access == "shared" : numaCells.allSatisfy { $0["memAccess"] ?? access == "shared" }
    }
}
