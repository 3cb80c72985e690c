import BerthBundled
import BerthPlacement
import BerthReport
import BerthTopology

/// All strategies under two firmwares and three guest OSs.
enum Comparisons {
    static func table() throws {
        print("comparisons, in process (median of 101)")
        var guests: [(String, GuestTopology)] = []
        for name in ["pc-seabios-gen9", "q35-busy", "q35-ovmf-gen11"] {
            if let topology = try BundledTopologies.topology(named: name) { guests.append((name, topology)) }
        }
        if let topology = try BundledTopologies.topology(named: "pc-seabios-gen9") {
            guests.append(("20 functions", widened(topology, to: 20)))
        }
        for (name, topology) in guests {
            guard let request = Request(topology) else { continue }
            let functions = topology.resolve().tree.functions.count
            let judged = Clock.median(101) { Comparison(request).rows.count }
            let report = Clock.median(101) { ComparisonReport(Comparison(request), detail: .all).rows.count }
            let text = Clock.median(101) {
                CompareText.render(ComparisonReport(Comparison(request), detail: .all)).utf8.count
            }
            print("  \(name), \(functions) functions: judged \(judged), with verdicts \(report), as text \(text)")
        }
    }

    private static func widened(_ topology: GuestTopology, to count: Int) -> GuestTopology {
        var topology = topology
        var slot: UInt8 = 6
        while topology.resolve().tree.functions.count < count, slot < 31 {
            let models = ["virtio-net-pci", "e1000", "nvme", "ich9-ahci", "qemu-xhci"]
            topology.devices.append(
                Device(id: "more\(slot)", model: models[Int(slot) % models.count], at: topology.rootSlot(slot)))
            slot += 1
        }
        return topology
    }
}
