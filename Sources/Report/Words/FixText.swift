import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A change in words: `move virtio-net-pci 'net0' from 00:02.0 to 00:03.0`.
enum FixText {
    static func words(_ fix: Fix) -> String { list(fix).joined(separator: ", and ") }

    static func list(_ fix: Fix) -> [String] { fix.edits.map { words($0, fix.guest) } }

    private static func words(_ edit: GuestEdit, _ guest: GuestTopology) -> String {
        let place = { (slot: Slot) in slot.bus == guest.rootBus ? "00:\(slot.slotText)" : "\(slot)" }
        let device = { (id: String) in
            "\(guest.devices.first { $0.id == id }?.model ?? "the device") '\(id)'"
        }
        return switch edit {
        case .move(let id, let from, let to): "move \(device(id)) from \(place(from)) to \(place(to))"
        case .moveIGD(let from, let to): "move the IGD from \(place(from)) to 00:\(to.slotText)"
        case .rom(let rom): self.rom(rom)
        case .stolenMemory(let size, let old, let gms):
            "stolen memory \(size) instead of \(old) (x-igd-gms=\(Hexadecimal.string(gms)))"
        case .maxRAMBelow4GiB(let size): "lower RAM below 4 GiB to \(size): max-ram-below-4g=\(size.qemuText)"
        case .firmwareFile(let name, let text): "give the firmware the fw_cfg file \(name) with '\(text)'"
        case .ram(let size, let old): "RAM of \(size) instead of \(old)"
        case .qemu(let version, let old): "QEMU \(version) instead of \(old)"
        case .firmware(let new, let old):
            "\(new.kind.title) instead of \(old.kind.title)"
                + (guest.guest == .firmwareOnly ? "" : " (an OS that is installed starts under one of them only)")
        case .remove(let id): "remove \(device(id))"
        case .guest(let new, let old): "\(new) as guest OS instead of \(old)"
        case .machine(let new, let old): "use \(new.rawValue) instead of \(old.rawValue)"
        }
    }

    static func rom(_ rom: IGDAssignment.ROM) -> String {
        switch rom {
        case .none: "give the IGD no ROM (rombar=0)"
        case .hostShadow: "give the IGD the host's video BIOS as ROM"
        case .file(_, .vbios): "give the IGD a ROM file with a video BIOS"
        case .file(_, .vfioIgdPkg): "give the IGD a ROM file with VfioIgdPkg's driver"
        case .file(_, .hostBase):
            "give the IGD a ROM file with VfioIgdPkg's driver that reserves stolen memory at the host's base"
        case .file(_, .gop): "give the IGD a ROM file with a GOP driver"
        }
    }
}
