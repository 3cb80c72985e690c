public import BerthDiagnostics
public import BerthPCI
public import BerthPlacement
public import BerthTopology

/// Where one region lies, or could lie, and what the rules say of it.
public struct PlannedBerth: Hashable, Sendable, CustomStringConvertible {
    /// The region in question.
    public let region: Region
    /// The idea behind it, by its name in `Catalog.strategies`.
    public let strategy: StrategyID
    /// How much the guest needs.
    public let needed: ByteCount
    /// How much it takes, rounded to what the place can have.
    public let reserved: ByteCount
    /// Where it will be.
    public let address: PredictedAddress
    /// The function behind whose BAR it lies; nil where it lies in RAM, or nowhere.
    public let carrier: Carrier?
    /// The register that has to hold the address; nil where there is none.
    public let register: Register?
    /// What the rules say, in the order of their names.
    public let statements: [Statement]
    /// What no release has, a sentence each; empty for what can be had today.
    public let missing: [String]

    /// The function behind whose BAR a region lies.
    public struct Carrier: Hashable, Sendable {
        /// What kind of function it is, in words: `RAM controller`.
        public let kind: String
        /// QEMU's name of the bus, and the slot: `pci.0:06.0`.
        public let slot: String
        /// The number of the BAR.
        public let bar: Int
    }

    /// The register of the IGD that has to hold the address of a region.
    public struct Register: Hashable, Sendable {
        /// `BDSM` or `ASLS`.
        public let name: String
        /// In configuration space.
        public let offset: Int
        /// 32 or 64.
        public let bits: Int
        /// Who writes it, in words: `the firmware`.
        public let writer: String
    }

    /// One thing that a rule says.
    public struct Statement: Hashable, Sendable, CustomStringConvertible {
        /// What it means for the berth.
        public enum Kind: Hashable, Sendable {
            /// It was checked and is well.
            case holds
            /// It can be used, at a price.
            case costs
            /// It cannot be used.
            case rejects
        }

        /// What it means for the berth.
        public let kind: Kind
        /// Who says so, by its name in `Catalog.rules`.
        public let rule: RuleID
        /// Lower case, no full stop.
        public let statement: String
        /// The smallest change known to help; nil where none is known or needed.
        public let remedy: String?

        init(_ judgement: Judgement) {
            kind = judgement.isRejection ? .rejects : judgement.isCost || judgement.isLoss ? .costs : .holds
            rule = judgement.fact.rule
            statement = "\(judgement.fact.statement)"
            remedy = judgement.fact.remedy.map { "\($0)" }
        }

        /// `STATEMENT [rule-id]`
        public var description: String { "\(statement) [\(rule)]" }
    }

    init(_ berth: RegionBerth, _ judgements: [Judgement], at address: PredictedAddress) {
        region = berth.region
        strategy = berth.strategy
        needed = berth.needed
        reserved = berth.reserved
        self.address = address
        carrier =
            if case .bar(let slot, let index, let carrier) = berth.backing {
                Carrier(kind: carrier.rawValue, slot: slot.description, bar: index.position)
            } else {
                nil
            }
        register = berth.register.map {
            Register(name: $0.name, offset: $0.offset, bits: $0.bits, writer: berth.writer.description)
        }
        statements = judgements.map(Statement.init)
        missing = berth.missing.map { "\($0.what)" }
    }

    /// Whether a rule rejects it.
    public var isRejected: Bool { statements.contains { $0.kind == .rejects } }

    /// `stolen memory: firmware-reserved, 72 MiB at 0xba700000`
    public var description: String { "\(region.name): \(strategy), \(reserved) at \(address)" }
}
