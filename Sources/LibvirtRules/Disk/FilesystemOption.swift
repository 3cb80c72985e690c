import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FilesystemOption: DomainCheck {
    let rule = DomainRule(
        "filesystem-option", "a file system is one QEMU shares, with the options of its driver",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefFS",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefVhostUserRequireSharedMemory",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainFSDefValidate, virDomainDefFSValidate",
        ],
        """
        QEMU mounts directories, by 9p or virtiofs. fmode and dmode are for accessmode='mapped'; virtiofs passes through,
        needs shared memory, and has neither model nor format nor read-only mode.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices("filesystem").compactMap { device in
            let target = device.first("target")?["dir"] ?? ""
            let isVirtio = device.first("driver")?["type"] == "virtiofs"
            var message = complaint(device, isVirtio, domain)
            if isVirtio, !seen.insert(target).inserted { message = "filesystem target '\(target)' specified twice" }
            return message.map {
                finding($0, at: device, in: domain, fix: "change what the message names, or remove <filesystem>")
            }
        }
    }

    private func complaint(_ device: XMLElement, _ isVirtio: Bool, _ domain: CheckedDomain) -> String? {
        let type = device["type"] ?? "mount"
        if device.first("target")?["dir"]?.isEmpty ?? true {
            let source = device.first("source").flatMap { $0["dir"] ?? $0["socket"] }
            return source.map { "missing target information for device \($0)" }
                ?? "missing target information for device"
        }
        if device.first("boot") != nil, !isVirtio { return "boot order is only supported for virtiofs" }
        if type != "mount" { return "only supports mount filesystem type" }
        let mode = device["accessmode"] ?? "passthrough"
        let hasModes = ["fmode", "dmode"].contains { LibvirtNumber.unsigned(device[$0] ?? "0", base: 8) ?? 0 != 0 }
        if hasModes, mode != "mapped" { return "fmode and dmode must be used with accessmode=mapped" }
        if !isVirtio, device.first("binary")?.first("sandbox")?["mode"] != nil {
            return "sandbox can only be used with driver=virtiofs"
        }
        let driver = device.first("driver")
        switch driver?["type"] {
        case "handle" where mode != "passthrough": return "only supports passthrough accessmode"
        case "loop", "nbd", "ploop": return "Filesystem driver type not supported"
        default: break
        }
        guard isVirtio else { return nil }
        if device.first("source")?["socket"] == nil {
            if device.first("readonly") != nil { return "virtiofs does not yet support read-only mode" }
            if mode != "passthrough" { return "virtiofs only supports passthrough accessmode" }
            if driver?["wrpolicy"] != nil { return "virtiofs does not support wrpolicy" }
        }
        if device["model"] != nil { return "virtiofs does not support model" }
        if driver?["format"] != nil { return "virtiofs does not support format" }
        if let multi = device["multidevs"], multi != "default" { return "virtiofs does not support multidevs" }
        if hasModes { return "virtiofs does not support fmode and dmode" }
        return domain.hasSharedMemory ? nil : "'virtiofs' requires shared memory"
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
