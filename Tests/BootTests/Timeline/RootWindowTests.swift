import BerthBoot
import BerthPCI
import BerthRehearsal
import BerthTopology
import Foundation
import TestSupport
import Testing

/// The ranges of the root buses against /proc/iomem of recorded guests.
@Suite struct RootWindowTests {
    /// The ranges of root buses, wherever they lie: a reserved range can be around one.
    private func topmost(_ lines: [String]) -> [String] {
        var outer: [(depth: Int, isBus: Bool)] = []
        var found: [String] = []
        for line in lines {
            let depth = line.prefix { $0 == " " }.count
            outer.removeAll { $0.depth >= depth }
            let isBus = line.contains("PCI Bus")
            if isBus, !outer.contains(where: \.isBus) { found.append(String(line.dropFirst(depth))) }
            outer.append((depth, isBus))
        }
        return found
    }

    @Test(arguments: ["firmware", "carriers", "igd", "linux-extra"] + Recorded.stackFolders)
    func `root windows equal what Linux lists`(kind: String) throws {
        var compared = 0
        for file in try Recorded.cases(kind) {
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent)
            guard let lines = recorded.observed?.iomem else { continue }
            let topology = try recorded.topology(source: file.lastPathComponent)
            let tree = try topology.resolved()
            let outcome = BootOutcome.run(topology, tree, then: recorded.guestActions(tree))
            let predicted = outcome.guest.rootWindows.flatMap { root in
                root.memory.map { "\($0.start.hex)-\($0.last.hex) : PCI Bus 0000:\(root.number(tree))" }
            }
            let observed = topmost(lines)
            #expect(predicted.sorted() == observed.sorted(), "\(file.lastPathComponent)")
            compared += 1
        }
        #expect(compared > 0)
    }
}

extension PhysicalAddress {
    fileprivate var hex: String {
        let text = String(rawValue, radix: 16)
        return String(repeating: "0", count: max(0, 8 - text.count)) + text
    }
}

extension RootWindows {
    fileprivate func number(_ tree: PCITree) -> String {
        guard case .root(let number) = tree.buses[bus].parent else { return "" }
        return (number < 16 ? "0" : "") + String(number, radix: 16)
    }
}
