import BerthDiagnostics
import BerthProxmox
import BerthServices
import BerthStack
import Foundation
import TestSupport

extension FuzzTarget {
    /// A Proxmox VM's file: read, simulated, planned, validated, applied (with a host and without); which of them its bytes decide.
    static let proxmox = FuzzTarget(
        "proxmox", seeds: { try ProxmoxWords.seeds() }, words: ProxmoxWords.all, limit: 1 << 14
    ) { bytes, sample in
        let document = try VMDocument(bytes, file: "100.conf")
        guard document.bytes == bytes else { throw ProxmoxFault.changed }
        // To apply is to plan some ten times, as slow as a hundred simulations.
        switch sample.pick(32) {
        case 0: try ProxmoxWork.apply(document, withHost: false)
        case 1: try ProxmoxWork.apply(document, withHost: true)
        case 2, 3: _ = Services.findings(of: document, stack: StackChoice())
        default:
            let topology = try Services.guest(of: document).topology
            try GuestWork.simulate(topology, sample)
            if sample.isOne(in: 16) { try GuestWork.deliver(topology, sample) }
        }
    }
}

private enum ProxmoxFault: Error { case changed, unstable }

private enum ProxmoxWork {
    static func apply(_ document: VMDocument, withHost: Bool) throws {
        let host = withHost ? HostWords.inventory : nil
        let once = try Services.apply(to: document, host: host).application
        let twice = try Services.apply(to: try VMDocument(once.bytes, file: "100.conf"), host: host).application
        guard once.bytes == twice.bytes else { throw ProxmoxFault.unstable }
    }
}

/// Files of VMs and pieces of them.
enum ProxmoxWords {
    static func seeds() throws -> [[UInt8]] {
        let folder = "Tests/ProxmoxTests/Posted"
        return try PackageRoot.files(below: folder, suffix: ".conf").map {
            Array(try Data(contentsOf: PackageRoot.url.appendingPathComponent("\(folder)/\($0)")))
        }
    }

    static let all: [String] = [
        "hostpci0: ", "hostpci1: 0000:00:02.0", "hostpci15: 00:02,pcie=1", "legacy-igd=1", "x-vga=1", "pcie=1",
        "rombar=0",
        "romfile=igd.rom", "mapping=gpu", "mdev=i915-GVTg_V5_4", "device-id=0x3e9b", "00:02.1", "01:00", ";00:1f.3",
        "machine: q35",
        "machine: pc-i440fx-9.2+pve1", "machine: pc-q35-11.0+pve2", "viommu=intel", "viommu=virtio", "aw-bits=39",
        "bios: ovmf",
        "bios: seabios", "vga: none", "vga: std", "vga: qxl4", "vga: virtio,memory=512", "vga: serial0", "cpu: host",
        "phys-bits=host", "flags=+pdpe1gb", "memory: 65536", "memory: current=2048", "balloon: 0", "ostype: win11",
        "ostype: l26",
        "meta: creation-qemu=9.2.0,ctime=1", "scsihw: virtio-scsi-single", "scsi30: a:b", "virtio15: a:b", "sata5: a:b",
        "net31: virtio=BC:24:11:00:00:01,bridge=vmbr0", "usb0: host=1-1,usb3=1", "usb13: spice", "audio0: device=AC97",
        "ivshmem: size=64", "rng0: source=/dev/urandom", "watchdog: i6300esb", "numa: 1", "hotplug: memory",
        "template: 1",
        "args: -device vfio-pci,host=00:02.0,addr=02.0", "-set device.hostpci0.addr=02.0",
        "-set device.hostpci0.x-igd-gms=2",
        "-device pci-testdev,id=berth-stolen-memory,addr=07.0,membar=64M", "\"", "'", "\\", "[PENDING]\n",
        "delete: vga\n",
        "[snap]\n", "[special:cloudinit]\n", "#\n", "\r\n", "```\n", "[CODE]\n", "root@pve:~# \n",
    ]
}
