import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Disks between PIIX3's IDE, two channels of two, and ICH9's AHCI, six ports.
extension DomainConversion {
    private static func name(_ prefix: String, _ number: Int) -> String {
        prefix + String(decoding: [UInt8(ascii: "a") + UInt8(number % 26)], as: UTF8.self)
    }

    /// The disks at the first controller of a bus, by their place there: a port of AHCI, or channel and unit of IDE.
    private func disks(_ bus: String) -> [(place: Int, disk: DomainDevice)] {
        domain[.disk].compactMap { disk in
            var complete = disk
            DiskDefaults.complete(&complete)
            guard complete.type == bus, let drive = complete.address.drive, drive.controller == 0 else { return nil }
            return (drive.bus * 2 + drive.unit, disk)
        }.sorted { $0.0 < $1.0 }
    }

    /// Errors are findings: a name or port that is not to be had.
    mutating func convertDrivesToSATA() {
        let existing = controllers("sata").first { ($0.index ?? 0) == 0 }
        let ide = controllers("ide").compactMap(\.element)
        if let element = existing?.element {
            settle(element)
            editor.setAddress(DomainPCIAddress(slot: 0x1f, function: 2), of: element)
            for controller in ide {
                settle(controller)
                editor.remove(controller)
            }
        } else if let element = ide.first {
            settle(element)
            editor.set("type", to: "sata", of: element)
            editor.set("model", to: nil, of: element)
            if element.first("address") != nil {
                editor.setAddress(DomainPCIAddress(slot: 0x1f, function: 2), of: element)
            }
        }
        var ports = Set(disks("sata").map(\.place))
        var names = Set(domain[.disk].compactMap { $0.element?.first("target")?["dev"] })
        for (place, disk) in disks("ide") {
            let wanted = (0..<6).contains(place) ? [place] : []
            guard let port = (wanted + Array(0..<6)).first(where: { !ports.contains($0) }),
                let number = (wanted + Array(0..<26)).first(where: { !names.contains(Self.name("sd", $0)) })
            else {
                if let element = disk.element {
                    say(.error, "no SATA port is left for this disk", "convert-drive", at: element)
                }
                continue
            }
            ports.insert(port)
            names.insert(Self.name("sd", number))
            rename(disk, "sata", Self.name("sd", number), bus: 0, unit: port, isImplied: number == port)
        }
    }

    mutating func convertDrivesToIDE() {
        let controller = controllers("sata").first { ($0.index ?? 0) == 0 }?.element
        let all = disks("sata")
        if all.count <= 4 {
            for (position, (place, disk)) in all.enumerated() {
                // Places stay as they are where all of them exist on IDE.
                let unit = all.allSatisfy { $0.place < 4 } ? place : position
                rename(disk, "ide", Self.name("hd", unit), bus: unit / 2, unit: unit % 2, isImplied: true)
            }
            guard let controller else { return }
            settle(controller)
            editor.set("type", to: "ide", of: controller)
            editor.set("model", to: nil, of: controller)
            if controller.first("address") != nil {
                editor.setAddress(DomainPCIAddress(slot: 1, function: 1), of: controller)
            }
        } else {
            say(
                .note, "\(all.count) disks are more than IDE takes: they stay on an AHCI controller of their own",
                "convert-drive", at: controller ?? domain.element)
        }
    }

    /// Libvirt has world wide names and a translation of geometries for IDE, and not for SATA.
    private mutating func dropWhatIDEAloneHas(_ element: XMLElement) {
        if let name = element.first("wwn") {
            editor.remove(name)
            say(.warning, "the world wide name is lost: libvirt has none for SATA", "convert-drive", at: name)
        }
        guard let geometry = element.first("geometry") else { return }
        if geometry["trans"] != nil {
            editor.set("trans", to: nil, of: geometry)
            say(
                .warning, "the translation of the geometry is lost: libvirt has it for IDE alone", "convert-drive",
                at: geometry)
        }
    }

    /// A place that the name implies needs no address.
    private mutating func rename(
        _ disk: DomainDevice, _ bus: String, _ name: String, bus channel: Int, unit: Int, isImplied: Bool
    ) {
        guard let element = disk.element, let target = element.first("target") else { return }
        let old = target["dev"] ?? ""
        editor.set("dev", to: name, of: target)
        editor.set("bus", to: bus, of: target)
        if bus == "sata" { dropWhatIDEAloneHas(element) }
        let driver = bus == "sata" ? "AHCI" : "IDE"
        say(
            .note, "the disk '\(old)' becomes '\(name)': a guest that boots from it needs its \(driver) driver",
            "convert-drive", at: element)
        let numbers = [("controller", 0), ("bus", channel), ("target", 0), ("unit", unit)]
        guard let address = element.first("address") else {
            guard !isImplied else { return }
            var new = XMLElement("address", ["type": "drive"])
            for (name, value) in numbers { new[name] = "\(value)" }
            return editor.append(new, to: element)
        }
        for (name, value) in numbers {
            let isRight =
                address[name].map { LibvirtNumber.unsigned($0, base: 10).map { Int($0) } == value } ?? (value == 0)
            if !isRight { editor.set(name, to: "\(value)", of: address) }
        }
    }
}
