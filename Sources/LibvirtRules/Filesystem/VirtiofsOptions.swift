import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Folders that virtiofsd shares.
enum VirtiofsOptions: RuleTable {
    static let all = [option, memory, once]

    private static let option = RuleRow.devices(
        "filesystem", "virtiofs-option", "virtiofs passes through, and has no options of 9p",
        remedy: "remove what the message names",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefFS"],
        "virtiofsd of libvirt's own choosing is neither read-only nor mapped; model, format, multidevs and modes are 9p's."
    ) { device, domain, report in
        guard device.isVirtiofs else { return }
        let driver = device.first("driver")
        var messages: [String] = []
        if device.first("source")?["socket"] == nil {
            // NEWS.rst @ 11.0.0: "virtiofs: Allow read only mode".
            if device.first("readonly") != nil, domain.isRead(by: .until(11, 0)) {
                messages.append("virtiofs does not yet support read-only mode")
            }
            if device["accessmode"] ?? "passthrough" != "passthrough" {
                messages.append("virtiofs only supports passthrough accessmode")
            }
            if driver?["wrpolicy"] != nil { messages.append("virtiofs does not support wrpolicy") }
        }
        if device["model"] != nil { messages.append("virtiofs does not support model") }
        if driver?["format"] != nil { messages.append("virtiofs does not support format") }
        if device["multidevs"] ?? "default" != "default" { messages.append("virtiofs does not support multidevs") }
        if device.hasModes { messages.append("virtiofs does not support fmode and dmode") }
        for message in messages { report.refuse(message, at: device) }
    }

    private static let memory = RuleRow.devices(
        "filesystem", "virtiofs-memory", "a guest with virtiofs shares its memory",
        remedy: "write <memoryBacking><access mode='shared'/>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefVhostUserRequireSharedMemory"],
        "virtiofsd reads and writes the guest's memory."
    ) { device, domain, report in
        guard device.isVirtiofs, !domain.hasSharedMemory else { return }
        report.refuse("'virtiofs' requires shared memory", at: device)
    }

    private static let once = RuleRow.domain(
        "virtiofs-target", "folders of virtiofs have different tags", remedy: "write another tag in <target dir=>",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefFSValidate"],
        "The tag is all by which the guest tells them apart."
    ) { domain, report in
        var seen: Set<String> = []
        for device in domain.devices("filesystem") where device.isVirtiofs {
            let target = device.first("target")?["dir"] ?? ""
            if !seen.insert(target).inserted {
                report.refuse("filesystem target '\(target)' specified twice", at: device)
            }
        }
    }
}
