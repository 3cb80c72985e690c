import BerthQEMU
import BerthTopology
import Foundation
import TestSupport

extension FuzzTarget {
    /// A QEMU command line as a shell reads it, through simulate and plan.
    static let commandLine = FuzzTarget(
        "command-line",
        seeds: {
            let drawn = (0..<24).map { RandomGuest(seed: UInt64($0)).commandLine }
            let recorded = try Recorded.cases("carriers").map { file in
                try JSONDecoder().decode(CommandLineWords.Recording.self, from: Data(contentsOf: file)).commandLine
            }
            let guests = (drawn + recorded).enumerated().map { ["-nodefaults"] + CommandLineWords.assigned($1, $0) }
            return (guests + [CommandLineWords.plain]).map { words in
                Array(words.map { "'\($0.replacing("'", with: ""))'" }.joined(separator: " \\\n ").utf8)
            }
        }, words: CommandLineWords.all
    ) { bytes, sample in
        let words = try ShellWords.split(bytes, file: "guest.args")
        let topology = try CommandLineReader.read(words, source: "guest.args") { path in
            path.count > 20 ? nil : UInt64(path.utf8.count) << 10
        }.topology
        try GuestWork.simulate(topology, sample)
        if sample.isOne(in: 16) { try GuestWork.deliver(topology, sample) }
    }
}

/// Options, properties and devices of QEMU.
enum CommandLineWords {
    struct Recording: Decodable {
        var machine: String
        var memory: String
        var arguments: [String]
        var commandLine: [String] { ["-machine", machine, "-m", memory] + arguments }
    }

    /// With a real IGD where one stands in for it, or with none.
    static func assigned(_ words: [String], _ number: Int) -> [String] {
        guard let place = words.firstIndex(where: { $0.contains("id=igd,") }) else {
            return words + (number % 3 == 0 ? [] : ["-device", igds[number % igds.count]])
        }
        var words = words
        if number % 4 > 0 { words[place] = igds[number % igds.count] }
        return words
    }

    static let plain = [
        "-M", "pc,usb=on,max-ram-below-4g=2G", "-m", "size=4G,slots=2,maxmem=8G", "-cpu",
        "host,phys-bits=39,host-phys-bits-limit=36",
        "-accel", "kvm", "-nodefaults", "-device", "vfio-pci,host=0000:00:02.0,addr=02.0,x-igd-gms=2,x-igd-opregion=on",
        "-fw_cfg",
        "name=opt/ovmf/X-PciMmio64Mb,string=65536", "-fw_cfg", "name=etc/igd-opregion,file=/op.bin", "-object",
        "memory-backend-ram,id=m,size=64M", "-device", "ivshmem-plain,memdev=m", "-global", "VGA.vgamem_mb=64", "-set",
        "device.net0.rombar=0", "-nic", "none",
    ]

    static let igds = [
        "vfio-pci,host=00:02.0,addr=02.0", "vfio-pci,host=0000:00:02.0,addr=02.0,x-igd-gms=0x2,romfile=/vbios.rom",
        "{\"driver\":\"vfio-pci\",\"host\":\"0000:00:02.0\",\"id\":\"hostdev0\",\"addr\":\"0x2\",\"x-igd-gms\":240,\"x-igd-opregion\":true}",
        "vfio-pci,sysfsdev=/sys/bus/pci/devices/0000:00:02.0,addr=02.0,rombar=0",
    ]

    static let all: [String] =
        [
            "-device", "-object", "-global", "-set", "-fw_cfg", "-machine", "-m", "-cpu", "-accel", "-nic", "-net",
            "-vga", "-drive",
            "-blockdev", "-readconfig", "-virtfs", "-usb", "-enable-kvm", "-nodefaults", "-bios", "-pflash", "addr=",
            "bus=", "id=",
            "multifunction=on", "memdev=", "x-igd-gms=", "x-igd-opregion=on", "x-igd-legacy-mode=on", "x-igd-lpc=on",
            "x-vga=on",
            "x-pci-device-id=0x3e9b", "rombar=0", "romfile=", "romsize=65536", "vectors=", "vgamem_mb=", "membar=",
            "bus_nr=",
            "pref64-reserve=", "mem-reserve=", "io-reserve=", "bus-reserve=", "max_ioqpairs=", "cmb_size_mb=",
            "mount_tag=", ",,",
            "size=", "slots=", "maxmem=", "max-ram-below-4g=", "phys-bits=", "host-phys-bits=on", "vendor=GenuineIntel",
            "if=pflash",
            "file=/usr/share/OVMF/OVMF_CODE.fd", "accel=tcg", "pc-q35-10.1", "pc-i440fx-9.2+pve1", "'", "\"", "\\",
            "\n", "{", "}",
        ] + igds + DeviceCatalogue.models.enumerated().map { "-device \($1.name),id=n\($0),addr=\(3 + $0 % 24)" }
}
