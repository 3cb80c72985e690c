import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Source: `print_hostpci_devices` and `parse_hostpci` in PVE/QemuServer/PCI.pm @ qemu-server 9.2.6.
extension VMArguments {
    mutating func hostDevices() {
        if vm.isOn("template") == true {
            say(
                .note, "a template starts for backups only, without devices; this is of a VM made of it",
                "proxmox-template", "template")
        }
        let igd = vm.igd
        for entry in vm.hostDevices {
            let place = place(of: entry)
            if let type = entry.mediatedType {
                add(mediated: type, entry, place)
                continue
            }
            let functions = functions(of: entry, isIGD: entry == igd)
            for (index, host) in functions.enumerated() {
                let part = functions.count > 1 ? ".\(index)" : ""
                var text = "vfio-pci,host=\(host),id=\(entry.id)\(part)\(place)\(part)"
                if index == 0 { text += properties(of: entry, isMultifunction: functions.count > 1) }
                device(text, entry.id)
            }
        }
    }

    /// Behind a port of q35, or on a conventional bus; an IGD in legacy mode where it belongs.
    private mutating func place(of entry: HostPCI) -> String {
        guard entry.isExpress else { return place(entry.isLegacyIGD ? "legacy-igd" : entry.id) }
        if vm.windowsVersion == 7 { return AddressMap.express("\(entry.id)bus0")?.text ?? "" }
        if let port = AddressMap.rootPort(ofHostPCI: entry.number) { device(port, entry.id) }
        return AddressMap.express(entry.id)?.text ?? ""
    }

    private func properties(of entry: HostPCI, isMultifunction: Bool) -> String {
        var text = entry.hasROM ? "" : ",rombar=0"
        if entry.isPrimary, vm["bios"] != "ovmf" { text += ",x-vga=on" }
        if isMultifunction { text += ",multifunction=on" }
        if let file = entry.properties["romfile"] { text += ",romfile=/usr/share/kvm/\(file)" }
        for name in ["vendor-id", "device-id", "sub-vendor-id", "sub-device-id"] {
            if let value = entry.properties[name] { text += ",x-pci-\(name)=\(value)" }
        }
        return text
    }

    /// QEMU is given the device by its folder in sysfs. Below its parent's, which is the same folder, the path tells whose it is.
    ///
    /// Source: `generate_mdev_uuid` in PVE/QemuServer/PCI/Mdev.pm.
    private mutating func add(mediated type: String, _ entry: HostPCI, _ place: String) {
        let number = String(repeating: "0", count: max(0, 8 - "\(entry.number)".count)) + "\(entry.number)"
        let vmid = vm.document.vmid ?? "0"
        let uuid =
            "\(number)-0000-0000-0000-" + String(repeating: "0", count: max(0, 12 - vmid.count)) + vmid.suffix(12)
        let isGVT = type.hasPrefix("i915-GVTg")
        let parent = entry.hosts.first.flatMap(HostPCI.functions) ?? (isGVT ? PCIAddress(bus: 0, devfn: 2 << 3) : nil)
        let path = parent.map { "/sys/bus/pci/devices/\($0)/\(uuid)" } ?? "/sys/bus/mdev/devices/\(uuid)"
        var text = "vfio-pci,sysfsdev=\(path),id=\(entry.id)\(place)"
        text += properties(of: entry, isMultifunction: false)
        device(text, entry.id)
    }

    /// The functions of the host that an entry stands for. A slot without a function stands for each that the host has there.
    private mutating func functions(of entry: HostPCI, isIGD: Bool) -> [PCIAddress] {
        if let mapping = entry.mapping { return functions(of: mapping, entry, isIGD: isIGD) }
        var functions: [PCIAddress] = []
        for text in entry.hosts {
            guard let first = HostPCI.functions(text) else { continue }
            guard HostPCI.isWholeSlot(text) else {
                functions.append(first)
                continue
            }
            let known = hostFunctions.filter {
                ($0.segment, $0.bus, $0.device) == (first.segment, first.bus, first.device)
            }
            if known.isEmpty, !first.isIGD {
                say(
                    .note,
                    "'\(text)' stands for each function that the host has there; one is taken, unless --host tells more",
                    "proxmox-functions", entry.id)
            }
            functions += known.isEmpty ? [first] : known
        }
        return functions
    }

    private mutating func functions(of mapping: String, _ entry: HostPCI, isIGD: Bool) -> [PCIAddress] {
        let list = "the mapping '\(mapping)' stands in /etc/pve/mapping/pci.cfg and is not known here"
        guard isIGD else {
            say(
                .warning, "\(list); '\(entry.id)' is left out: write its host address in its place", "proxmox-mapping",
                entry.id)
            return []
        }
        say(
            .warning, "\(list); '\(entry.id)' is taken for the IGD at 0000:00:02.0, unless host= says otherwise",
            "proxmox-mapping", entry.id)
        return [PCIAddress(bus: 0, devfn: 2 << 3)]
    }
}
