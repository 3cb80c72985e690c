import BerthPCI
import BerthTopology

extension GuestTopology {
    /// Whether the guest has RAM where the host's stolen memory is, so that a GPU that is sent there meets it and does not fault. Where
    /// nobody knows the place, hosts have it below 3 GiB as a rule.
    var hasRAMAtHostBase: Bool {
        let end = ramLayout.below4GiB
        guard let igd, let base = igd.hostStolenBase, base.rawValue != 0 else { return end >= .gib(3) }
        return base.rawValue <= end.rawValue
            && (igd.hostStolenSize ?? igd.hostStolenMemory).rawValue <= end.rawValue - base.rawValue
    }
}
