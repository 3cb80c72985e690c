import BerthPCI
package import BerthStack
package import BerthTopology

/// What a firmware does to the PCI tree of a guest.
package protocol FirmwareModel: Sendable {
    /// The kind and version this model speaks for.
    var choice: FirmwareChoice { get }
    /// What its predictions rest on, one source a line.
    var sources: [String] { get }
    /// Numbers the buses, places the BARs, opens the windows, writes the IGD's registers.
    ///
    /// `tree` is what `topology` resolves to; it is passed in because callers have it already.
    func boot(_ topology: GuestTopology, _ tree: PCITree) -> FirmwareOutcome
}

/// A firmware model that knows when decode is off.
protocol TimedFirmware: FirmwareModel {
    func decode(_ tree: PCITree, _ outcome: FirmwareOutcome) -> any FirmwareDecode
}

/// All firmware models. A new kind is a folder and a line here.
package enum FirmwareModels {
    package static func model(for choice: FirmwareChoice) -> any FirmwareModel { timed(choice) }

    static func timed(_ choice: FirmwareChoice) -> any TimedFirmware {
        switch choice {
        case .seabios(let release): SeaBIOS(release)
        case .ovmf(let release): OVMF(release)
        }
    }
}
