import BerthDiagnostics
import BerthPCI

/// How the properties of some device models change what the guest sees.
///
/// One file a family; the registry below lists them. A model without behaviour shows its recorded row.
protocol DeviceBehaviour: Sendable {
    /// QEMU's names of the models it speaks for.
    static var models: Set<String> { get }
    /// Changes the function made from the recorded row.
    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem)
}

/// A property with a value that QEMU would refuse.
struct PropertyProblem: Error {
    var property: String
    var message: String
}

/// All behaviours. A test proves that this list and the folder agree.
package enum DeviceBehaviours {
    static let all: [any DeviceBehaviour.Type] = [
        BochsDisplay.self, IVSHMEMPlain.self, NVMe.self, PCIBridges.self, PCIeBridges.self, PCISerial.self,
        PCITestDevice.self, PVSCSI.self, QXL.self, StandardVGA.self, Virtio.self,
    ]

    /// Names of the types, for the test.
    package static var typeNames: [String] { all.map { "\($0)" } }

    private static let byModel: [String: any DeviceBehaviour.Type] = all.reduce(into: [:]) { table, behaviour in
        for model in behaviour.models { table[model] = behaviour }
    }

    static func of(_ model: String) -> (any DeviceBehaviour.Type)? { byModel[model] }
}

/// Typed readers of properties, with QEMU's own spellings of values.
extension Device {
    /// `on`, `yes`, `true`, `y` and their opposites (`qapi_bool_parse` in util/qemu-option.c).
    func bool(_ name: String) throws(PropertyProblem) -> Bool? {
        switch self[name] {
        case nil: nil
        case .bool(let value): value
        case .text("on"), .text("yes"), .text("true"), .text("y"): true
        case .text("off"), .text("no"), .text("false"), .text("n"): false
        case .some(let other): throw PropertyProblem(property: name, message: "'\(other)' is not 'on' or 'off'")
        }
    }

    func number(_ name: String, in range: ClosedRange<UInt64> = 0...(.max)) throws(PropertyProblem) -> UInt64? {
        guard let value = self[name] else { return nil }
        let parsed: UInt64?
        switch value {
        case .number(let number): parsed = number
        case .text(let text) where text.hasPrefix("0x"): parsed = UInt64(text.dropFirst(2), radix: 16)
        case .text(let text): parsed = UInt64(text)
        case .bool: parsed = nil
        }
        guard let parsed, range.contains(parsed) else {
            let limits =
                range.upperBound == .max ? "a number" : "a number from \(range.lowerBound) to \(range.upperBound)"
            throw PropertyProblem(property: name, message: "'\(value)' is not \(limits)")
        }
        return parsed
    }

    func size(_ name: String) throws(PropertyProblem) -> ByteCount? {
        switch self[name] {
        case nil: return nil
        case .number(let bytes): return ByteCount(bytes)
        case .some(let value):
            if case .text(let text) = value, let size = ByteCount(text) { return size }
            throw PropertyProblem(property: name, message: "'\(value)' is not a size such as 64M or 0x4000000")
        }
    }
}

extension PCIFunction {
    /// Gives an existing BAR another size, or adds one.
    mutating func setBAR(_ index: BARIndex, _ kind: BARKind) {
        bars.removeAll { $0.index == index }
        bars.append(BAR(index, kind))
        bars.sort { $0.index < $1.index }
    }

    /// An endpoint of the root complex is a plain one behind a port. On a conventional bus most models leave PCI Express
    /// off; a few say that they are endpoints all the same. Recorded from every machine type.
    mutating func settlePortType(on bus: PCIBus) {
        guard portType == .integratedEndpoint, !bus.isRoot || !bus.isExpress else { return }
        let isAlways = ["e1000e", "igb", "megasas-gen2", "nvme"].contains(model)
        portType = bus.isExpress || isAlways ? .endpoint : nil
    }

    mutating func removeBAR(_ index: BARIndex) { bars.removeAll { $0.index == index } }
}
