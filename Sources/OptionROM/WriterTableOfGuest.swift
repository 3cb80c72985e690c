import BerthDiagnostics
import BerthPCI
package import BerthTopology

extension WriterTable {
    /// What tasks come to in the PCI tree of their guest.
    ///
    /// Errors: what the table cannot hold: a function below an expander or too many bridges, a long file name, a BAR that is
    /// none of an endpoint's.
    package init(_ tasks: [RegisterTask], in tree: PCITree) throws(EmissionRefusal) {
        func refuse(_ message: String) -> EmissionRefusal { EmissionRefusal("writer-rom", message) }
        guard tasks.count <= Self.maximumRules else {
            throw refuse("the register writer has \(Self.maximumRules) rules, and \(tasks.count) are needed")
        }
        var rules: [Rule] = []
        for task in tasks {
            guard let carrier = tree.index(at: task.carrier), case .bar(let bar) = task.bar,
                let bar = UInt8(exactly: bar)
            else { throw refuse("there is no function at \(task.carrier) whose address could be written") }
            guard let to = Self.path(task.target, tree), let from = Self.path(task.carrier, tree) else {
                throw refuse(
                    "the register writer finds functions of bus 0 and behind at most \(Self.maximumDepth - 1) bridges from there"
                )
            }
            if let file = task.file, file.utf8.count > Self.maximumFileName {
                throw refuse("the name '\(file)' has more than \(Self.maximumFileName) bytes")
            }
            guard let register = UInt8(exactly: task.register), task.width == 4 || task.width == 8 else {
                throw refuse("there is no register of \(task.width) bytes at \(Hexadecimal.string(task.register))")
            }
            let function = tree.functions[carrier]
            rules.append(
                Rule(
                    target: to, carrier: from, register: register, width: UInt8(task.width), bar: bar,
                    vendor: function.vendor, device: function.device, mayMove: task.mayMove, file: task.file))
        }
        self.init(rules)
    }

    /// From bus 0 down; nil where it does not begin there or is too long.
    private static func path(_ slot: Slot, _ tree: PCITree) -> [UInt8]? {
        guard var bus = tree.buses.firstIndex(where: { $0.name == slot.bus }) else { return nil }
        var path = [slot.devfn]
        while case .bridge(let bridge) = tree.buses[bus].parent {
            path.insert(tree.functions[bridge].devfn, at: 0)
            bus = tree.functions[bridge].bus
        }
        return bus == 0 && path.count <= maximumDepth ? path : nil
    }

    /// What a table in a ROM means in a guest; what is not there is left out, as the writer leaves it alone.
    package func tasks(in tree: PCITree) -> [RegisterTask] {
        rules.compactMap { rule in
            guard let target = Self.slot(rule.target, tree), let carrier = Self.slot(rule.carrier, tree) else {
                return nil
            }
            return RegisterTask(
                rule.register == 0xfc ? .opRegion : .stolenMemory, target: target, register: Int(rule.register),
                width: Int(rule.width), carrier: carrier, bar: .bar(Int(rule.bar)), file: rule.file,
                mayMove: rule.mayMove)
        }
    }

    private static func slot(_ path: [UInt8], _ tree: PCITree) -> Slot? {
        var bus = 0
        for (depth, devfn) in path.enumerated() {
            guard let index = tree.buses[bus].functions.first(where: { tree.functions[$0].devfn == devfn }) else {
                return nil
            }
            if depth == path.count - 1 { return tree.slot(of: tree.functions[index]) }
            guard let bridge = tree.functions[index].bridge else { return nil }
            bus = bridge.secondaryBus
        }
        return nil
    }
}
