import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// A plan as it is kept between runs: what was decided, for which guest, and what the guest saw of it.
package struct PlanLock: Codable, Hashable, Sendable {
    /// Of this file.
    package var schema: Int
    /// Of the order of plans.
    package var policy: Int
    package var guest: Guest
    /// One a region.
    package var berths: [Berth]
    /// Every function the guest finds, by address.
    package var functions: [Function]

    /// The schema that is written, and the only one that is read.
    package static let schema = 1

    package struct Guest: Codable, Hashable, Sendable {
        package var name: String
        package var device: String
        /// Absent in locks that were written before there were stacks.
        package var stack: String?
        package var machine: String
        package var firmware: String
        package var qemu: String
        package var os: String
    }

    package struct Berth: Codable, Hashable, Sendable {
        package var region: String
        package var strategy: String
        /// QEMU's bus and slot of the carrier.
        package var carrier: String?
        package var bar: Int?
        /// Nil where it is the firmware's choice.
        package var address: String?
        package var size: UInt64
    }

    package struct Function: Codable, Hashable, Sendable {
        package var id: String
        package var model: String
        /// Base class and subclass.
        package var `class`: Int
        /// With the number that the firmware gives the bus.
        package var address: String
    }

    package init(_ plan: Plan) {
        let (topology, evaluation) = (plan.topology, plan.evaluation)
        schema = Self.schema
        policy = PlanOrder.version
        guest = Guest(
            name: topology.name,
            device: topology.igd.map { "8086:\(Hexadecimal.plain($0.device, digits: 4))" } ?? "",
            stack: topology.stack.name, machine: topology.machine.name, firmware: topology.firmware.description,
            qemu: topology.qemu.description, os: topology.guest.description)
        berths = plan.berths.map { berth in
            var bar: Int?
            if case .bar(_, let index, _) = berth.backing { bar = index.position }
            return Berth(
                region: berth.region.rawValue, strategy: berth.strategy.rawValue, carrier: berth.slot?.description,
                bar: bar, address: evaluation.predictedAddress(of: berth).exact?.description,
                size: berth.reserved.rawValue)
        }
        let numbers = evaluation.outcome.busNumbers
        functions = evaluation.tree.functions.compactMap { function -> Function? in
            guard numbers.indices.contains(function.bus), let bus = numbers[function.bus] else { return nil }
            return Function(
                id: function.name, model: function.model, class: Int(function.classCode.baseAndSub),
                address: PCIAddress(bus: bus, devfn: function.devfn).short)
        }.sorted { ($0.address, $0.id) < ($1.address, $1.id) }
    }
}
