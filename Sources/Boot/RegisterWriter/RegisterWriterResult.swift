package import BerthDiagnostics
package import BerthPCI
package import BerthTopology

/// What a register writer came to for one region.
package struct RegisterWriterResult: Hashable, Sendable {
    package var region: Region
    /// Index into `PCITree.functions`; nil where nobody is there.
    package var carrier: Int?
    package var bar: BARIndex
    /// Where the firmware had put the BAR; nil where it had no address.
    package var found: UInt64?
    /// Where the writer put it; nil where it stayed.
    package var moved: UInt64?
    /// Why the register was left alone; nil where it was written.
    package var failure: Failure?

    package enum Failure: Hashable, Sendable {
        case noDisplay
        case noCarrier
        /// The register is none of a memory BAR.
        case noBAR
        case unassigned
        case noFile(String)
        case fileLargerThanBAR
        /// The BAR is above 4 GiB and must not be moved, or is behind a bridge, whose window would have to follow.
        case outOfReach
        /// The BAR is above 4 GiB, and below there is no free range of its size.
        case noRoom
        /// What is written to the BAR is not there afterwards.
        case doesNotKeep
    }

    /// Whether decode of the carrier was off while the BAR's size was read.
    var sizesCarrier: Bool { carrier != nil && failure != .noDisplay && failure != .noCarrier }
}

extension RegisterWriterResult.Failure {
    /// Half a sentence: what the register writer finds.
    package var statement: Statement {
        switch self {
        case .noDisplay: "there is no Intel display where it is told to look"
        case .noCarrier: "there is no carrier where it is told to look"
        case .noBAR: "the carrier has no such memory BAR"
        case .unassigned: "the firmware gives the BAR no address"
        case .noFile(let name): "there is no fw_cfg \(name: name)"
        case .fileLargerThanBAR: "the OpRegion's file is larger than the BAR"
        case .outOfReach: "the BAR is above 4 GiB, behind a bridge whose window would have to follow it down"
        case .noRoom: "the BAR is above 4 GiB, and below there is no free range of its size"
        case .doesNotKeep: "the BAR has no memory behind it"
        }
    }
}

extension FirmwareOutcome {
    package func writerResult(for region: Region) -> RegisterWriterResult? {
        writerResults.last { $0.region == region }
    }

    /// As it was when the firmware had placed everything, before any register writer moved a BAR.
    var beforeWriters: FirmwareOutcome {
        guard writerResults.contains(where: { $0.moved != nil }) else { return self }
        var copy = self
        for result in writerResults.reversed() where result.moved != nil {
            if let carrier = result.carrier { copy.functions[carrier].addresses[result.bar] = result.found }
        }
        return copy
    }
}
