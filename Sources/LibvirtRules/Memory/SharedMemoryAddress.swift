import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SharedMemoryAddress: DomainCheck {
    let rule = DomainRule(
        "shmem-address", "shared memory has a PCI address",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildShmemDevProps"],
        """
        ivshmem is a PCI device. Libvirt 9.0 notices another kind of address only when it makes the command line.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("shmem").compactMap { device in
            guard let address = device.first("address"), let type = address["type"],
                !["pci", "unassigned"].contains(type)
            else {
                return nil
            }
            return finding(
                "only 'pci' addresses are supported for the shared memory device", at: address, "type", in: domain,
                fix: "remove <address>, libvirt then chooses one")
        }
    }
}
