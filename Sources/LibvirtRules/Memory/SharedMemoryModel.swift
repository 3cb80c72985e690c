import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SharedMemoryModel: DomainCheck {
    let rule = DomainRule(
        "shmem-model", "the model of shared memory fits its options",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainShmemDefPostParse",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefShmem",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainShmemDefParseXML",
        ],
        """
        ivshmem-plain is memory alone: no server and no interrupts. ivshmem-doorbell needs a server, which then decides
        the size. The default model, ivshmem, is gone from QEMU since 4.0, so the model has to be written.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("shmem").flatMap { complaints($0, domain) }
    }

    private func complaints(_ device: XMLElement, _ domain: CheckedDomain) -> [Finding] {
        let element = device.first("model")
        let model = element?["type"] ?? "ivshmem"
        let server = device.first("server")
        var findings: [Finding] = []
        if server == nil, let msi = device.first("msi") {
            findings.append(
                finding("msi option is only supported with a server", at: msi, in: domain, fix: "remove <msi>"))
        }
        switch model {
        case "ivshmem":
            findings.append(
                finding(
                    "ivshmem device is not supported with this QEMU binary", at: element ?? device,
                    element == nil ? nil : "type", in: domain, fix: "write <model type='ivshmem-plain'/>"))
        case "ivshmem-doorbell" where server == nil:
            findings.append(
                finding(
                    "shmem model '\(model)' is supported only with server option enabled", at: element ?? device,
                    in: domain, fix: "add <server path='...'/>, or write type='ivshmem-plain'"))
        case "ivshmem-plain" where server != nil:
            findings.append(
                finding(
                    "shmem model '\(model)' is supported only with server option disabled", at: server ?? device,
                    in: domain, fix: "remove <server>"))
        case "ivshmem-doorbell" where (device.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1) } ?? 0) > 0:
            findings.append(
                finding(
                    "shmem model '\(model)' does not support size setting", at: device.first("size") ?? device,
                    in: domain, fix: "remove <size>"))
        default: break
        }
        return findings
    }
}
