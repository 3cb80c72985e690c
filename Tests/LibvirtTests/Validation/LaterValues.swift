import BerthStack
import TestSupport

/// What later releases know beside the values of 9.0.
extension DocumentValues {
    static func words(of libvirt: LibvirtRelease) -> [String: [String]] {
        guard libvirt > LibvirtRelease(9, 0) else { return words }
        return words.merging(libvirt > LibvirtRelease(11, 3) ? later.merging(latest, uniquingKeysWith: +) : later) {
            $0 + $1
        }
    }

    static func children(of libvirt: LibvirtRelease) -> [String] {
        guard libvirt > LibvirtRelease(9, 0) else { return children }
        return children + [
            "<reconnect enabled='yes' timeout='10'/>", "<driver ram_filter='1'/>", "<driver dma_translation='off'/>",
            "<reconnect delay='10'/>", "<libssh enabled='yes'/>", "<driver discard_no_unref='on'/>",
            "<seclabel model='dac' relabel='no'/>", "<filter username='x'/>",
        ]
    }

    /// Of 11.3.
    private static let later: [String: [String]] = [
        "audio/type": ["pipewire"], "crypto/type": ["qemu"], "crypto/model": ["virtio"],
        "driver/discard_no_unref": ["on", "off"], "driver/queue_size": ["64", "3"], "driver/name": ["mtp"],
        "filesystem/type": ["mount"], "iommu/model": ["virtio", "intel"], "maxphysaddr/limit": ["39", "48"],
        "maxphysaddr/bits": ["39", "64"], "model/type": ["igb", "virtio", "usb-net"], "os/firmware": ["efi", "bios"],
        "panic/model": ["pvpanic"], "pstore/backend": ["acpi-erst"], "ps2/state": ["on", "off"],
        "sound/model": ["virtio"], "sound/streams": ["1", "2", "64", "65"], "streams/count": ["2"],
        "target/memReserve": ["64", "0"], "timer/frequency": ["1"], "topology/clusters": ["1", "2"],
        "tpm/model": ["tpm-tis", "tpm-crb"], "watchdog/model": ["itco"], "driver/iothreads": ["1"],
        "target/removable": ["on"], "blob/state": ["on"], "model/blob": ["on", "off"], "table/type": ["raw", "msdm"],
        "address/acpiIndex": ["3"], "graphics/multiUser": ["yes", "no"], "graphics/replaceUser": ["yes", "no"],
        "graphics/passwdValidTo": ["2026-11-28T14:29:01"], "driver/type": ["mtp", "virtiofs", "raw"],
        "vmport/state": ["on", "off"],
    ]

    /// Of what came up to 12.8.
    private static let latest: [String: [String]] = [
        "controller/model": ["nvme-bus"], "controller/type": ["nvme"], "driver/aw_bits": ["48"],
        "driver/iommufd": ["yes", "no"], "driver/granule": ["4096"], "hyperv/mode": ["host-model"],
        "iommu/model": ["amd"], "model/device": ["vga"], "model/edid": ["on", "off"], "target/bus": ["nvme"],
        "driver/passthrough": ["on"], "driver/xtsup": ["on"], "driver/discard_granularity": ["0", "4096"],
        "acpi/nodeset": ["0", "0-1"],
    ]
}

extension RandomDomain {
    /// Adds up to two devices that 9.0 does not have, to two documents of three.
    mutating func addLaterPieces(seed: UInt64, of libvirt: LibvirtRelease) {
        guard libvirt > LibvirtRelease(9, 0), seed % 3 != 0 else { return }
        var dice = Seeded(seed &+ 77)
        let pieces = Self.later + (libvirt > LibvirtRelease(11, 3) ? Self.latest : [])
        let drawn = (0...Int(dice.next() % 2)).map { _ in pieces[Int(dice.next() % UInt64(pieces.count))] }
        xml = xml.replacing("</devices>", with: drawn.joined() + "</devices>")
    }

    private static let later = [
        "<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>",
        "<pstore backend='acpi-erst'><path>/tmp/p</path><size unit='KiB'>8</size></pstore>",
        "<panic model='pvpanic'/>", "<watchdog model='itco' action='reset'/>",
        "<sound model='virtio' streams='2'/>", "<interface type='user'><model type='igb'/></interface>",
        "<interface type='user'><model type='usb-net'/></interface>",
        "<filesystem type='mount'><driver type='mtp'/><source dir='/'/><target dir='t'/></filesystem>",
        "<watchdog model='i6300esb' action='reset'/><watchdog model='itco' action='reset'/>",
        "<controller type='pci' model='pcie-root-port' index='40'><target memReserve='64'/></controller>",
        "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/><model type='virtio'/></interface>",
        "<audio id='5' type='pipewire'/>", "<graphics type='rdp'/>", "<graphics type='dbus'/><graphics type='rdp'/>",
        """
        <disk type='file'><driver name='qemu' type='qcow2' discard_no_unref='on'/><source file='/q'/>
        <target dev='vdz' bus='virtio'/></disk>
        """,
    ]

    private static let latest = [
        "<iommu model='amd'/>", "<iommu model='virtio'/><iommu model='intel'/>",
        "<controller type='nvme' index='0'><serial>abc</serial></controller>",
        "<disk type='file'><source file='/n'/><target dev='nvme0n1' bus='nvme'/></disk>",
        "<video><model type='virtio' heads='1'/></video>",
        "<controller type='usb' model='qemu-xhci' index='3' ports='4'/>",
    ]
}
