import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthTopology

/// The file of a VM that is like some guest, with nothing in it but what the IGD has to do with.
package enum VMDraft {
    package static func text(like guest: GuestTopology) -> String {
        let isPC = guest.machine.type == .pc
        var device = "0000:00:02.0" + (isPC ? "" : ",pcie=1")
        var arguments = ArgumentLine("")
        switch guest.igd?.rom ?? .hostShadow {
        case .none: device += ",rombar=0"
        case .hostShadow: break
        case .file(let path, _):
            let folder = "/usr/share/kvm/"
            let name = path.dropFirst(folder.count)
            if path.hasPrefix(folder), !name.contains(where: { ",;/".contains($0) }) {
                device += ",romfile=\(name)"
            } else {
                arguments.set("romfile", to: OptionText.escaped(path), of: "hostpci0")
            }
        }
        for property in guest.igd?.properties ?? [] {
            if let (key, value) = HostPCI.key(of: property) {
                device += ",\(key)=\(value)"
                continue
            }
            arguments.set(property.name, to: property.value.description, of: "hostpci0")
        }
        if let limit = guest.machine.maxRAMBelow4GiB {
            arguments.setMachine("max-ram-below-4g", to: "\(limit.rawValue)")
        }
        let isUpstream = guest.machine.release.map { $0.vendor == .upstream || $0.vendor == .proxmox } == true
        let lines = [
            arguments.isEmpty ? nil : "args: \(arguments.text)",
            "bios: \(guest.firmwareKind.isUEFI ? "ovmf" : "seabios")",
            "cpu: host",
            "hostpci0: \(device)",
            "machine: \(isUpstream ? guest.machine.name : guest.machine.type.rawValue)",
            "memory: \(max(guest.ram.size.rawValue >> 20, 16))",
            "ostype: \(osType(guest))",
            "vga: none",
        ]
        return lines.compactMap { $0 }.map { $0 + "\n" }.joined()
    }

    private static func osType(_ guest: GuestTopology) -> String {
        switch guest.guest {
        case .windows(let version): "win\(version)"
        case .linux, .firmwareOnly: "l26"
        }
    }
}
