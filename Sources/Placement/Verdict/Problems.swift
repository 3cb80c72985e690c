package import BerthDiagnostics
package import BerthHost
import BerthIGD
import BerthPCI
package import BerthTopology

/// All problems, by name. A test holds it against the folder.
package enum Problems {
    package static let all: [any Problem] = [
        AddressAboveIOMMU(), CarrierWithoutDriver(), FilesWithheld(), FirmwareStops(), GOPWithoutStolenMemory(),
        GenerationRefused(), GuestDoesNotStart(), HaswellUnderOVMF(), HostFirmwareExposed(), HostFramebuffer(),
        HostMemoryTooSmall(), HostSizeTooSmall(), LPCIdentityDiffers(), LPCSlotTaken(), LinuxWithoutOpRegion(),
        LinuxWithoutStolenMemory(),
        LockedMemoryLimit(),
        NoFunctionReset(), NoOptionROM(), NoPublicGOP(), NotAVGADevice(), NotAtSlot2(), OVMFWithoutDriver(),
        OpRegionRefused(), OptionROMWithoutOpRegion(), RegionVanishes(), RequestsAreDropped(), ReservedForDMA(),
        ReservedPartOutside(),
        ShadowROMCachesBase(), ShadowROMIsNoVideoBIOS(), SizeDiffersFromHost(), SizeIsZero(), SizePropertyIgnored(),
        StolenAnchorsDisagree(),
        StolenMemoryAtHostAddress(), StolenMemoryElsewhere(), VGARangesNotMapped(), VideoBIOSWithoutStolenMemory(),
        VirtualFunction(),
        WindowsLosesMemory(), WindowsWithoutOpRegion(), WindowsWithoutStolenMemory(),
    ]

    package static func problem(_ id: RuleID) -> (any Problem)? { all.first { $0.id == id } }

    /// What a guest will run into as it is configured, with nothing planned or added: firmware and ROM do what they do by
    /// themselves. Worst first.
    package static func find(in topology: GuestTopology, host: HostInventory? = nil) -> [Consequence] {
        Verdict.of(topology, host: host).consequences
    }
}

/// Problems by id, so that nothing that is said depends on the order of a registry.
package struct ProblemSet: Sendable {
    let ofRegions: [any Problem]
    let ofGuests: [any Problem]

    package init(_ problems: [any Problem]) {
        let ordered = problems.sorted { $0.id < $1.id }
        ofRegions = ordered.filter { $0.scope == .region }
        ofGuests = ordered.filter { $0.scope == .guest }
    }

    package static let all = ProblemSet(Problems.all)

    /// Of the guest as a whole, wherever its regions are.
    func ofGuest(_ evaluation: Evaluation, host: HostInventory? = nil) -> [Consequence] {
        let situation = Situation(evaluation, host: host)
        return ofGuests.flatMap { $0.find(in: situation) }
    }
}

extension Verdict {
    /// Of a guest as it is configured.
    package static func of(
        _ topology: GuestTopology, host: HostInventory? = nil, rules: RuleSet = .all, problems: ProblemSet = .all
    ) -> Verdict {
        guard let request = Request(topology) else { return Verdict([]) }
        var evaluation = Evaluation(request.asConfigured, in: Simulation(topology))
        for berth in evaluation.berths {
            evaluation.judgements[berth.region] = rules.judgements(of: berth, in: evaluation)
        }
        let regions = evaluation.berths.flatMap { berth in
            // What the firmware reserves by itself is what this guest is to have.
            of(berth, in: evaluation, problems: problems).consequences.filter { $0.symptom != .otherMemory }
        }
        return Verdict(regions + problems.ofGuest(evaluation, host: host)).weighed(for: topology.use)
    }
}

extension Request {
    /// The berths that firmware gives by itself, if QEMU lets it.
    var asConfigured: [RegionBerth] {
        Region.allCases.compactMap { region in
            (NothingToPlace().proposals(for: region, in: self) + FirmwareReserved().proposals(for: region, in: self))
                .first?.berth
        }
    }

    /// The guest with the properties that strategies would write, where it has none of its own.
    func withPropertiesFilledIn() -> GuestTopology {
        var topology = topology
        let proposals = Region.allCases.flatMap { region in
            NothingToPlace().proposals(for: region, in: self) + FirmwareReserved().proposals(for: region, in: self)
        }
        for property in proposals.flatMap(\.edit.igdProperties) where igd[property: property.name] == nil {
            topology.igd?.set(property.name, property.value)
        }
        return topology
    }
}
