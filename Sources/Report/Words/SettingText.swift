import BerthDiagnostics
import BerthPCI
import BerthTopology

/// What has to be set in a guest, in words.
enum SettingText {
    /// One row a kind of thing: what it is, and what it is to be.
    static func rows(_ settings: [GuestSetting], rootBus: BusName) -> [(name: String, value: String)] {
        var rows: [(name: String, value: String)] = []
        var properties: [String] = []
        for setting in settings {
            if case .property(let property) = setting {
                properties.append("\(property.name)=\(property.value)")
            } else {
                rows.append(row(setting, rootBus))
            }
        }
        if !properties.isEmpty { rows.insert(("on the IGD", properties.joined(separator: ", ")), at: 0) }
        return rows
    }

    /// `move the IGD from …`, `on the IGD x-igd-gms=2`
    static func sentences(_ settings: [GuestSetting], rootBus: BusName) -> [String] {
        rows(settings, rootBus: rootBus).map { "\($0.name) \($0.value)" }
    }

    private static func row(_ setting: GuestSetting, _ rootBus: BusName) -> (name: String, value: String) {
        let place = { (slot: Slot) in Descriptions.place(slot) }
        let name = { (device: Device) in "\(device.model) '\(device.id)'" }
        return switch setting {
        case .property(let property): ("on the IGD", "\(property.name)=\(property.value)")
        case .rom(let rom): ("ROM", FixText.rom(rom))
        case .moveIGD(let from, let to): ("move", "the IGD from \(place(from)) to \(place(to))")
        case .add(let device):
            (
                "add",
                "\(name(device)) at \(place(device.slot))"
                    + (device.backend.map { " with \($0.size) of memory behind it" } ?? "")
                    + (device.servedBy.map { ", and run: \($0)" } ?? "")
            )
        case .remove(let device): ("remove", "\(name(device)) from \(place(device.slot))")
        case .move(let device, let from): ("move", "\(name(device)) from \(place(from)) to \(place(device.slot))")
        case .change(let device): ("change", name(device))
        case .bar(let added): ("add", "\(added.bar.index) of \(added.bar.kind.size) on \(place(added.slot))")
        case .file(let file): ("add", "the fw_cfg file \(file.name)")
        case .removeFile(let file): ("remove", "the fw_cfg file \(file.name): QEMU makes one, and refuses a second")
        }
    }
}
