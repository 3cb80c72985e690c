/// Where qemu-server puts what: the slot of each device, by its name.
///
/// Source: `get_pci_addr_map` and `get_pcie_addr_map` in PVE/QemuServer/PCI.pm @ qemu-server 9.2.6, the same since 7.0.
enum AddressMap {
    struct Place: Hashable {
        var bus: String
        var slot: Int
        /// As qemu-server writes it behind a device.
        var text: String { ",bus=\(bus),addr=0x\(String(slot, radix: 16))" }
    }

    /// On a conventional bus: `pci.0` is the root of a pc, and on q35 a bridge behind `pcidmi`.
    static func conventional(_ name: String) -> (bus: Int, slot: Int)? { conventionalRows[name] }

    /// On q35's own bus or behind one of its ports.
    static func express(_ name: String) -> Place? {
        if let slot = expressRows[name] { return Place(bus: "pcie.0", slot: slot) }
        guard name.hasPrefix("hostpci"), let number = Int(name.dropFirst("hostpci".count)) else { return nil }
        return Place(bus: "ich9-pcie-port-\(number + 1)", slot: 0)
    }

    /// Ports beyond the four of pve-q35-4.0.cfg, made where a device needs one.
    ///
    /// Source: `print_pcie_root_port` in PVE/QemuServer/PCI.pm @ qemu-server 9.2.6.
    static func rootPort(ofHostPCI index: Int) -> String? {
        guard (4...15).contains(index) else { return nil }
        let place = index < 12 ? "10.\(index - 4)" : "11.\(index - 12)"
        let id = index + 1
        return "pcie-root-port,id=ich9-pcie-port-\(id),addr=\(place),x-speed=16,x-width=32,multifunction=on,bus=pcie.0,"
            + "port=\(id),chassis=\(id)"
    }

    private static let expressRows: [String: Int] = [
        "vga": 1, "ivshmem": 20,
        // Windows 7 gets its devices without a port.
        "hostpci0bus0": 16, "hostpci1bus0": 17, "hostpci2bus0": 18, "hostpci3bus0": 19, "hostpci4bus0": 9,
        "hostpci5bus0": 10, "hostpci6bus0": 11, "hostpci7bus0": 12, "hostpci8bus0": 13, "hostpci9bus0": 14,
        "hostpci10bus0": 15, "hostpci11bus0": 21, "hostpci12bus0": 22, "hostpci13bus0": 23, "hostpci14bus0": 24,
        "hostpci15bus0": 25,
    ]

    private static let conventionalRows: [String: (bus: Int, slot: Int)] = {
        var rows: [String: (bus: Int, slot: Int)] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let bus = Int(words[1]), let slot = Int(words[2]) else { continue }
            let parts = words[0].split(separator: "*", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let range = numbers(parts[1]) else {
                rows[words[0]] = (bus, slot)
                continue
            }
            for number in range { rows["\(parts[0])\(number)"] = (bus, slot + number - range.lowerBound) }
        }
        return rows
    }()

    private static func numbers(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-").compactMap { Int($0) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// Name, bus, slot; `net*0-5` stands for six of them in slots one after the other.
    private static let table = """
        piix3 0 1
        vga 0 2
        legacy-igd 0 2
        balloon0 0 3
        watchdog 0 4
        scsihw*0-1 0 5
        pci.3 0 5
        ahci0 0 7
        qga0 0 8
        spice 0 9
        virtio*0-5 0 10
        hostpci*0-1 0 16
        net*0-5 0 18
        vga*1-3 0 24
        hostpci*2-3 0 27
        pci.1 0 30
        pci.2 0 31
        net*6-31 1 1
        xhci 1 27
        pci.4 1 28
        rng0 1 29
        pci.2-igd 1 30
        virtio*6-15 2 1
        ivshmem 2 11
        audio0 2 12
        hostpci*4-15 2 13
        virtioscsi*0-30 3 1
        scsihw*2-4 4 1
        """
}
