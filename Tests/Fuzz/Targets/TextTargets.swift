import BerthDiagnostics
import BerthHost
import BerthLibvirtDomain
import BerthPCI
import BerthProxmox
import BerthQEMU
import BerthStack
import BerthTopology
import BerthXML
import Foundation
import TestSupport

/// Readers of text by themselves, as `ReaderTargets` has those of bytes.
extension FuzzTarget {
    /// What lspci printed, read and no more.
    static let lspciText = FuzzTarget(
        "lspci-text", seeds: { HostWords.dumps.map { Array($0.utf8) } }, words: HostWords.all, limit: 1 << 12
    ) { bytes, _ in
        _ = try LspciDump.read(bytes, file: "lspci.txt")
    }

    /// Lines of /proc/iomem, read and no more.
    static let iomemText = FuzzTarget(
        "iomem-text", seeds: { HostWords.maps.map { Array($0.utf8) } }, words: HostWords.all, limit: 1 << 12
    ) { bytes, _ in
        _ = try IOMemDump.read(bytes, file: "iomem.txt")
    }

    /// Addresses, sizes, releases and numbers, one a line: what is read is written and read again as the same.
    static let names = FuzzTarget(
        "names", seeds: { NameLines.seeds.map { Array($0.utf8) } }, words: NameLines.words, limit: 256
    ) { bytes, sample in
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            try NameLines.read(String(line))
            // What is spelt alike is looked for in all names.
            if sample.isOne(in: 64) { NameLines.guess(String(line)) }
        }
    }

    /// Values of QEMU's `-device`, one a line, in its syntax of options and as JSON; nothing is resolved.
    static let options = FuzzTarget(
        "options", seeds: { OptionLines.seeds.map { Array($0.utf8) } }, words: CommandLineWords.all, limit: 1 << 10
    ) { bytes, _ in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(4)
        _ = try CommandLineReader.read(
            ["-nodefaults"] + lines.flatMap { ["-device", String($0)] }, source: "guest.args")
    }

    /// A text that a shell would read, cut into words.
    static let shell = FuzzTarget(
        "shell", seeds: { OptionLines.scripts.map { Array($0.utf8) } },
        words: [
            "'", "\"", "\\\n", "${", "}", "$(", "`", "|", "&&", ";", "#", "<<EOF\n", "ARGS=(", ")", "+=", "exec ",
            "-device ",
        ],
        limit: 1 << 11
    ) { bytes, _ in
        _ = try ShellWords.split(bytes, file: "guest.sh")
    }

    /// A Proxmox VM's file, cut into settings; written again it is what it was.
    static let vmText = FuzzTarget(
        "vm-text", seeds: { try ProxmoxWords.seeds().map { Array($0.prefix(1 << 11)) } }, words: ProxmoxWords.all,
        limit: 1 << 11
    ) { bytes, _ in
        let document = try VMDocument(bytes, file: "100.conf")
        guard document.bytes == bytes else { throw FuzzFault("a document that is read and written is another one") }
        _ = VMConfiguration(document)
    }

    /// XML with the place of everything, by libxml2 and by the editor's own reader; without a change it is what it was.
    static let xmlText = FuzzTarget(
        "xml-text", seeds: { XMLTexts.seeds.map { Array($0.utf8) } }, words: XMLTexts.words, limit: 1 << 11
    ) { bytes, _ in
        let editor = try XMLEditor(bytes: bytes, file: "guest.xml")
        guard try editor.result() == bytes else { throw FuzzFault("a document without a change is another one") }
    }

    /// A topology file, read and no more.
    static let topologyText = FuzzTarget(
        "topology-text", seeds: { TopologyWords.texts }, words: TopologyWords.all, limit: 1 << 11
    ) { bytes, _ in
        _ = try TopologyFile.read(bytes, file: "guest.yaml")
    }

    /// Readers without what lies behind them.
    package static let readers: [FuzzTarget] = [
        optionROM, opRegion, userDevice, archive, rehearsed, lspciText, iomemText, names, options, shell, vmText,
        xmlText, topologyText,
    ]
}

private enum NameLines {
    static func read(_ text: String) throws {
        try again(PCIAddress.self, text)
        try again(ByteCount.self, text)
        try release(QEMURelease.self, text)
        try release(SeaBIOSRelease.self, text)
        try release(OVMFRelease.self, text)
        try release(LinuxRelease.self, text)
        try release(LibvirtRelease.self, text)
        if let machine = MachineRelease(text), MachineRelease(machine.description) != machine {
            throw FuzzFault("'\(text)' is another machine when it is written")
        }
        _ = PackageVersion(text)
        _ = LibvirtBitmap.parse(text)
    }

    /// Names that are refused with others that are near.
    static func guess(_ text: String) {
        _ = try? FirmwareChoice.parse(text)
        _ = try? GuestOS.parse(text)
        _ = try? Stack.parse(text)
        _ = (QEMURelease.nearest(to: text), SeaBIOSRelease.nearest(to: text), OVMFRelease.nearest(to: text))
        _ = (LinuxRelease.nearest(to: text), LibvirtRelease.nearest(to: text))
    }

    private static func again<Value: LosslessStringConvertible & Equatable>(_ type: Value.Type, _ text: String) throws {
        if let value = Value(text), Value(value.description) != value {
            throw FuzzFault("'\(text)' is '\(value)', which is read as something else")
        }
    }

    private static func release<Value: Release>(_ type: Value.Type, _ text: String) throws {
        if let value = Value(grammar: text), Value(grammar: value.description) != value {
            throw FuzzFault("'\(text)' is '\(value)', which is read as something else")
        }
    }

    static let seeds = [
        "0000:00:02.0\n00:1f.3\n64MiB\n0x1000\n", "7.2\n10.0.13\n1.16.2\n2024.08\n6.12\n9.0.0\nlinux-6.1\nwindows-11\n",
        "ovmf:2023.05\nseabios:1.17.0\ndebian-13\n9.2+pve1\nrhel9.4.0\nnoble-hpb\n0-3,^2\n1:7.2+dfsg-7+deb12u18\n",
    ]
    static let words = [
        "ffff:ff:1f.7", "18446744073709551615", "0x", "TiB", "P", "+pve", "rhel", "noble", ".", "-", ":", "^", ",",
        "999",
        "linux-", "windows-", "debian-", "ovmf:", "seabios:", "stable202408",
    ]
}

private enum OptionLines {
    static let seeds =
        CommandLineWords.igds.map { $0 + "\n" } + [
            "pcie-root-port,id=rp1,bus=pcie.0,chassis=1,addr=0x3,pref64-reserve=1G\nvirtio-net-pci,bus=rp1\n",
            "{\"driver\":\"virtio-blk-pci\",\"id\":\"d\",\"addr\":\"0x5.0x1\",\"multifunction\":true,\"vectors\":3}\n",
            "pci-testdev,id=a,,b,addr=06.0,membar=256M\npci-bridge,id=b,chassis_nr=1\nedu,bus=b,addr=1\n",
        ]

    static let scripts = [
        "#!/bin/bash\nARGS=(\n  -machine q35 # chipset\n  -m \"4G\"\n)\nARGS+=(-device 'vfio-pci,host=00:02.0')\nexec qemu-system-x86_64 \"${ARGS[@]}\"\n",
        "RAM=4096\nqemu-system-x86_64 -m $RAM -machine pc,accel=kvm \\\n  -device \"e1000,id=a b\" -nographic &\n",
        "/usr/bin/kvm -id 100 -name 'vm,debug-threads=on' -cpu host,+kvm_pv_eoi $(cat extra) | tee log\n",
    ]
}

private enum XMLTexts {
    static let seeds = [
        "<domain type='kvm' id=\"1\">\n  <name>g</name>\n  <!-- one -->\n  <devices>\n    <hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus=\"0\" slot='0x02' function='0x0'/></source></hostdev>\n  </devices>\n</domain>\n",
        "<?xml version='1.0' encoding='UTF-8'?>\r\n<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\r\n<qemu:commandline><qemu:arg value='-device &quot;a&#10;&lt;'/></qemu:commandline><os><![CDATA[x]]></os></domain>",
    ]
    static let words = [
        "<!DOCTYPE d [<!ENTITY a 'b'>]>", "&a;", "&#x0;", "&#1114112;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>",
        "xmlns=''",
        "xmlns:q='u'", "</domain>", "<domain>", "=\"", "'/>", "\u{feff}", "\r", "encoding='UTF-16'",
        "encoding='latin1'",
    ]
}
