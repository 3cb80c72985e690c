package import BerthDiagnostics
package import BerthHost
import BerthLibvirtDomain
import BerthLibvirtEditing
import BerthPlacement
package import BerthStack
package import BerthTopology
import BerthXML

extension Services {
    /// Changes a libvirt domain as little as possible so that one problem of its guest is gone.
    ///
    /// What comes out is read and judged again. `id` is that of the problem in a diagnosis.
    /// Errors: not a domain that libvirt takes, no IGD, no such problem (`InputError`); a change that a domain cannot say, or
    /// that does not hold there (`EmissionRefusal`); the plan is what mends it, and there is none (`Infeasible`).
    package static func apply(
        _ document: [UInt8], file: String, mending id: RuleID, host: HostInventory? = nil,
        stack: StackChoice = StackChoice(), adjust: (inout GuestTopology) throws(InputError) -> Void = { _ in }
    ) throws -> Application {
        let first = try ReadDomain(document, file: file, stack: stack)
        let guest = try asGiven(first.guest, host, adjust)
        guard guest.igd != nil, guest.sharedGraphics == nil else {
            throw InputError(
                "the domain has no IGD of its own, so that there is nothing to mend", rule: "no-igd",
                at: InputLocation(file: file))
        }
        let diagnosis = diagnose(guest, host: host)
        guard let problem = diagnosis.problems.first(where: { $0.id == id }) else {
            throw InputError(unknown(id.rawValue, diagnosis.problems.map(\.id.rawValue)), rule: "usage", kind: .usage)
        }
        guard let mend = problem.mend else {
            let remedy = problem.consequence.fact.remedy
            throw EmissionRefusal(
                problem.id, "no change that was tried mends it\(remedy.map { "; what helps: \($0)" } ?? "")")
        }
        switch mend.means {
        case .byHand:
            throw EmissionRefusal(problem.id, "what mends it has to be done by hand; 'berth diagnose' names it")
        case .plan:
            return try apply(document, file: file, host: host, stack: stack, adjust: adjust)
        case .settings:
            return try set(mend, problem.id, in: first, file: file, host: host, stack: stack, adjust: adjust)
        }
    }

    private static func unknown(_ id: String, _ known: [String]) -> String {
        let there = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
        return "--fix: the guest does not have the problem '\(id)'\(NearestName.hint(id, among: known)); \(there)"
    }

    private static func asGiven(
        _ topology: GuestTopology, _ host: HostInventory?, _ adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws(InputError) -> GuestTopology {
        var guest = topology
        try adjust(&guest)
        if let host, guest.igd != nil { guest = guest.adopting(host) }
        return guest
    }

    private static func set(
        _ mend: Mend, _ id: RuleID, in domain: ReadDomain, file: String, host: HostInventory?, stack: StackChoice,
        adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws -> Application {
        var patch = domain.patch
        var guest = mend.before
        if mend.movesFunctions {
            try patch.makeRoom(takenSlots: domain.guest.takenRootSlots, adding: false, moving: true)
            guest = try asGiven(try self.guest(of: patch.assigned, stack: stack).topology, host, adjust)
        }
        let base = guest.withoutBerths
        guard let emittable = mend.emittable(in: guest) else {
            throw EmissionRefusal(id, "what mends it is no setting of a domain")
        }
        try patch.carryOut(emittable, on: base)
        let bytes = try patch.result()
        let written = try ReadDomain(bytes, file: file, stack: stack)
        // What is written is judged, and not what was meant.
        let after = Verdict.of(try asGiven(written.guest, host, adjust), host: host)
        guard !after.losses.contains(where: { $0.fact.rule == id }) else {
            throw EmissionRefusal(id, "libvirt makes another guest of the change, which has the problem as before")
        }
        return Application(
            bytes: bytes, before: domain.patch.editor.original, after: written.patch.editor.original,
            findings: patch.findings, planning: nil)
    }
}
