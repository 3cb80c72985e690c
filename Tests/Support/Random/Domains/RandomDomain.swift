/// A libvirt domain drawn at random: mostly one that libvirt defines, with every kind of device that sits on PCI.
package struct RandomDomain: Sendable {
    package var name: String
    package var xml: String

    /// A document that was not drawn.
    package init(name: String, xml: String) {
        self.name = name
        self.xml = xml
    }

    /// The same seed draws the same document.
    package init(seed: UInt64, name: String = "drawn") {
        var dice = Dice(seed)
        var plan = DomainPlanDice(&dice)
        plan.draw(&dice)
        self.name = name
        let number = String(seed % 1_000_000_000_000)
        let uuid = "11111111-2222-3333-4444-" + String(repeating: "0", count: 12 - number.count) + number
        xml = """
            <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <name>\(name)</name>
              <uuid>\(uuid)</uuid>
            \(plan.head.map { "  " + $0 }.joined(separator: "\n"))
              <devices>
                <emulator>/usr/bin/qemu-system-x86_64</emulator>
            \(plan.devices.map { "    " + $0 }.joined(separator: "\n"))
              </devices>
            \(plan.tail.map { "  " + $0 }.joined(separator: "\n"))
            </domain>

            """
    }
}

/// A document in the making.
struct DomainPlanDice {
    let isExpress: Bool
    var head: [String] = []
    var devices: [String] = []
    var tail: [String] = []
    var hasUSB = true
    private(set) var hasMemoryDevices = false
    private var places: AddressDice
    private var aliases = 0
    private var boot = 0
    private let hasBootOrder: Bool

    init(_ dice: inout Dice) {
        isExpress = dice.chance(60)
        places = AddressDice(isExpress: isExpress, addressed: dice.pick([0, 0, 20, 50, 90]))
        hasBootOrder = dice.chance(30)
    }

    mutating func draw(_ dice: inout Dice) {
        drawHead(&dice)
        var endpoints: [String] = []
        let isLarge = dice.chance(6)
        drawControllers(&dice)
        let count = isLarge ? dice.number(25..<50) : dice.number(1..<12)
        for number in 0..<count { endpoints.append(drawEndpoint(number, &dice)) }
        endpoints += drawSingles(&dice)
        // The order of different kinds decides nothing, the order within one kind does.
        devices = dice.shuffled(devices + endpoints)
        drawTail(&dice)
    }

    private mutating func drawHead(_ dice: inout Dice) {
        hasMemoryDevices = dice.chance(8)
        if hasMemoryDevices { head.append("<maxMemory slots='4' unit='GiB'>16</maxMemory>") }
        head.append("<memory unit='\(dice.pick(["GiB", "G"]))'>\(hasMemoryDevices ? 3 : 1)</memory>")
        head.append("<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>")
        head.append("<vcpu>1</vcpu>")
        let machine = dice.pick(
            isExpress ? ["pc-q35-7.2", "q35", "pc-q35-6.0"] : ["pc-i440fx-7.2", "pc", "pc-i440fx-5.1"])
        let order = hasBootOrder || dice.chance(60) ? "" : "<boot dev='network'/><boot dev='cdrom'/><boot dev='hd'/>"
        head.append("<os><type arch='x86_64' machine='\(machine)'>hvm</type>\(order)</os>")
        head.append("<features><acpi/><apic/></features>")
        if hasMemoryDevices {
            head.append("<cpu><numa><cell id='0' cpus='0' memory='2' unit='GiB'/></numa></cpu>")
        } else if dice.chance(40) {
            head.append("<cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu>")
        }
    }

    private mutating func drawTail(_ dice: inout Dice) {
        guard dice.chance(25) else { return }
        let alias = dice.pick(["hostdev0", "video0", "pci.1", "shmem0", "virtio-disk0", "usb", "ua-1", "none"])
        let property = dice.pick([
            "<qemu:property name='x-vga' type='bool' value='true'/>",
            "<qemu:property name='x-igd-gms' type='unsigned' value='2'/>",
            "<qemu:property name='addr' type='string' value='0x9'/>",
            "<qemu:property name='multifunction' type='remove'/>",
            "<qemu:property name='bootindex' type='signed' value='-1'/>",
        ])
        tail.append(
            "<qemu:override><qemu:device alias='\(alias)'><qemu:frontend>\(property)</qemu:frontend></qemu:device></qemu:override>"
        )
    }

    /// What may stand in any device: alias, ACPI index, boot order, address.
    mutating func common(
        _ dice: inout Dice, onRoot: Bool = false, boots: Bool = false, alias: Bool = true, places: Bool = true
    ) -> String {
        var text = ""
        if boots, hasBootOrder, dice.chance(40) {
            boot += 1
            text += "<boot order='\(boot)'/>"
        }
        if alias, dice.chance(12) {
            aliases += 1
            text += "<alias name='\(dice.chance(85) ? "ua-" : "dropped")\(aliases)'/>"
        }
        if places, dice.chance(6) { text += "<acpi index='\(dice.number(1..<90))'/>" }
        if places { text += self.places.draw(onRoot: onRoot, &dice) }
        return text
    }

    mutating func port(_ dice: inout Dice) -> String { places.drawPort(&dice) }
    mutating func addBus(_ index: Int, slots: ClosedRange<Int>) { places.addBus(index, slots: slots) }
}

/// Addresses, mostly free ones.
struct AddressDice {
    let isExpress: Bool
    /// How many of a hundred devices have an address.
    let addressed: Int
    private var used: Set<String> = []
    private var buses: [(index: Int, slots: ClosedRange<Int>)] = [(0, 2...30)]

    init(isExpress: Bool, addressed: Int) {
        self.isExpress = isExpress
        self.addressed = addressed
    }

    mutating func addBus(_ index: Int, slots: ClosedRange<Int>) { buses.append((index, slots)) }

    mutating func draw(onRoot: Bool, _ dice: inout Dice) -> String {
        if dice.chance(3) { return "<address type='pci'/>" }
        guard dice.chance(addressed) else { return "" }
        for _ in 0..<6 {
            let bus = onRoot ? buses[0] : dice.pick(buses)
            let function = dice.chance(12) ? dice.number(0..<8) : 0
            let slot =
                bus.slots.count == 1
                ? bus.slots.lowerBound : dice.number(bus.slots.lowerBound..<bus.slots.upperBound + 1)
            let isNew = used.insert("\(bus.index):\(slot).\(function)").inserted
            guard isNew || dice.chance(4) else { continue }
            return write(dice.chance(3) ? bus.index + 3 : bus.index, slot, function, &dice)
        }
        return ""
    }

    /// A place for a root port: several share a slot.
    mutating func drawPort(_ dice: inout Dice) -> String {
        guard dice.chance(addressed / 2 + 20) else { return "" }
        for _ in 0..<6 {
            let slot = dice.number(2..<5)
            let function = dice.number(0..<8)
            guard used.insert("0:\(slot).\(function)").inserted else { continue }
            return write(0, slot, function, &dice)
        }
        return ""
    }

    private func write(_ bus: Int, _ slot: Int, _ function: Int, _ dice: inout Dice) -> String {
        let multifunction = dice.chance(10) ? " multifunction='\(dice.pick(["on", "off"]))'" : ""
        func number(_ value: Int) -> String {
            dice.chance(70) ? "0x" + String(value, radix: 16) : "\(value)"
        }
        return
            "<address type='pci' domain='0x0000' bus='\(number(bus))' slot='\(number(slot))' function='\(number(function))'\(multifunction)/>"
    }
}
