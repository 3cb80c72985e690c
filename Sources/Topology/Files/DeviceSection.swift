import BerthDiagnostics
import BerthPCI
import Yams

/// The `devices` list.
package enum DeviceSection {
    package static let keys = [
        "model", "id", "at", "on", "multifunction", "memory", "properties", "identity", "class", "bars",
    ]
    package static let barKeys = ["bar", "io", "memory32", "memory64", "prefetchable32", "prefetchable64", "rom"]

    static func read(_ nodes: [Node], file: String, machine: MachineType) throws(InputError) -> [Device] {
        var devices: [Device] = []
        for (index, node) in nodes.enumerated() {
            devices.append(try device(node, number: index + 1, file: file, machine: machine))
        }
        return devices
    }

    private static func device(_ node: Node, number: Int, file: String, machine: MachineType) throws(InputError)
        -> Device
    {
        var section = try TopologyNode(node, file: file, what: "device \(number)", keys: keys)
        let model = try section.required("model", try section.text("model"))
        let id = try section.text("id") ?? "\(model.lowercased())-\(number)"
        section.what = "device '\(id)'"
        guard id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }),
            id.first?.isLetter == true
        else {
            throw InputError(
                "'id' is '\(id)'; expected a letter, then letters, digits, '-', '.', '_'", rule: "topology-file",
                at: section.location(of: "id"))
        }
        var device = Device(id: id, model: model, at: try slot(section, machine))
        device.location = section.location
        device.multifunction = try section.bool("multifunction")
        if let size = try section.size("memory") { device.backend = MemoryBackend(id: "\(id)-memory", size: size) }
        device.properties = try properties(section)
        device.described = try described(section)
        return device
    }

    private static func slot(_ section: TopologyNode, _ machine: MachineType) throws(InputError) -> Slot {
        let text = try section.required("at", try section.text("at"))
        let place = section.location(of: "at")
        if let bus = try section.text("on") {
            guard !text.contains(":"), let address = PCIAddress("00:\(text)") else {
                throw InputError(
                    "'at' of \(section.what) is '\(text)'; below bus '\(bus)' expected device and function, such as 00.0",
                    rule: "topology-file", at: place)
            }
            return Slot(BusName(bus), devfn: address.devfn)
        }
        guard let address = PCIAddress(text) else {
            throw InputError(
                "'at' of \(section.what) is '\(text)'; expected an address such as 00:03.0", rule: "topology-file",
                at: place)
        }
        guard address.segment == 0 else {
            throw InputError(
                "'at' of \(section.what) is in segment \(Hexadecimal.plain(address.segment, digits: 4)); the guest has segment 0000 only",
                rule: "missing-bus", at: place)
        }
        guard address.bus == 0 else {
            throw InputError(
                "'at' of \(section.what) is on bus \(Hexadecimal.plain(address.bus, digits: 2)), but firmware numbers the buses; name the bridge with 'on' and give device and function, such as 00.0",
                rule: "missing-bus", at: place)
        }
        return Slot(machine.rootBus, devfn: address.devfn)
    }

    private static func properties(_ section: TopologyNode) throws(InputError) -> [Property] {
        guard let node = section.child("properties") else { return [] }
        guard case .mapping(let mapping) = node else {
            throw InputError(
                "'properties' of \(section.what) should be keys and values, found \(node.kindName)",
                rule: "topology-file", at: node.location(section.file))
        }
        var properties: [Property] = []
        for (key, value) in mapping {
            guard case .scalar(let name) = key, case .scalar(let text) = value else {
                throw InputError(
                    "a property of \(section.what) should be a name and a value", rule: "topology-file",
                    at: key.location(section.file))
            }
            properties.append(Property(name.string, propertyValue(text.string)))
        }
        return properties
    }

    private static func propertyValue(_ text: String) -> PropertyValue {
        switch text {
        case "true", "on", "yes": .bool(true)
        case "false", "off", "no": .bool(false)
        default: UInt64(number: text).map { .number($0) } ?? .text(text)
        }
    }

    /// A function that the user describes, when the model is not ours.
    private static func described(_ section: TopologyNode) throws(InputError) -> DescribedFunction? {
        let bars = try section.list("bars")
        let identity = try section.value("identity", expected: "vendor and device such as 8086:1533") {
            text -> (UInt16, UInt16)? in
            let parts = text.split(separator: ":")
            guard parts.count == 2, let vendor = UInt16(parts[0], radix: 16), let device = UInt16(parts[1], radix: 16)
            else { return nil }
            return (vendor, device)
        }
        let code = try section.value("class", expected: "six hexadecimal digits such as 0x020000") { text in
            UInt32(text.hasPrefix("0x") ? String(text.dropFirst(2)) : text, radix: 16).flatMap {
                $0 <= 0xff_ffff ? ClassCode(rawValue: $0) : nil
            }
        }
        if identity == nil, code == nil, bars.isEmpty { return nil }
        let (vendor, device) = try section.required("identity", identity)
        var list: [BAR] = []
        for node in bars { list.append(try bar(node, section)) }
        return DescribedFunction(
            vendor: vendor, device: device, classCode: try section.required("class", code), bars: list)
    }

    private static func bar(_ node: Node, _ device: TopologyNode) throws(InputError) -> BAR {
        let section = try TopologyNode(node, file: device.file, what: "a BAR of \(device.what)", keys: barKeys)
        if let size = try section.size("rom") { return .rom(size: size) }
        let index = try section.required(
            "bar",
            try section.value("bar", expected: "a number from 0 to 5") {
                Int($0).flatMap { (0...5).contains($0) ? $0 : nil }
            })
        let kinds: [(String, (ByteCount) -> BARKind)] = [
            ("io", { .io(size: $0) }), ("memory32", { .memory32(size: $0, prefetchable: false) }),
            ("memory64", { .memory64(size: $0, prefetchable: false) }),
            ("prefetchable32", { .memory32(size: $0, prefetchable: true) }),
            ("prefetchable64", { .memory64(size: $0, prefetchable: true) }),
        ]
        let given = kinds.filter { section.child($0.0) != nil }
        if given.count > 1 {
            throw InputError(
                "BAR \(index) of \(device.what) has more than one size: \(given.map(\.0).joined(separator: ", "))",
                rule: "topology-file", at: section.location(of: given[1].0))
        }
        guard let (key, kind) = given.first, let size = try section.size(key) else {
            throw InputError(
                "BAR \(index) of \(device.what) has no size; give one of \(kinds.map(\.0).joined(separator: ", "))",
                rule: "missing-key", at: section.location)
        }
        return BAR(.bar(index), kind(size))
    }
}
