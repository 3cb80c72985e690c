/// The devices of the files that Proxmox VE gives QEMU by `-readconfig`.
///
/// Source: src/usr/pve-q35.cfg, pve-q35-4.0.cfg and pve-usb.cfg @ github.com/proxmox/qemu-server e6352be67f70.
enum ProxmoxConfiguration {
    /// By the name of the file, as `-device` has them.
    static let devices: [String: [String]] = [
        "pve-q35-4.0.cfg": q35(port: "pcie-root-port,x-speed=16,x-width=32"),
        "pve-q35.cfg": q35(port: "ioh3420"),
        "pve-usb.cfg": usb(slot: "1d", first: 1, host: "ehci", bus: ""),
    ]

    /// Two USB hosts, sound, four root ports, and four conventional buses behind a DMI bridge.
    private static func q35(port: String) -> [String] {
        let root = ",bus=pcie.0"
        let ports = (1...4).map { number in
            "\(port),id=ich9-pcie-port-\(number)\(root),addr=1c.\(number - 1),multifunction=on,port=\(number),chassis=\(number)"
        }
        let bridges = (0..<4).map { number in
            "pci-bridge,id=pci.\(number),bus=pcidmi,addr=\(number + 1).0,chassis_nr=\(number + 1)"
        }
        return usb(slot: "1d", first: 1, host: "ehci", bus: root) + usb(slot: "1a", first: 4, host: "ehci-2", bus: root)
            + ["ich9-intel-hda,id=audio0\(root),addr=1b.0"] + ports + ["i82801b11-bridge,id=pcidmi\(root),addr=1e.0"]
            + bridges
    }

    /// An EHCI host and its three companions.
    private static func usb(slot: String, first: Int, host: String, bus: String) -> [String] {
        let companions = (0..<3).map { number in
            "ich9-usb-uhci\(first + number),id=uhci-\(first + number)\(bus),addr=\(slot).\(number),multifunction=on,"
                + "masterbus=\(host).0,firstport=\(2 * number)"
        }
        return ["ich9-usb-ehci\(first == 1 ? 1 : 2),id=\(host)\(bus),addr=\(slot).7,multifunction=on"] + companions
    }
}
