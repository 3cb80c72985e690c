import BerthLibvirtEditing
import BerthServices
import BerthStack
public import BerthDiagnostics
public import BerthTopology

/// Plans as libvirt domain XML: a domain of their own, or changes to somebody's.
public enum LibvirtXML {
    /// The `type` of a domain.
    public enum Accelerator: String, Hashable, Sendable, CaseIterable {
        /// Hardware virtualization.
        case kvm
        /// Emulation only, which a machine without KVM can start too.
        case qemu
    }

    /// A domain in which libvirt has nothing left to choose: every controller, every device, every address.
    ///
    /// Disks, networks and the like are placeholders that hold nothing. Errors: what neither libvirt nor an argument for QEMU
    /// can say.
    public static func write(
        _ plan: EmittablePlan, accelerator: Accelerator = .kvm
    ) throws(EmissionRefusal) -> String {
        try DomainWriter.write(plan.plan, accelerator: accelerator == .kvm ? .kvm : .qemu)
    }

    /// The same of a guest that nobody planned: its IGD has the regions that QEMU and firmware give it.
    ///
    /// Errors: what neither libvirt nor an argument for QEMU can say.
    public static func write(
        asItIs guest: Guest, accelerator: Accelerator = .kvm
    ) throws(EmissionRefusal) -> String {
        try DomainWriter.write(asItIs: guest.topology, accelerator: accelerator == .kvm ? .kvm : .qemu)
    }

    /// A domain changed as little as possible so that the best plan that released software can carry out holds.
    ///
    /// What comes out is read again: the guest that libvirt makes of it is the one that was planned, and applying once more
    /// changes nothing. `stack` goes before what the domain says of releases, and `adjust` replaces what a domain does not
    /// say, such as the guest OS. With a host, a domain without an IGD gets one; one that has a share of it (a virtual
    /// function, a mediated device) stays as it is. `rom` is the path of an option ROM for the IGD, where libvirt runs.
    /// Works on all processors while it plans. Errors: see `ApplyError`; those of `adjust` come back as `unusable`.
    public static func apply(
        to domain: Domain, host: HostMachine? = nil, rom: String? = nil,
        constraints: PlanConstraints = PlanConstraints(), stack: Stack? = nil,
        adjust: (inout Guest) throws(InputError) -> Void = { _ in }
    ) throws(ApplyError) -> AppliedPlan {
        try ApplyError.wrapping {
            let restriction = try constraints.restriction { () throws(InputError) in
                try domain.guest(stack: stack).topology.rootBus
            }
            let applied = try Services.apply(
                domain.bytes, file: domain.file, host: host?.inventory, rom: rom,
                restriction: restriction, stack: StackChoice(named: stack),
                adjust: { topology throws(InputError) in
                    var guest = Guest(topology)
                    try adjust(&guest)
                    topology = guest.topology
                })
            return AppliedPlan(applied, of: domain)
        }
    }
}

/// A plan, carried out in somebody's own domain.
public struct AppliedPlan: Hashable, Sendable {
    /// The domain before and after. Its findings say what moved (notes), what the plan is and what it costs (warnings).
    public let change: ChangedDomain
    /// What was planned; nil where there was nothing to place.
    public let plan: Plan?

    init(_ applied: Application, of domain: Domain) {
        change = ChangedDomain(
            domain: Domain(applied.bytes, file: domain.file), before: applied.before, after: applied.after,
            findings: applied.findings)
        plan = applied.planning?.plan.map(Plan.init)
    }
}
