import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Who is where.
extension CheckedDomain {
    /// Functions that are part of the machine, on bus 0.
    var boardFunctions: [DomainPCIAddress: String] {
        switch chipset {
        case .i440fx:
            [
                DomainPCIAddress(slot: 0): "the host bridge", DomainPCIAddress(slot: 1): "the PIIX3 ISA bridge",
                DomainPCIAddress(slot: 1, function: 1): "piix3-ide",
                DomainPCIAddress(slot: 1, function: 3): "the PIIX4 power management",
            ]
        case .q35:
            [
                DomainPCIAddress(slot: 0): "the host bridge", DomainPCIAddress(slot: 0x1f): "the ICH9 LPC bridge",
                DomainPCIAddress(slot: 0x1f, function: 2): "the ICH9 SATA controller",
                DomainPCIAddress(slot: 0x1f, function: 3): "the ICH9 SMBus",
            ]
        case .none: [:]
        }
    }

    /// `the <hostdev> of line 12`, or what libvirt added.
    func describe(_ device: DomainDevice) -> String {
        guard let element = device.element else {
            let name = device.model.isEmpty ? device.type : device.model
            return "the \(name) \(device.kind.name) that libvirt adds"
        }
        return "the <\(device.kind.name)> of line \(element.location(file: file).line)"
    }

    /// A slot of bus 0 that nobody has and no IGD wants, as an attribute has it.
    var freeSlot: String { freeSlotText([:]) }

    func freeSlotText(_ owners: [DomainPCIAddress: String]) -> String {
        var taken = Set(boardFunctions.keys.map(\.slot)).union([0, 2, 0x1f])
        taken.formUnion(owners.keys.filter { $0.bus == 0 }.map(\.slot))
        taken.formUnion(known.all.compactMap { $0.address.pci }.filter { $0.bus == 0 }.map(\.slot))
        taken.formUnion(commandLineDevices.compactMap(\.address).filter { $0.bus == 0 }.map(\.slot))
        return Hexadecimal.string((1..<0x1f).first { !taken.contains($0) } ?? 3, digits: 2)
    }

    // MARK: IGD

    /// Host devices that are an Intel IGD: the one at 00:02.0 of the host, one that is wanted at 00:02.0 of the guest, one
    /// with an IGD's properties, and device 2 function 0 of any bus where the guest has no other display.
    func isIGD(_ element: XMLElement) -> Bool {
        guard element.name == "hostdev", element["mode"] ?? "subsystem" == "subsystem", element["type"] == "pci",
            element.first("address")?["type"] != "unassigned"
        else { return false }
        if let written = place(element.first("address")), written == DomainPCIAddress(slot: 2) { return true }
        if overrides(of: element).keys.contains(where: { $0.hasPrefix("x-igd-") || $0 == "x-vga" }) { return true }
        guard let host = place(element.first("source")?.first("address")), host.slot == 2, host.function == 0 else {
            return false
        }
        if host.domain == 0, host.bus == 0 { return true }
        return devices("video").contains { $0.first("model")?["type"] == "none" } || element.first("rom") != nil
    }

    func igdDevices(in domain: AssignedDomain) -> [DomainDevice] {
        igdElements.isEmpty ? [] : domain[.hostdev].filter { $0.element.map(igdElements.contains) ?? false }
    }

    /// The overridden properties of a device.
    func overrides(of element: XMLElement) -> [String: String] {
        guard !overrides.isEmpty else { return [:] }
        if let alias = element.first("alias")?["name"], alias.hasPrefix("ua-") { return overrides[alias] ?? [:] }
        guard let number = devices(element.name).firstIndex(of: element) else { return [:] }
        return overrides["\(element.name)\(number)"] ?? [:]
    }

    /// The properties that overrides and `-set` give a device, where `-set` reaches it.
    func properties(of element: XMLElement) -> [String: String] {
        var found = overrides(of: element)
        guard removesJSON, let number = devices(element.name).firstIndex(of: element) else { return found }
        let ids = ["\(element.name)\(number)", element.first("alias")?["name"]]
        for option in commandLineOptions where option.name == "set" {
            let sides = option.text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { continue }
            let path = sides[0].split(separator: ".", maxSplits: 2).map(String.init)
            guard path.count == 3, path[0] == "device", ids.contains(path[1]) else { continue }
            found[path[2]] = sides[1]
        }
        return found
    }

    /// The names of fw_cfg files that arguments or `<sysinfo>` bring.
    var handGivenFiles: Set<String> {
        let options = commandLineOptions.filter { $0.name == "fw_cfg" }
            .compactMap { CommandLineDevice(text: $0.text, element: $0.element) }
            .compactMap { $0["name"] ?? $0["driver"] }
        let entries = root.elements("sysinfo").filter { $0["type"] == "fwcfg" }.flatMap { $0.elements("entry") }
        return Set(options + entries.compactMap { $0["name"] })
    }

    /// Whether QEMU turns legacy mode on for an IGD by itself, as far as the document can tell: on a pc, at 00:02.0, with
    /// the ROM in its BAR, nothing where the LPC bridge goes.
    ///
    /// Source: `vfio_probe_igd_bar4_quirk` (to 9.2), `vfio_pci_igd_config_quirk` (from 10.0) in hw/vfio/igd.c.
    func hasLegacyMode(_ element: XMLElement) -> Bool {
        guard chipset == .i440fx, let assigned else { return false }
        let igd = assigned[.hostdev].first { $0.element == element }
        let rom = element.first("rom")
        return igd?.address.pci?.place == DomainPCIAddress(slot: 2) && rom?["bar"] != "off" && rom?["enabled"] != "no"
            && properties(of: element)["x-igd-legacy-mode"] != "off"
            && !assignedDevices.contains { $0.address.pci?.place == DomainPCIAddress(slot: 0x1f) }
    }

    /// Numbers of an address element as libvirt reads them.
    private func place(_ element: XMLElement?) -> DomainPCIAddress? {
        guard let element else { return nil }
        let numbers = ["domain", "bus", "slot", "function"].map { LibvirtNumber.unsigned(element[$0] ?? "0") }
        guard let domain = numbers[0], let bus = numbers[1], let slot = numbers[2], let function = numbers[3],
            bus < 256, slot < 32, function < 8
        else { return nil }
        return DomainPCIAddress(domain: domain, bus: Int(bus), slot: Int(slot), function: Int(function))
    }
}

extension DomainPCIAddress {
    /// The same without the multifunction switch.
    var place: DomainPCIAddress { DomainPCIAddress(domain: domain, bus: bus, slot: slot, function: function) }
    /// Its slot.
    var slotPlace: DomainPCIAddress { DomainPCIAddress(domain: domain, bus: bus, slot: slot) }
    /// `00:02.0`
    var short: String {
        "\(Hexadecimal.plain(bus, digits: 2)):\(Hexadecimal.plain(slot, digits: 2)).\(function)"
    }
}
