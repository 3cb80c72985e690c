import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<shmem>`.
enum SharedMemory: RuleTable {
    static let all = [name, model, server, interrupts, doorbellSize, powerOfTwo, leastSize]

    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefShmem"]
    private static let command = [
        "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildShmemCommandLine",
        "libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefShmem",
    ]

    private static let name = RuleRow.devices(
        "shmem", "shmem-name", "the name of shared memory is a file name", remedy: "write a name such as 'igd'",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainShmemDefValidate"],
        "The memory is the file /dev/shm/NAME on the host. An empty name would be the folder itself."
    ) { device, _, report in
        guard let name = device["name"] else { return }
        if name.contains("/") {
            report.refuse("shmem name cannot include '/' character", at: device, "name")
        } else if name == "." || name == ".." {
            report.refuse("shmem name cannot be equal to '\(name)'", at: device, "name")
        } else if name.isEmpty {
            report.warn("the name is empty: QEMU would be given the folder /dev/shm/", at: device, "name")
        }
    }

    private static let model = RuleRow.devices(
        "shmem", "shmem-model", "the model of shared memory is one QEMU has",
        remedy: "write <model type='ivshmem-plain'/>",
        sources: qemu + ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainShmemDefPostParse"],
        "The default model, ivshmem, is gone from QEMU since 4.0, so the model has to be written."
    ) { device, domain, report in
        let element = device.first("model")
        guard element?["type"] ?? "ivshmem" == "ivshmem" else { return }
        report.refuse(
            domain.isRead(by: .until(11, 3))
                ? "ivshmem device is not supported with this QEMU binary" : "ivshmem device is no longer supported",
            at: element ?? device,
            element == nil ? nil : "type")
    }

    private static let server = RuleRow.devices(
        "shmem", "shmem-server", "ivshmem-doorbell has a server, ivshmem-plain has none", sources: qemu,
        "The server is who passes on interrupts; ivshmem-plain is memory alone."
    ) { device, _, report in
        let element = device.first("model")
        let server = device.first("server")
        switch element?["type"] {
        case "ivshmem-doorbell" where server == nil:
            report.refuse(
                "shmem model 'ivshmem-doorbell' is supported only with server option enabled", at: element ?? device,
                fix: "add <server path='...'/>, or write type='ivshmem-plain'")
        case "ivshmem-plain":
            report.surplus("shmem model 'ivshmem-plain' is supported only with server option disabled", server)
        default: break
        }
    }

    private static let interrupts = RuleRow.devices(
        "shmem", "shmem-msi", "shared memory with interrupts has a server",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainShmemDefParseXML"],
        "Peers ring at the server's."
    ) { device, _, report in
        guard device.first("server") == nil else { return }
        report.surplus("msi option is only supported with a server", device.first("msi"))
    }

    private static let doorbellSize = RuleRow.devices(
        "shmem", "shmem-doorbell-size", "the size of memory that a server shares is the server's", sources: qemu,
        "ivshmem-doorbell gets the memory from it."
    ) { device, _, report in
        guard device.first("model")?["type"] == "ivshmem-doorbell", device.first("server") != nil,
            let size = device.first("size"), ScaledSize.bytes(size, defaultUnit: 1) ?? 0 > 0
        else { return }
        report.surplus("shmem model 'ivshmem-doorbell' does not support size setting", size)
    }

    /// What becomes a BAR, where that is written.
    private static func size(_ device: XMLElement) -> (element: XMLElement, bytes: UInt64)? {
        guard device.first("model")?["type"] != "ivshmem-doorbell", device.first("server") == nil,
            let element = device.first("size"), let size = ScaledSize.bytes(element, defaultUnit: 1), size > 0
        else { return nil }
        return (element, size)
    }

    private static func remedy(_ bytes: UInt64) -> String {
        let shift = min(63, UInt64(max(20, 64 - (bytes - 1).leadingZeroBitCount)))
        return "write <size unit='KiB'>\((UInt64(1) << shift) >> 10)</size>"
    }

    /// Of releases after 9.0, whose validation says both.
    private static let sizeMessage = "shmem size must be a power of 2 and at least 1 MiB (1024 KiB)"

    private static let powerOfTwo = RuleRow.devices(
        "shmem", "shmem-size", "the size of shared memory is a power of two", sources: command,
        """
        The memory becomes BAR 2 of an ivshmem device. Libvirt 9.0 notices when it makes the command line, later releases when the
        domain is defined. Units of a thousand (MB) are never powers of two. Default: 4 MiB.
        """
    ) { device, domain, report in
        guard let (element, bytes) = size(device), bytes.nonzeroBitCount != 1 else { return }
        report.refuse(
            domain.isRead(by: .until(9, 1)) ? "shmem size must be a power of two" : sizeMessage, at: element,
            fix: remedy(bytes))
    }

    private static let leastSize = RuleRow.devices(
        "shmem", "shmem-least-size", "shared memory has 1 MiB at least", sources: command,
        "That is libvirt's own limit; QEMU takes 4 KiB."
    ) { device, domain, report in
        guard let (element, bytes) = size(device), bytes.nonzeroBitCount == 1, bytes < 1 << 20 else { return }
        report.refuse(
            domain.isRead(by: .until(9, 1)) ? "shmem size must be at least 1 MiB (1024 KiB)" : sizeMessage, at: element,
            fix: remedy(bytes))
    }
}
