public import BerthTopology

/// OVMF.
public struct OVMF: FirmwareModel {
    public let choice: FirmwareChoice
    public init(_ choice: FirmwareChoice = FirmwareChoice(.ovmf)) { self.choice = choice }
    public var sources: [String] { [] }
    public func boot(_ topology: GuestTopology, _ tree: PCITree) -> FirmwareOutcome {
        FirmwareOutcome(buses: tree.buses.count, functions: tree.functions.count)
    }
}
