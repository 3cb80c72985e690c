package import BerthDiagnostics

/// One statement that must hold of a berth.
package protocol Rule: Sendable {
    var id: RuleID { get }
    /// One line for lists.
    var summary: String { get }
    /// What is checked, why, and what helps.
    var documentation: String { get }
    var sources: [String] { get }
    /// Whether it asks what becomes of BARs while the guest boots, which takes longer to find out than all the rest: such a rule is
    /// asked last. What any other says does not depend on the other region's berth, only on what that one changes in the guest, so
    /// it is asked once for partners that change the same.
    var watchesBoot: Bool { get }
    /// Empty where the rule has nothing to say.
    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement]
}

extension Rule {
    package var watchesBoot: Bool { false }
}

/// All placement rules, by id. A test holds it against the folder.
package enum Rules {
    package static let all: [any Rule] = [
        ASLSIsAddress(), AddressIsFree(), CarrierIsNotDisabled(), CarrierIsServed(), CarrierLooksSane(),
        CarrierWithinIOMMU(),
        DriverCanWrite(),
        DriverOwnsCarrier(), FirmwareSupportsBerth(), FitsTheHole(), GenerationSupportsBerth(), MachineSupportsBerth(),
        OpRegionIsPrivate(), PowerOfTwoBAR(), QEMUSupportsBerth(), RangeIsKeptFree(), RangeIsRAM(), RegisterIsWritten(),
        RegisterReach(),
        RegistersAgree(), RequestIsMet(), StolenMemoryAlignment(), StolenMemoryIsUsed(),
    ]

    package static func rule(_ id: RuleID) -> (any Rule)? { all.first { $0.id == id } }
}
