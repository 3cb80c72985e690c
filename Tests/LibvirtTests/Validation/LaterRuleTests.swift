import BerthDiagnostics
import BerthLibvirtRules
import BerthStack
import Testing

/// Claims that this machine's libvirt does not have, or that its QEMU never breaks: the words are those of libvirt 11.3's own
/// tests and of drawn documents.
@Suite struct LaterRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var rule: RuleID
        var message: String
        var devices = ""
        var edit: (String, String) = ("", "")
        var libvirt = LibvirtRelease(11, 3)
        var qemu = QEMURelease(10, 0)
        /// A release or a change of the document with which nothing is said.
        var before: LibvirtRelease?
        var cure: (String, String)?

        var testDescription: String { rule.rawValue }

        func findings(libvirt: LibvirtRelease? = nil, cured: Bool = false) -> [Finding] {
            var text = Validating.domain(devices: devices)
            if !edit.0.isEmpty { text = text.replacing(edit.0, with: edit.1) }
            if cured, let cure { text = text.replacing(cure.0, with: cure.1) }
            let host = LibvirtHost(qemu: qemu, libvirt: libvirt ?? self.libvirt)
            return DomainValidator(host: host).validate(Array(text.utf8), file: "f.xml").filter {
                $0.severity == .error
            }
        }
    }

    private static func rbd(_ encryption: String) -> String {
        """
        <disk type='network'><driver name='qemu' type='raw'/><source protocol='rbd' name='p/i'><host name='h' port='6321'/>
        \(encryption)</source><target dev='vda' bus='virtio'/></disk>
        """
    }

    private static let secret = "<secret type='passphrase' uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80fb0'/>"

    private static let cases: [Case] = [
        Case(
            rule: "interface-memory", message: "'interface' requires shared memory",
            devices: """
                <interface type='vhostuser'><source type='unix' path='/s' mode='client'/><model type='virtio'/></interface>
                """, before: LibvirtRelease(11, 1),
            cure: ("<vcpu>", "<memoryBacking><access mode='shared'/></memoryBacking><vcpu>")),
        Case(
            rule: "character-reconnect", message: "chardev reconnect is possible only for connect mode",
            devices: """
                <channel type='unix'><source mode='connect' path='/var/lib/libvirt/qemu/channel/target/domain-x/asdf'>
                <reconnect enabled='yes' timeout='10'/></source><target type='virtio' name='asdf'/></channel>
                """, cure: ("channel/target/domain-x/asdf", "channel/target/domain-x/other")),
        Case(
            rule: "os-architecture",
            message: "Emulator '/usr/bin/qemu-system-x86_64' does not support arch 'alpha'",
            devices: "<emulator>/usr/bin/qemu-system-x86_64</emulator>", edit: ("arch='x86_64'", "arch='alpha'"),
            cure: ("arch='alpha'", "arch='x86_64'")),
        Case(
            rule: "domain-type", message: "Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'hvf'",
            edit: ("type='qemu' xmlns", "type='hvf' xmlns"), cure: ("type='hvf'", "type='kvm'")),
        Case(
            rule: "feature-ps2-state", message: "ps2 feature state cannot be controlled with this QEMU binary",
            edit: ("<acpi/>", "<acpi/><ps2 state='on'/>"), qemu: QEMURelease(6, 2),
            cure: ("<ps2 state='on'/>", "")),
        Case(
            rule: "network-tls-hostname", message: "'tlsHostname' field is not supported by this QEMU",
            devices: """
                <disk type='network'><source protocol='nbd' name='n' tls='yes' tlsHostname='c'>
                <host name='h' port='1'/></source><target dev='vda' bus='virtio'/></disk>
                """, qemu: QEMURelease(6, 2), cure: ("tlsHostname='c'", "")),
        Case(
            rule: "network-tls-hostname", message: "'tlsHostname' field is supported only with NBD disks",
            devices: rbd("").replacing("name='p/i'", with: "name='p/i' tlsHostname='c'"),
            cure: ("tlsHostname='c'", "")),
        Case(
            rule: "disk-encryption-qemu",
            message: "librbd encryption layering is not supported by this QEMU binary",
            devices: rbd("<encryption format='luks' engine='librbd'>\(secret)\(secret)</encryption>"),
            qemu: QEMURelease(7, 2), cure: (secret + secret, secret)),
        Case(
            rule: "disk-encryption-qemu", message: "luks-any encryption is not supported by this QEMU binary",
            devices: rbd("<encryption format='luks-any' engine='librbd'>\(secret)</encryption>"),
            qemu: QEMURelease(7, 2), cure: ("luks-any", "luks")),
        Case(
            rule: "usb-disabled",
            message: "USB is disabled for this domain, but USB devices are present in the domain XML",
            devices: "<interface type='user'><model type='usb-net'/></interface>",
            cure: ("model='none'/>\n    <memballoon", "model='qemu-xhci'/>\n    <memballoon")),
        Case(
            rule: "libvirt-number",
            message: "Invalid value for attribute 'memReserve' in element 'target': Zero is not permitted",
            devices: "<controller type='pci' model='pcie-root-port' index='1'><target memReserve='0'/></controller>",
            before: LibvirtRelease(9, 0), cure: ("memReserve='0'", "memReserve='0x40'")),
        Case(
            rule: "audio-number", message: "Invalid value for attribute 'id' in element 'audio': Zero is not permitted",
            devices: "<audio id='0' type='none'/>", cure: ("id='0'", "id='1'")),
        Case(
            rule: "audio-backend-given", message: "unable to find audio backend for sound device",
            devices: "<sound model='pcspk'/><graphics type='sdl'/>", before: LibvirtRelease(9, 0),
            cure: ("<sound", "<audio id='1' type='none'/><sound")),
        Case(
            rule: "video-blob", message: "video type 'bochs' does not support blob resources",
            edit: ("<model type='none'/>", "<model type='bochs' blob='off'/>"), cure: (" blob='off'", "")),
        Case(
            rule: "video-blob-memory",
            message: "'blob' support for virtio-gpu devices requires a memfd memory backend",
            edit: ("<model type='none'/>", "<model type='virtio' blob='on'/>"),
            cure: ("<vcpu>", "<memoryBacking><source type='memfd'/></memoryBacking><vcpu>")),
        Case(
            rule: "cpu-address-limit",
            message: "attribute 'limit' is only supported for maxphysaddr mode 'passthrough'",
            edit: ("<features>", "<cpu mode='maximum'><maxphysaddr mode='emulate' limit='39'/></cpu><features>"),
            cure: ("emulate", "passthrough")),
        Case(
            rule: "cpu-address-limit",
            message: "Invalid value for attribute 'limit' in element 'maxphysaddr': Zero is not permitted",
            edit: ("<features>", "<cpu mode='maximum'><maxphysaddr mode='passthrough' limit='0'/></cpu><features>"),
            before: LibvirtRelease(9, 0), cure: ("limit='0'", "limit='39'")),
        Case(
            rule: "disk-virtio-option", message: "queue_size attribute in disk driver is only supported for virtio bus",
            devices: """
                <disk type='file'><driver name='qemu' queue_size='64'/><source file='/s'/><target dev='sda' bus='sata'/></disk>
                """, before: LibvirtRelease(9, 0), cure: ("dev='sda' bus='sata'", "dev='vda' bus='virtio'")),
        Case(
            rule: "disk-discard-no-unref", message: "'discard_no_unref' only works with qcow2 disk format",
            devices: """
                <disk type='file'><driver name='qemu' discard_no_unref='on'/><source file='/s'/><target dev='vda'/></disk>
                """, before: LibvirtRelease(9, 4), cure: ("name='qemu'", "name='qemu' type='qcow2'")),
        Case(
            rule: "disk-discard-no-unref", message: "'discard_no_unref' is not compatible with read-only disk",
            devices: """
                <disk type='file'><driver name='qemu' type='qcow2' discard_no_unref='on'/><source file='/s'/>
                <target dev='vda'/><readonly/></disk>
                """, before: LibvirtRelease(9, 4), cure: ("<readonly/>", "")),
        Case(
            rule: "rdp-option", message: "RDP doesn't support 'multiUser'",
            devices: "<graphics type='dbus'/><graphics type='rdp' multiUser='yes'/>",
            cure: ("multiUser='yes'", "multiUser='no'")),
        Case(
            rule: "rdp-option", message: "RDP doesn't support 'replaceUser'",
            devices: "<graphics type='dbus'/><graphics type='rdp' replaceUser='yes'/>",
            cure: ("replaceUser='yes'", "")),
        Case(
            rule: "rdp-option", message: "RDP password expiration isn't supported",
            devices: """
                <graphics type='dbus'/><graphics type='rdp' passwd='x' passwdValidTo='2026-11-28T14:29:01'/>
                """, cure: ("passwd='x'", "")),
        Case(
            rule: "rdp-dbus", message: "qemu-rdp support requires a D-Bus bus graphics device.",
            devices: "<graphics type='rdp'/>", cure: ("<graphics", "<graphics type='dbus'/><graphics")),
        Case(
            rule: "graphics-type", message: "rdp graphics are not supported with this QEMU",
            devices: "<graphics type='rdp'/><graphics type='dbus'/>", libvirt: LibvirtRelease(11, 0),
            before: LibvirtRelease(11, 1), cure: ("<graphics type='rdp'/>", "")),
        Case(
            rule: "graphics-once",
            message: "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus, rdp) is supported",
            devices: "<graphics type='dbus'/><graphics type='rdp'/><graphics type='rdp' port='3'/>",
            cure: ("<graphics type='rdp' port='3'/>", "")),
        Case(
            rule: "graphics-listen-once",
            message: "qemu-rdp does not support multiple listens for one graphics device.",
            devices: """
                <graphics type='dbus'/><graphics type='rdp'><listen type='address'/><listen type='network' network='n'/></graphics>
                """, cure: ("<listen type='address'/>", "")),
        Case(
            rule: "usb-disabled",
            message: "USB is disabled for this domain, but USB devices are present in the domain XML",
            devices: "<filesystem type='mount'><driver type='mtp'/><source dir='/'/><target dir='t'/></filesystem>",
            libvirt: LibvirtRelease(12, 8), qemu: QEMURelease(11, 1), before: LibvirtRelease(11, 3),
            cure: ("model='none'/>\n    <memballoon", "model='qemu-xhci'/>\n    <memballoon")),
        Case(
            rule: "memory-hotplug-node",
            message: "At least one numa node has to be configured when enabling memory hotplug",
            edit: ("<vcpu>", "<maxMemory slots='2' unit='GiB'>4</maxMemory><vcpu>"), libvirt: LibvirtRelease(9, 0),
            before: LibvirtRelease(11, 3), cure: ("<maxMemory slots='2' unit='GiB'>4</maxMemory>", "")),
        Case(
            rule: "memory-address",
            message: "only 'pci' and 'ccw' addresses are supported for the virtio-mem device",
            devices: """
                <memory model='virtio-mem'><target><size unit='MiB'>128</size><node>0</node><block unit='MiB'>2</block>
                <requested unit='MiB'>0</requested></target><address type='dimm' slot='0'/></memory>
                """,
            edit: (
                "<vcpu>",
                "<maxMemory slots='2' unit='GiB'>4</maxMemory><cpu><numa><cell id='0' cpus='0' memory='384' unit='MiB'/></numa></cpu><vcpu>"
            ), cure: ("<address type='dimm' slot='0'/>", "")),
        Case(
            rule: "nvme-namespace",
            message:
                "Invalid value for attribute 'namespace' in element 'source': '0x1f'. Expected non-negative integer "
                + "value",
            devices: """
                <disk type='nvme'><driver name='qemu' type='raw'/><source type='pci' managed='yes' namespace='0x1f'>
                <address domain='0' bus='1' slot='0' function='0'/></source><target dev='vda' bus='virtio'/></disk>
                """, cure: ("'0x1f'", "'31'")),
        Case(
            rule: "redirection-version", message: "Cannot parse USB device version 1024",
            devices: """
                <controller type='usb' model='qemu-xhci' index='1'/><redirdev bus='usb' type='tcp'>
                <source mode='connect' host='h' service='4'/></redirdev>
                <redirfilter><usbdev version='1024' allow='yes'/></redirfilter>
                """, edit: ("<controller type='usb' model='none'/>", ""), cure: ("'1024'", "'2.00'")),
        Case(
            rule: "usb-address-port", message: "duplicate key 'port'",
            devices: """
                <controller type='pci' index='1' model='pcie-root-port'><address type='usb' bus='0' port='1'/></controller>
                """, cure: ("<address type='usb' bus='0' port='1'/>", "")),
    ]

    @Test(arguments: cases)
    func `what a release or a QEMU lacks is refused in libvirt's words`(wrong: Case) {
        #expect(wrong.findings().map(\.rule) == [wrong.rule])
        #expect(wrong.findings().map(\.message) == [wrong.message])
        #expect(wrong.findings(cured: true).map(\.description) == [])
        if let before = wrong.before { #expect(wrong.findings(libvirt: before).map(\.description) == []) }
    }
}
