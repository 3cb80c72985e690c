import BerthDiagnostics
package import BerthHost
package import BerthPlacement
import BerthProxmox
import BerthStack
package import BerthTopology

extension Services {
    /// The lines of a Proxmox VM that is like this guest: machine, firmware, memory, IGD with its ROM and properties. Disks, networks and
    /// their slots are Proxmox' own, so that the plan is one for that VM.
    ///
    /// Errors: those of `apply`.
    package static func proxmoxLines(
        of guest: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init()
    ) throws -> [String] {
        let document = try VMDocument(Array(VMDraft.text(like: guest).utf8), file: guest.name)
        let given = host.map { guest.adopting($0) } ?? guest
        let result = try apply(
            to: document, host: host, restriction: restriction, stack: StackChoice(named: guest.stack),
            adjust: { topology throws(InputError) in
                topology.guest = given.guest
                topology.purpose = given.purpose
                topology.processor = given.processor
                guard let own = topology.igd, var igd = given.igd else { return }
                (igd.id, igd.slot, igd.rom, igd.properties) = (own.id, own.slot, own.rom.like(igd.rom), own.properties)
                (igd.isMultifunction, igd.location) = (own.isMultifunction, own.location)
                topology.igd = igd
            })
        return result.lines
    }
}

extension IGDAssignment.ROM {
    /// The same file with what is known to be in it.
    fileprivate func like(_ other: Self) -> Self {
        if case .file(let path, _) = self, case .file(_, let contents) = other {
            return .file(path: path, contents: contents)
        }
        return self
    }
}
