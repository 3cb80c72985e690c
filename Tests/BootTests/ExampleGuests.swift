/// Guests that were booted with both firmwares, as QEMU command lines.
enum ExampleGuests {
    /// q35 with one root port and two ivshmem devices, 2 GiB.
    static let rootPort = """
        -machine q35 -m 2048
        -object memory-backend-ram,id=m1,size=64M,share=on -object memory-backend-ram,id=m2,size=16K,share=on
        -device VGA,id=vga,bus=pcie.0,addr=02.0
        -device ivshmem-plain,id=stolen,memdev=m1,bus=pcie.0,addr=03.0
        -device ivshmem-plain,id=opregion,memdev=m2,bus=pcie.0,addr=04.0
        -device pcie-root-port,id=rp1,bus=pcie.0,addr=05.0,chassis=1,slot=1
        -device virtio-net-pci,id=net,bus=rp1,addr=00.0
        """

    /// pc with a conventional bridge, 4 GiB, and an ivshmem device of the given size for stolen memory.
    static func bridge(stolen: String) -> String {
        """
        -machine pc -m 4096
        -object memory-backend-ram,id=m1,size=\(stolen),share=on -object memory-backend-ram,id=m2,size=8K,share=on
        -device pci-testdev,id=igd,membar=256M,bus=pci.0,addr=02.0
        -device ivshmem-plain,id=stolen,memdev=m1,bus=pci.0,addr=03.0
        -device ivshmem-plain,id=opregion,memdev=m2,bus=pci.0,addr=04.0
        -device e1000,id=nic,bus=pci.0,addr=05.0
        -device pci-bridge,id=br1,chassis_nr=1,bus=pci.0,addr=06.0
        -device virtio-rng-pci,id=rng,bus=br1,addr=01.0
        """
    }

    /// q35 with a switch, a conventional bus below a bridge, and option ROMs.
    static let switchAndROMs = """
        -machine q35 -m 2048
        -device pcie-root-port,id=rp,bus=pcie.0,addr=05.0,chassis=1,slot=1
        -device x3130-upstream,id=up,bus=rp,addr=00.0
        -device xio3130-downstream,id=d0,bus=up,addr=00.0,chassis=2,slot=2
        -device xio3130-downstream,id=d1,bus=up,addr=01.0,chassis=3,slot=3
        -device e1000e,id=n0,bus=d0,addr=00.0
        -device virtio-net-pci,id=n1,bus=d1,addr=00.0
        -device pcie-pci-bridge,id=pb,bus=pcie.0,addr=06.0
        -device e1000,id=n2,bus=pb,addr=01.0
        -device e1000,id=n3,bus=pb,addr=02.0
        -device pci-testdev,id=td,membar=64M,bus=pb,addr=03.0
        -device qemu-xhci,id=xh,bus=pcie.0,addr=07.0
        -device nvme,serial=x,id=nv,bus=pcie.0,addr=08.0
        """
}
