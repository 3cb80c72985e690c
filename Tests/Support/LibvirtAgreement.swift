package import BerthTopology
import BerthPCI
import Foundation

/// Compares the devices that libvirt made of a document with the tree of the topology it was written for.
package enum LibvirtAgreement {
    /// One line for every PCI device that is missing, too many, elsewhere, or has a property with another value.
    ///
    /// `expected` is made from the model alone: no index, alias or bus name of the writer's goes into it.
    package static func differences(_ topology: GuestTopology, _ verdict: RealLibvirt.Verdict) throws -> [String] {
        let interfaces = try LibvirtDefinition(verdict.definition).interfaces
        let found = try devices(verdict.commandLine).merging(interfaces) { first, _ in first }
        let expected = try self.expected(topology)
        var lines: [String] = []
        for (place, device) in expected.sorted(by: { $0.key < $1.key }) {
            guard let real = found[place] else {
                lines.append("\(place): \(device.driver) is missing")
                continue
            }
            if real.driver != device.driver { lines.append("\(place): \(real.driver) instead of \(device.driver)") }
            if real.isMultifunction != device.isMultifunction {
                lines.append("\(place): multifunction is \(real.isMultifunction)")
            }
            for (name, value) in device.properties.sorted(by: { $0.key < $1.key }) where real.values[name] != value {
                lines.append("\(place): \(name) is \(real.values[name] ?? "not there") instead of \(value)")
            }
        }
        for (place, device) in found.sorted(by: { $0.key < $1.key }) where expected[place] == nil {
            lines.append("\(place): \(device.driver) is too many")
        }
        return lines
    }

    struct Seen {
        /// QEMU's name of the model.
        var driver: String
        var isMultifunction: Bool
        /// Those the topology names, and those found; as option syntax writes values.
        var properties: [String: String] = [:]
        var values: [String: String] = [:]
    }

    /// By the path of slots from the root: `01.0/00.0`.
    private static func expected(_ topology: GuestTopology) throws -> [String: Seen] {
        let tree = try topology.resolved()
        var seen: [String: Seen] = [:]
        for function in tree.functions {
            var properties: [String: String] = [:]
            switch function.origin {
            case .machine where !function.model.contains("usb"): continue
            case .igdCompanion, .expander: continue
            case .machine: break
            case .igd: properties = try Dictionary(last: topology.igd?.properties ?? [])
            case .device(let index):
                let device = topology.devices[index]
                properties = try Dictionary(last: device.properties)
                if device.model == "vfio-pci" { properties["host"] = nil }
            }
            for name in ["masterbus", "romfile"] { properties[name] = nil }
            seen[path(of: function, in: tree)] = Seen(
                driver: function.model, isMultifunction: function.isMultifunction && !isCompanion(function),
                properties: properties)
        }
        return seen
    }

    /// On the board's own companions only function 0 is told; QEMU sets the bit of the others itself.
    private static func isCompanion(_ function: PCIFunction) -> Bool {
        function.origin == .machine && function.devfn & 7 != 0
    }

    private static func path(of function: PCIFunction, in tree: PCITree) -> String {
        if case .expander(let index) = function.origin,
            let expander = tree.functions.first(where: { $0.origin == .device(index) })
        {
            return path(of: expander, in: tree)
        }
        let bus = tree.buses[function.bus]
        let slot = Slot(bus.name, devfn: function.devfn).slotText
        switch bus.parent {
        case .bridge(let index): return path(of: tree.functions[index], in: tree) + "/" + slot
        case .root(0): return slot
        case .root:
            let expander = tree.functions.first { $0.qdevID == bus.name.rawValue }
            return (expander.map { path(of: $0, in: tree) } ?? "?") + "/" + slot
        }
    }

    private static func devices(_ commandLine: [String]) throws -> [String: Seen] {
        let objects = try zip(commandLine, commandLine.dropFirst()).filter { $0.0 == "-device" }.map { pair in
            try JSONDecoder().decode([String: Scalar].self, from: Data(pair.1.utf8)).mapValues(\.text)
        }.filter { $0["addr"] != nil }
        let byID = Dictionary(objects.map { ($0["id"] ?? "", $0) }) { first, _ in first }
        func path(_ object: [String: String]) -> String {
            let numbers = (object["addr"] ?? "").split(separator: ".").map { UInt8($0.dropFirst(2), radix: 16) ?? 0xff }
            let devfn = numbers[0] << 3 | (numbers.count > 1 ? numbers[1] : 0)
            let slot = Slot("", devfn: devfn).slotText
            return byID[object["bus"] ?? ""].map { path($0) + "/" + slot } ?? slot
        }
        var seen: [String: Seen] = [:]
        for object in objects {
            let driver = object["driver"] ?? ""
            seen[path(object)] = Seen(
                driver: DeviceCatalogue.model(named: driver)?.name ?? driver,
                isMultifunction: object["multifunction"] == "on", values: object)
        }
        return seen
    }

    /// A JSON value as option syntax writes it.
    private struct Scalar: Decodable {
        var text: String
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let isOn = try? container.decode(Bool.self) {
                text = isOn ? "on" : "off"
            } else if let number = try? container.decode(UInt64.self) {
                text = "\(number)"
            } else {
                // A socket is an object, of which the topology has the path.
                let socket = try? container.decode([String: String].self)
                text = try socket?["path"] ?? container.decode(String.self)
            }
        }
    }
}

extension [String: String] {
    /// The last value of each property wins.
    fileprivate init(last properties: [Property]) throws {
        self = [:]
        for property in properties { self[property.name] = try property.typed().value.description }
    }
}
