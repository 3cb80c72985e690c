package import BerthDiagnostics
import BerthPCI
package import BerthTopology

/// What differs between a lock and the plan of today, as far as the guest can see it.
package enum LockChange: Hashable, Sendable {
    /// Machine, firmware, QEMU or OS are others than those that the lock was written for.
    case version(String, from: String, to: String)
    /// The berth of a region, in words, with its address; nil when nothing is feasible with what the lock keeps.
    case berth(Region, from: Statement, to: Statement?)
    /// A function is at another address, or is gone, or came.
    case function(id: String, model: String, class: Int, from: String?, to: String?)

    /// Whether anything in the guest notices; another version with the same addresses is nothing to notice.
    package var isGuestVisible: Bool { if case .version = self { false } else { true } }
}

extension PlanLock {
    /// In the order: versions, berths, functions by their old address, then new ones. `plan` is nil when nothing
    /// is feasible with what the lock keeps.
    package func changes(to plan: PlanLock?) -> [LockChange] {
        guard let plan else {
            return Region.allCases.compactMap { region in
                berth(region).map { .berth(region, from: $0.words, to: nil) }
            }
        }
        var changes: [LockChange] = []
        for (name, old, new) in [
            ("stack", guest.stack ?? plan.guest.stack ?? "", plan.guest.stack ?? ""),
            ("machine", guest.machine, plan.guest.machine), ("firmware", guest.firmware, plan.guest.firmware),
            ("QEMU", guest.qemu, plan.guest.qemu), ("guest", guest.os, plan.guest.os),
        ] where old != new { changes.append(.version(name, from: old, to: new)) }
        for region in Region.allCases {
            guard let old = berth(region) else { continue }
            let new = plan.berth(region)
            if old != new { changes.append(.berth(region, from: old.words, to: new?.words)) }
        }
        for old in functions {
            let new = plan.functions.first { $0.id == old.id }
            if new?.address != old.address {
                changes.append(
                    .function(id: old.id, model: old.model, class: old.class, from: old.address, to: new?.address))
            }
        }
        for new in plan.functions where !functions.contains(where: { $0.id == new.id }) {
            changes.append(.function(id: new.id, model: new.model, class: new.class, from: nil, to: new.address))
        }
        return changes
    }

    /// What the lock asks of a plan: the same strategies, on the same functions.
    package var restriction: Planner.Restriction {
        var restriction = Planner.Restriction()
        restriction.strategies = PerRegion { berth($0).map { StrategyID(rawValue: $0.strategy) } }
        for region in Region.allCases {
            guard let carrier = berth(region)?.carrier, let slot = Slot(lockText: carrier) else { continue }
            restriction.pins[region] = .function(slot)
        }
        return restriction
    }

    package func berth(_ region: Region) -> Berth? { berths.first { $0.region == region.rawValue } }
}

extension PlanLock.Berth {
    fileprivate var words: Statement {
        let place: Statement? = carrier.map { " on \(name: $0) BAR \(bar ?? 0)" }
        return "\(name: strategy)\(place) at \(address ?? "an address that the firmware chooses"), \(ByteCount(size))"
    }
}

extension Slot {
    /// Reads `pcie.0:1f.0`, as `description` writes it.
    init?(lockText text: String) {
        guard let colon = text.lastIndex(of: ":"), let place = PCIAddress("00" + text[colon...]) else { return nil }
        self.init(BusName(String(text[..<colon])), devfn: place.devfn)
    }
}
