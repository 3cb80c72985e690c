import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A plan as it is kept between runs: what was decided, for which guest, and what the guest saw of it.
public struct PlanLock: Codable, Hashable, Sendable {
    /// Of this file.
    public var schema: Int
    /// Of the order of plans.
    public var policy: Int
    public var guest: Guest
    /// One a region.
    public var berths: [Berth]
    /// Every function the guest finds, by address.
    public var functions: [Function]

    /// The schema that is written, and the only one that is read.
    public static let schema = 1

    public struct Guest: Codable, Hashable, Sendable {
        public var name: String
        public var device: String
        public var machine: String
        public var firmware: String
        public var qemu: String
        public var os: String
    }

    public struct Berth: Codable, Hashable, Sendable {
        public var region: String
        public var strategy: String
        /// QEMU's bus and slot of the carrier.
        public var carrier: String?
        public var bar: Int?
        /// Nil where it is the firmware's choice.
        public var address: String?
        public var size: UInt64
    }

    public struct Function: Codable, Hashable, Sendable {
        public var id: String
        public var model: String
        /// Base class and subclass.
        public var `class`: Int
        /// With the number that the firmware gives the bus.
        public var address: String
    }

    /// Of a plan that was found.
    public init(_ plan: Evaluation) {
        let topology = plan.topology
        schema = Self.schema
        policy = PlanOrder.version
        guest = Guest(
            name: topology.name,
            device: topology.igd.map { "8086:\(Hexadecimal.plain($0.device, digits: 4))" } ?? "",
            machine: topology.machine.name, firmware: topology.firmware.description,
            qemu: topology.qemu.description, os: topology.guest.description)
        berths = plan.berths.map { berth in
            var bar: Int?
            if case .bar(_, let index, _) = berth.backing { bar = index.position }
            return Berth(
                region: berth.region.rawValue, strategy: berth.strategy.rawValue, carrier: berth.slot?.description,
                bar: bar, address: plan.predictedAddress(of: berth).exact?.description, size: berth.reserved.rawValue)
        }
        let numbers = plan.outcome.busNumbers
        functions = plan.tree.functions.compactMap { function -> Function? in
            guard numbers.indices.contains(function.bus), let bus = numbers[function.bus] else { return nil }
            return Function(
                id: function.name, model: function.model, class: Int(function.classCode.baseAndSub),
                address: PCIAddress(bus: bus, devfn: function.devfn).short)
        }.sorted { ($0.address, $0.id) < ($1.address, $1.id) }
    }
}
