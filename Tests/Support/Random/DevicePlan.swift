/// Which devices there are and what sits behind which bridge; then an order; then slots.
///
/// Slots come last because one that QEMU chooses depends on what was there before.
struct DevicePlan {
    private struct Planned {
        var words: [String]
        var text: String
        var id: String
        var bus: Int
        /// Devices with the same number share a slot.
        var group: Int?
        /// Of the group.
        var function = 0
    }

    private var buses: [PlannedBus]
    private var devices: [Planned] = []
    private let kind: RandomGuest.Kind
    private var bridges: BridgeKinds
    private var endpoints = Endpoints()
    private var groups = 0

    init(_ kind: RandomGuest.Kind, isExpress: Bool, usb: Bool) {
        self.kind = kind
        bridges = BridgeKinds(kind)
        buses = [.root(isExpress: isExpress, usb: usb)]
    }

    mutating func draw(_ dice: inout Dice) {
        // Some guests are so full that space runs out.
        let wanted = dice.chance(20) ? dice.number(20..<48) : dice.number(1..<20)
        endpoints.prefersLarge = wanted >= 20 && dice.chance(60)
        for _ in 0..<wanted where devices.count < 60 {
            let open = buses.indices.filter { buses[$0].hasRoom }
            // Bus 0 is always open: it has 29 slots.
            let bus = dice.chance(35) ? 0 : dice.pick(open)
            guard buses[bus].hasRoom else { continue }
            if dice.chance(12) { drawGroup(on: bus, &dice) } else { add(on: bus, group: nil, function: 0, &dice) }
        }
    }

    private mutating func drawGroup(on bus: Int, _ dice: inout Dice) {
        groups += 1
        buses[bus].promised += 1
        let group = groups
        var numbers = Array(1..<8)
        add(on: bus, group: group, function: 0, &dice)
        for _ in 0..<dice.number(1..<4) { add(on: bus, group: group, function: dice.take(from: &numbers), &dice) }
    }

    private mutating func add(on bus: Int, group: Int?, function: Int, _ dice: inout Dice) {
        let number = devices.count + 1
        if group == nil { buses[bus].promised += 1 }
        let chance = kind == .any ? (buses[bus].depth > 3 ? 5 : 40) : buses[bus].depth > 5 ? 10 : 70
        let wantsBridge = buses[bus].needsBridge || dice.chance(chance)
        if wantsBridge, let bridge = bridges.draw(on: buses[bus], number: number, isAlone: group == nil, &dice) {
            devices.append(
                Planned(words: [], text: bridge.text, id: bridge.id, bus: bus, group: group, function: function))
            buses.append(bridge.bus)
        } else {
            let drawn = endpoints.draw(number: number, &dice)
            let id = "d\(number)"
            devices.append(
                Planned(
                    words: drawn.before, text: "\(drawn.driver),id=\(id)\(drawn.properties)", id: id, bus: bus,
                    group: group, function: function))
        }
    }

    /// In an order in which every bus exists before something is put on it.
    func arguments(_ dice: inout Dice) -> [String] {
        var buses = buses
        var slots: [Int: Int] = [:]
        var known: Set<String> = [buses[0].name]
        var waiting = devices
        var words: [String] = []
        while !waiting.isEmpty {
            let ready = waiting.indices.filter { known.contains(buses[waiting[$0].bus].name) }
            // Half of the guests-to-be stay as drawn, which is how people write them.
            let index = dice.chance(50) ? ready[0] : dice.pick(ready)
            let device = waiting.remove(at: index)
            known.insert(device.id)
            words += device.words + ["-device", device.text + place(device, &buses[device.bus], &slots, &dice)]
        }
        return words
    }

    private func place(_ device: Planned, _ bus: inout PlannedBus, _ slots: inout [Int: Int], _ dice: inout Dice)
        -> String
    {
        let isImplied = bus.isDefault && dice.chance(10)
        var text = isImplied ? "" : ",bus=\(bus.name)"
        guard let group = device.group else {
            if dice.chance(15), let slot = bus.automaticSlot {
                bus.take(slot)
                return text
            }
            let slot = dice.pick(bus.freeSlots)
            bus.take(slot)
            text += ",addr=\(String(slot, radix: 16))" + (dice.chance(50) ? ".0" : "")
            return text
        }
        let slot = slots[group] ?? dice.pick(bus.freeSlots)
        if slots.updateValue(slot, forKey: group) == nil { bus.headless.append(slot) }
        if device.function == 0 { bus.headless.removeAll { $0 == slot } }
        bus.take(slot)
        text += ",addr=\(String(slot, radix: 16)).\(device.function)"
        return text + (device.function == 0 || dice.chance(20) ? ",multifunction=on" : "")
    }
}

/// A bus that devices can be put on.
struct PlannedBus {
    enum Kind { case conventionalRoot, expressRoot, expander, port, upstream, conventional }
    var name: String
    var kind: Kind
    var depth: Int
    var freeSlots: [Int]
    /// Slots that devices without a place yet will need.
    var promised = 0

    var hasRoom: Bool { promised < freeSlots.count }
    var isDefault: Bool { depth == 0 && kind != .expander }
    /// Only ports or bridges can be on it.
    var needsBridge: Bool { kind == .upstream || kind == .expander }

    /// Slots of which only functions 1 to 7 are there so far: QEMU takes them for free, and fails then.
    var headless: [Int] = []

    /// What QEMU would choose.
    var automaticSlot: Int? {
        guard let slot = freeSlots.min() else { return nil }
        return headless.contains { $0 < slot } ? nil : slot
    }

    mutating func take(_ slot: Int) { freeSlots.removeAll { $0 == slot } }

    static func root(isExpress: Bool, usb: Bool) -> PlannedBus {
        var taken = isExpress ? [0, 0x1f] : [0, 1]
        if isExpress, usb { taken.append(0x1d) }
        return PlannedBus(
            name: isExpress ? "pcie.0" : "pci.0", kind: isExpress ? .expressRoot : .conventionalRoot, depth: 0,
            freeSlots: (0..<32).filter { !taken.contains($0) })
    }
}
