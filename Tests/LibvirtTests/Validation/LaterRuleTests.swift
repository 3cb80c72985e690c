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
    ]

    @Test(arguments: cases)
    func `what a release or a QEMU lacks is refused in libvirt's words`(wrong: Case) {
        #expect(wrong.findings().map(\.rule) == [wrong.rule])
        #expect(wrong.findings().map(\.message) == [wrong.message])
        #expect(wrong.findings(cured: true).map(\.description) == [])
        if let before = wrong.before { #expect(wrong.findings(libvirt: before).map(\.description) == []) }
    }
}
