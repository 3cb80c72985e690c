import BerthTopology

/// Functions and buses by what they are, not by where they are or how they are called.
struct Shapes {
    private let tree: PCITree
    private var functions: [PCIFunction: Int] = [:]
    private var buses: [BusShape: Int] = [:]
    private var functionShapes: [Int] = []
    private var busShapes: [Int]
    private var busIndices: [BusName: Int] = [:]
    private var functionIndices: [Slot: Int] = [:]

    private struct BusShape: Hashable {
        var isExpress: Bool
        /// Slot, shape, and the bus below, of every function.
        var members: [[Int]]
    }

    init(_ tree: PCITree) {
        self.tree = tree
        busShapes = Array(repeating: -1, count: tree.buses.count)
        for (index, bus) in tree.buses.enumerated() { busIndices[bus.name] = index }
        for (index, function) in tree.functions.enumerated() {
            functionIndices[tree.slot(of: function)] = index
            functionShapes.append(shape(of: function))
        }
        // A bus comes before the buses below it.
        for index in tree.buses.indices.reversed() { busShapes[index] = shape(of: tree.buses[index]) }
    }

    private mutating func shape(of function: PCIFunction) -> Int {
        var bare = function
        bare.name = ""
        bare.qdevID = nil
        bare.bus = 0
        bare.devfn = 0
        if case .device = bare.origin { bare.origin = .device(0) }
        bare.bridge?.secondaryBus = 0
        return functions.number(of: bare)
    }

    private mutating func shape(of bus: PCIBus) -> Int {
        let members = bus.functions.map { index in
            let below = tree.functions[index].bridge.map { $0.secondaryBus }
            let shape = below.flatMap { busShapes.indices.contains($0) ? busShapes[$0] : nil }
            return [Int(tree.functions[index].devfn), functionShapes[index], shape ?? -1]
        }
        return buses.number(of: BusShape(isExpress: bus.isExpress, members: members))
    }

    /// The shape of what is at a slot (nil: nothing is) and of the buses from there to the root; nil for a bus that
    /// is not in the tree, and for a bridge.
    func place(of slot: Slot) -> (function: Int?, buses: [Int])? {
        guard var bus = busIndices[slot.bus] else { return nil }
        let index = functionIndices[slot]
        if let index, tree.functions[index].bridge != nil { return nil }
        var chain: [Int] = []
        while true {
            // Which root it is matters, however alike they are.
            guard case .bridge(let bridge) = tree.buses[bus].parent else {
                return (index.map { functionShapes[$0] }, chain + [bus])
            }
            chain += [busShapes[bus], functionShapes[bridge]]
            bus = tree.functions[bridge].bus
        }
    }
}

extension Dictionary where Value == Int {
    /// Numbers in the order of first sight.
    mutating func number(of key: Key) -> Int {
        if let known = self[key] { return known }
        self[key] = count
        return count - 1
    }
}
