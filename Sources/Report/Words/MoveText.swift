import BerthPCI
package import BerthPlacement
package import BerthTopology

/// What a guest notices of a function that is somewhere else.
package enum MoveText {
    /// `virtio-net-pci 'net0' at 00:03.0 instead of 00:02.0: Linux: ens2 becomes ens3`
    package static func sentence(_ move: GuestMove, _ machine: MachineType, _ system: GuestOS) -> String {
        let name = move.isIGD ? "the IGD" : "\(move.model) '\(move.name)'"
        guard let addresses = move.addresses else {
            return
                "\(name) at \(Descriptions.place(move.slots.after)) instead of \(Descriptions.place(move.slots.before))"
        }
        let noticed = noticed(move, machine, system).map { ": \($0)" } ?? ""
        return "\(name) at \(addresses.after.short) instead of \(addresses.before.short)\(noticed)"
    }

    /// Nil where the guest, as it was, does not start, and where its OS does not mind.
    static func noticed(_ move: GuestMove, _ machine: MachineType, _ system: GuestOS) -> String? {
        move.addresses.flatMap { addresses in
            GuestNames.consequence(
                system, isPC: machine == .pc, code: Int(move.classCode.baseAndSub), from: addresses.before.short,
                to: addresses.after.short)
        }
    }
}
