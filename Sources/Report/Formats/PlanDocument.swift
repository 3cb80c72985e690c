import BerthDiagnostics
import BerthIGD
import BerthPCI
package import BerthPlacement
import BerthStack
import BerthTopology

/// A planning result for programs. Sizes in bytes, addresses as numbers.
package struct PlanDocument: Codable, Hashable, Sendable {
    package var name: String
    package var machine: String
    package var firmware: String
    package var guest: String
    package var qemu: String
    package var device: String
    package var platform: String?
    package var generation: String?
    package var feasible: Bool
    package var emittable: Bool
    /// Whether everything was looked at: false for guests that are too large.
    package var proven: Bool
    /// The chosen berths, one a region; empty when nothing is feasible.
    package var plan: [BerthEntry]
    package var reason: String?
    package var candidates: [CandidateEntry]
    /// Where nothing is feasible: the smallest change after which something is, and the facts that leave no plan.
    package var fix: FixEntry?
    package var explanation: ExplanationEntry?

    package struct BerthEntry: Codable, Hashable, Sendable {
        package var region: String
        package var strategy: String
        /// `nothing`, `reserved-ram`, `bar`, `host-memory`, `range`.
        package var backing: String
        package var carrier: String?
        package var carrierKind: String?
        package var bar: Int?
        package var needed: UInt64
        package var reserved: UInt64
        /// Nil where it is the firmware's choice.
        package var address: UInt64?
        package var register: RegisterEntry?
        package var missing: String?
        package var facts: [FactEntry]
        /// Nil where nothing of the guest's carries the region.
        package var exposure: ExposureEntry?
    }

    package struct RegisterEntry: Codable, Hashable, Sendable {
        package var name: String
        package var offset: Int
        package var bits: Int
        package var writtenBy: String
    }

    package struct CandidateEntry: Codable, Hashable, Sendable {
        package var berth: BerthEntry
        package var rejected: Bool
        /// The smallest change after which no rule rejects it.
        package var fix: FixEntry?
        /// For a rejected one: `found`, `none` of the changes tried helps, or `stopped` before all were tried.
        package var search: String?
    }

    package struct FactEntry: Codable, Hashable, Sendable {
        /// `holds`, `costs`, `rejects`.
        package var verdict: String
        package var rule: String
        package var statement: String
        package var bytes: [String: UInt64]?
        package var addresses: [String: UInt64]?
        package var counts: [String: Int]?
        package var remedy: String?
    }

    package init(_ result: Planning) {
        let request = result.request
        name = request.topology.name
        machine = request.topology.machine.name
        firmware = request.topology.firmware.description
        guest = request.topology.guest.description
        qemu = request.topology.qemu.description
        device = "8086:\(Hexadecimal.plain(request.igd.device, digits: 4))"
        platform = request.igd.platform?.rawValue
        generation = request.igd.platform?.generation.description
        feasible = result.plan != nil
        emittable = result.plan?.missing.isEmpty ?? false
        proven = result.isProven
        plan =
            (result.plan?.evaluation).map { best in
                best.berths.map {
                    BerthEntry(
                        $0, best.predictedAddress(of: $0), best.judgements[$0.region],
                        exposure: ExposureEntry($0, best.exposure(of: $0), best))
                }
            } ?? []
        reason = result.preference?.statement.description
        var fixes = FixSearch(result)
        candidates = []
        for region in Region.allCases {
            for option in result.options(for: region) {
                let answer = option.isRejected ? fixes.answer(for: option) : nil
                candidates.append(
                    CandidateEntry(
                        berth: BerthEntry(
                            option.berth, option.address, option.judgements,
                            exposure: ExposureEntry(option.berth, option.exposure, option.evaluation)),
                        rejected: option.isRejected, fix: answer?.fix.map(FixEntry.init),
                        search: answer.map { $0 == .none ? "none" : $0 == .unknown ? "stopped" : "found" }))
            }
        }
        if result.plan == nil { fix = fixes.fix().map(FixEntry.init) }
        if case .infeasible(let why) = result.outcome { explanation = ExplanationEntry(why) }
    }
}

extension PlanDocument.BerthEntry {
    init(
        _ berth: RegionBerth, _ predicted: PredictedAddress, _ judgements: [Judgement],
        exposure: PlanDocument.ExposureEntry?
    ) {
        self.exposure = exposure
        region = berth.region.rawValue
        strategy = berth.strategy.rawValue
        needed = berth.needed.rawValue
        reserved = berth.reserved.rawValue
        address = predicted.exact?.rawValue
        missing = berth.missingPiece?.description
        carrier = berth.slot.map { "00:\($0.slotText)" }
        carrierKind = berth.carrier?.rawValue
        switch berth.backing {
        case .nothing: backing = "nothing"
        case .reservedRAM: backing = "reserved-ram"
        case .hostMemory: backing = "host-memory"
        case .range: backing = "range"
        case .bar(_, let index, _):
            backing = "bar"
            bar = index.position
        }
        register = berth.register.map {
            PlanDocument.RegisterEntry(
                name: $0.name, offset: $0.offset, bits: $0.bits, writtenBy: berth.writer.description)
        }
        facts = judgements.map(PlanDocument.FactEntry.init)
    }
}

extension PlanDocument.FactEntry {
    init(_ judgement: Judgement) {
        let fact = judgement.fact
        verdict = judgement.isRejection ? "rejects" : judgement.isCost ? "costs" : "holds"
        rule = fact.rule.rawValue
        statement = fact.statement.description
        remedy = fact.remedy?.description
        guard !fact.quantities.isEmpty else { return }
        var (bytes, addresses): ([String: UInt64], [String: UInt64]) = ([:], [:])
        var counts: [String: Int] = [:]
        for (name, quantity) in fact.quantities {
            switch quantity {
            case .bytes(let value): bytes[name] = value
            case .address(let value): addresses[name] = value
            case .count(let value): counts[name] = value
            case .text: break
            }
        }
        self.bytes = bytes.isEmpty ? nil : bytes
        self.addresses = addresses.isEmpty ? nil : addresses
        self.counts = counts.isEmpty ? nil : counts
    }
}
