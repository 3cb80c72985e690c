import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SharedMemorySize: DomainCheck {
    let rule = DomainRule(
        "shmem-size", "shared memory has a size that a BAR can have",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildShmemCommandLine"],
        """
        The memory becomes BAR 2 of an ivshmem device: a power of two, and at least 1 MiB for libvirt (QEMU takes 4
        KiB). Libvirt 9.0 notices when it makes the command line, later releases when the domain is defined. Units of a
        thousand (MB) are never powers of two. Default: 4 MiB.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("shmem").compactMap { device in
            guard device.first("model")?["type"] != "ivshmem-doorbell", device.first("server") == nil,
                let element = device.first("size"), let size = ScaledSize.bytes(element, defaultUnit: 1), size > 0
            else { return nil }
            let next = UInt64(1) << UInt64(max(20, 64 - (size - 1).leadingZeroBitCount))
            let fix = "write <size unit='KiB'>\(next >> 10)</size>"
            guard size.nonzeroBitCount == 1 else {
                return finding("shmem size must be a power of two", at: element, in: domain, fix: fix)
            }
            return size >= 1 << 20
                ? nil : finding("shmem size must be at least 1 MiB (1024 KiB)", at: element, in: domain, fix: fix)
        }
    }
}
