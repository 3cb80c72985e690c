import BerthDiagnostics
import BerthPCI
package import BerthHost
import BerthIGD
package import BerthPlacement
package import BerthStack
import BerthTopology

extension Services {
    /// What a Linux guest on this host can do for each purpose, with one QEMU release of each behaviour and the host's `release`.
    ///
    /// Three guests of 4 GiB are planned for each: pc with SeaBIOS and the host's own video BIOS, pc and q35 with OVMF and VfioIgdPkg in
    /// the ROM. Nil for a host without an IGD.
    package static func outlook(of host: HostInventory, stack: Stack = .standard) -> HostOutlook? {
        guard let igd = host.igd, igd.platform?.isSupportedForPassthrough != false else { return nil }
        var releases = QEMURelease.oneOfEachEra
        if !releases.contains(stack.qemu) { releases = (releases + [stack.qemu]).sorted() }
        let asked = Purpose.allCases.flatMap { purpose in releases.map { (purpose, $0) } }
        return HostOutlook(
            asked.concurrentMap { purpose, release in
                Trial.all.map { $0.cell(purpose, release, host, stack) }.reduce(nil) { best, cell in
                    guard let best else { return cell }
                    return Self.rank(cell) < Self.rank(best) ? cell : best
                }
            }.compactMap { $0 })
    }

    private static func rank(_ cell: HostOutlook.Cell) -> Int {
        switch cell.level {
        case .works: 0
        case .degraded: 1
        case .fails: 2
        case nil: 3
        }
    }
}

/// A guest that stands for those that people give an IGD to.
private struct Trial {
    var name: String
    var machine: MachineType
    var firmware: FirmwareKind
    var rom: IGDAssignment.ROM

    /// Of equal ones the first is shown: UEFI before what came earlier. What a q35 has at 00:1f.0 is in the way of those that look
    /// at fw_cfg files themselves.
    static let all: [Trial] = FirmwareKind.allCases.reversed().flatMap { firmware in
        let machines: [MachineType] = firmware.readsIGDFiles ? [.pc] : [.q35, .pc]
        return machines.map { machine in
            Trial(
                name: "\(machine.rawValue) with \(firmware.title)", machine: machine, firmware: firmware,
                rom: firmware.isUEFI ? .file(path: "/usr/share/berth/igd.rom", contents: .vfioIgdPkg) : .hostShadow)
        }
    }

    /// Whether the host's ROM BAR can have one.
    private func hasVideoBIOS(_ guest: GuestTopology) -> Bool { guest.igd?.platform?.hasLegacyVBIOS ?? true }

    func cell(
        _ purpose: Purpose, _ release: QEMURelease, _ host: HostInventory, _ stack: Stack
    ) -> HostOutlook.Cell {
        var guest = GuestTopology(
            name: name, machine: Machine(machine), ram: GuestRAM(.gib(4)),
            firmware: FirmwareChoice(firmware, of: stack),
            qemu: release, stack: stack)
        guest.purpose = purpose
        guest = guest.adopting(host)
        let isEmpty = purpose == .render || (!firmware.isUEFI && !hasVideoBIOS(guest))
        guest.igd?.rom = isEmpty ? .none : rom
        var cell = HostOutlook.Cell(purpose: purpose, qemu: release, level: nil, guest: name)
        guard let planning = try? Services.plan(guest, host: host), let plan = planning.plan, plan.missing.isEmpty
        else {
            cell.loss = Verdict.of(guest, host: host).deciding?.fact.statement
            return cell
        }
        let verdict = Verdict.of(plan.evaluation, host: host)
        cell.level = verdict.level
        cell.loss = verdict.deciding?.fact.statement
        return cell
    }
}
