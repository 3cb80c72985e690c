import BerthBundled
import BerthDiagnostics
import BerthPlacement
import BerthRehearsal
import BerthReport
import BerthServices
import BerthTopology
import Foundation
import TestSupport

extension FuzzTarget {
    /// A recorded case, through simulate with its actions, its own comparison, and plan.
    static let recorded = FuzzTarget(
        "recorded", seeds: { try RecordedWords.seeds() }, words: CommandLineWords.all + RecordedWords.all,
        limit: 1 << 15
    ) { bytes, sample in
        let recorded = try RecordedCase.read(Data(bytes), file: "case.json")
        let topology = try recorded.topology(source: "case.json")
        let actions = recorded.guestActions(try topology.resolved())
        switch sample.pick(4) {
        case 0: _ = try RecordedComparison.firstDifference(recorded)
        case 1: try GuestWork.simulate(topology, then: actions, sample)
        default: break
        }
        if sample.isOne(in: 16) { try GuestWork.deliver(topology, sample) }
    }

    /// A lock, held against a guest and planned by.
    static let lock = FuzzTarget("lock", seeds: { try LockWords.seeds() }, words: LockWords.all) { bytes, sample in
        let lock = try PlanLock.read(bytes, file: "plan.lock")
        let name = LockWords.guests.first { $0 == lock.guest.name } ?? LockWords.guests[0]
        guard let guest = try BundledTopologies.topology(named: name) else { return }
        try lock.check(guest, bytes, file: "plan.lock")
        let restriction = lock.restriction
        for changed in [nil, lock] {
            let report = LockReport(lock, lock.changes(to: changed), file: "plan.lock")
            _ = LockText.render(report)
            _ = try JSONText.encode(LockDocument(report))
        }
        if sample.isOne(in: 32) { try GuestWork.deliver(guest, restriction: restriction, sample) }
    }
}

private enum RecordedWords {
    /// Short ones whole, longer ones without what was observed.
    static func seeds() throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for kind in ["firmware", "firmware-extra", "carriers", "igd", "linux-extra"] {
            for (number, file) in try Recorded.cases(kind).enumerated() where kind != "firmware" || number % 5 == 0 {
                let data = try Data(contentsOf: file)
                if data.count < 12_000, number % 3 == 0 {
                    seeds.append(Array(data))
                } else if var object = try JSONSerialization.jsonObject(with: data) as? [String: Any] {
                    object["observed"] = nil
                    if number % 2 == 0, let words = object["arguments"] as? [String], words.count < 40 {
                        object["arguments"] = CommandLineWords.assigned(words, number)
                    }
                    seeds.append(Array(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])))
                }
            }
        }
        return seeds
    }

    static let all = [
        "\"machine\"", "\"firmware\"", "\"memory\"", "\"linux\"", "\"arguments\"", "\"relabel\"", "\"config\"",
        "\"registers\"", "\"files\"",
        "\"actions\"", "\"observed\"", "\"u64\"", "\"size\"", "\"offset\"", "\"value\"", "\"bdf\"", "\"plug\"",
        "\"remove\"", "\"rescan\"",
        "\"reboot\"", "\"suspend\"", "true", "null", "\"00:02.0\"", "\"q35\"", "\"ovmf\"", "\"seabios:1.17.0\"", "{}",
        "[]", "\\ud800",
        "\"actions\":[{\"plug\":\"virtio-net-pci,id=p,bus=rp1\"},{\"reboot\":true}],",
    ]
}

private enum LockWords {
    static let guests = ["pc-seabios-gen9", "q35-ovmf-gen9"]

    static func seeds() throws -> [[UInt8]] {
        try guests.compactMap { name in
            guard let guest = try BundledTopologies.topology(named: name) else { return nil }
            guard let plan = try Services.plan(guest).plan else { return nil }
            return Array(try JSONText.encode(PlanLock(plan)).utf8)
        }
    }

    static let all =
        Strategies.all.map { "\"\($0.id)\"" } + [
            "\"pci.0:05.0\"", "\"pcie.0:1f.0\"", "\"0xffffffffffffffff\"", "\"stolen-memory\"", "\"opregion\"",
            "\"carrier\"", "\"bar\"",
            "\"address\"", "\"schema\"", "\"policy\"", "\"functions\"", "\"class\"", "null", "true", "[]", "{}", "-",
            ".", "e400",
        ]
}

extension FuzzTarget {
    /// One a format, with all that is done with it, and the readers by themselves.
    package static let all: [FuzzTarget] =
        [topology, domain, commandLine, proxmox, lspci, iomem, posted, sysfs, record, log, recorded, lock] + readers
}
