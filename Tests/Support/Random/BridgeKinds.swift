/// Bridges with the parameters that decide bus numbers and windows.
struct BridgeKinds {
    private let kind: RandomGuest.Kind
    private var chassis = 0
    /// Numbers for root buses; close to 0 where the numbers themselves are in question.
    private var expanders: [Int]

    init(_ kind: RandomGuest.Kind) {
        self.kind = kind
        expanders = kind == .buses ? [4, 9, 20, 128, 250] : [64, 128, 192, 32]
    }

    struct Drawn {
        var text: String
        var id: String
        var bus: PlannedBus
    }

    /// Nil where no bridge can be.
    mutating func draw(on bus: PlannedBus, number: Int, isAlone: Bool, _ dice: inout Dice) -> Drawn? {
        let id = "b\(number)"
        chassis += 1
        switch bus.kind {
        case .expressRoot:
            switch dice.number(0..<100) {
            case 0..<45: return rootPort(id, bus, &dice)
            case 45..<62: return ioh3420(id, bus)
            case 62..<72: return expressToPCI(id, bus)
            case 72..<84: return southbridge(id, bus)
            case 84..<92: return isAlone ? expander("pxb-pcie", id, &dice) : rootPort(id, bus, &dice)
            default: return conventional(id, bus, &dice)
            }
        case .expander: return dice.chance(70) ? rootPort(id, bus, &dice) : ioh3420(id, bus)
        case .port:
            guard dice.chance(70) else { return nil }
            if dice.chance(50) { return expressToPCI(id, bus) }
            return Drawn(text: "x3130-upstream,id=\(id)", id: id, bus: below(bus, id, .upstream, slots: 0..<32))
        case .upstream:
            let hotPlug = dice.chance(15) ? ",hotplug=off" : ""
            return Drawn(
                text: "xio3130-downstream,id=\(id),chassis=\(chassis),slot=\(chassis)\(hotPlug)", id: id,
                bus: below(bus, id, .port, slots: 0..<1))
        case .conventionalRoot where isAlone && dice.chance(12): return expander("pxb", id, &dice)
        case .conventionalRoot, .conventional: return conventional(id, bus, &dice)
        }
    }

    private func below(_ bus: PlannedBus, _ id: String, _ kind: PlannedBus.Kind, slots: Range<Int>) -> PlannedBus {
        PlannedBus(name: id, kind: kind, depth: bus.depth + 1, freeSlots: Array(slots))
    }

    private func rootPort(_ id: String, _ bus: PlannedBus, _ dice: inout Dice) -> Drawn {
        var text = "pcie-root-port,id=\(id),chassis=\(chassis),slot=\(chassis)"
        if dice.chance(20) { text += ",hotplug=off" }
        if dice.chance(kind == .any ? 35 : 85) { text += reservation(&dice) }
        return Drawn(text: text, id: id, bus: below(bus, id, .port, slots: 0..<1))
    }

    private func ioh3420(_ id: String, _ bus: PlannedBus) -> Drawn {
        Drawn(
            text: "ioh3420,id=\(id),chassis=\(chassis),slot=\(chassis)", id: id,
            bus: below(bus, id, .port, slots: 0..<1))
    }

    private func expressToPCI(_ id: String, _ bus: PlannedBus) -> Drawn {
        Drawn(text: "pcie-pci-bridge,id=\(id)", id: id, bus: below(bus, id, .conventional, slots: 0..<32))
    }

    private func southbridge(_ id: String, _ bus: PlannedBus) -> Drawn {
        Drawn(text: "i82801b11-bridge,id=\(id)", id: id, bus: below(bus, id, .conventional, slots: 0..<32))
    }

    private func conventional(_ id: String, _ bus: PlannedBus, _ dice: inout Dice) -> Drawn {
        var text = "pci-bridge,id=\(id),chassis_nr=\(chassis)"
        if dice.chance(30) { text += ",shpc=off" }
        if dice.chance(kind == .any ? 15 : 75) { text += reservation(&dice) }
        return Drawn(text: text, id: id, bus: below(bus, id, .conventional, slots: 0..<32))
    }

    private mutating func expander(_ model: String, _ id: String, _ dice: inout Dice) -> Drawn? {
        guard !expanders.isEmpty else { return nil }
        let isExpress = model == "pxb-pcie"
        let bus = PlannedBus(
            name: id, kind: isExpress ? .expander : .conventional, depth: 1,
            freeSlots: Array(0..<32))
        return Drawn(text: "\(model),id=\(id),bus_nr=\(dice.take(from: &expanders))", id: id, bus: bus)
    }

    private func reservation(_ dice: inout Dice) -> String {
        switch kind {
        case .any: mixed(&dice)
        case .buses: buses(&dice)
        case .windows: windows(&dice)
        }
    }

    private func buses(_ dice: inout Dice) -> String {
        let number = dice.chance(85) ? dice.number(0..<5) : dice.pick([7, 30, 100, 200, 248, 254, 255, 256, 300])
        return ",bus-reserve=\(number)"
    }

    private func windows(_ dice: inout Dice) -> String {
        var text = ""
        if dice.chance(50) { text += ",io-reserve=\(dice.pick(["0", "0", "1", "4K", "6K", "16K", "64K"]))" }
        if dice.chance(50) { text += ",mem-reserve=\(dice.pick(["0", "1M", "3M", "8M", "64M", "256M", "512M"]))" }
        if dice.chance(25) { text += ",pref32-reserve=\(dice.pick(["0", "2M", "5M", "128M", "512M"]))" }
        if dice.chance(45) { text += ",pref64-reserve=\(dice.pick(["0", "2M", "3M", "256M", "1G", "4G", "32G"]))" }
        return text
    }

    private func mixed(_ dice: inout Dice) -> String {
        var text = ""
        if dice.chance(30) { text += ",bus-reserve=\(dice.chance(10) ? 0 : dice.pick([1, 2, 4, 8]))" }
        if dice.chance(35) { text += ",io-reserve=\(dice.pick(["0", "4K", "8K", "6K"]))" }
        if dice.chance(35) { text += ",mem-reserve=\(dice.pick(["1M", "4M", "8M", "64M"]))" }
        if dice.chance(40) {
            text +=
                dice.chance(30)
                ? ",pref32-reserve=\(dice.pick(["2M", "32M"]))"
                : ",pref64-reserve=\(dice.pick(["2M", "64M", "1G", "4G"]))"
        }
        return text
    }
}
