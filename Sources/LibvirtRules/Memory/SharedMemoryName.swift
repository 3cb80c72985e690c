import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SharedMemoryName: DomainCheck {
    let rule = DomainRule(
        "shmem-name", "the name of shared memory is a file name",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainShmemDefValidate"],
        """
        The memory is the file /dev/shm/NAME on the host. An empty name would be the folder itself.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("shmem").compactMap { device in
            guard let name = device["name"] else { return nil }
            let fix = "write a name such as 'igd'"
            if name.contains("/") {
                return finding("shmem name cannot include '/' character", at: device, "name", in: domain, fix: fix)
            }
            if name == "." || name == ".." {
                return finding("shmem name cannot be equal to '\(name)'", at: device, "name", in: domain, fix: fix)
            }
            guard name.isEmpty else { return nil }
            return finding(
                .warning, "the name is empty: QEMU would be given the folder /dev/shm/", at: device, "name", in: domain,
                fix: fix)
        }
    }
}
