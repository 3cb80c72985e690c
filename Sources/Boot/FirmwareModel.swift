import BerthPCI
package import BerthStack
package import BerthTopology

/// What a firmware does to the PCI tree of a guest.
package protocol FirmwareModel: Sendable {
    /// The model of a release; nil for a release of another kind.
    init?(_ choice: FirmwareChoice)
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

/// All firmware models. A new kind is a folder and its name here.
package enum FirmwareModels {
    static let all: [any TimedFirmware.Type] = [SeaBIOS.self, OVMF.self]

    package static func model(for choice: FirmwareChoice) -> any FirmwareModel { timed(choice) }

    static func timed(_ choice: FirmwareChoice) -> any TimedFirmware {
        for type in all {
            if let model = type.init(choice) { return model }
        }
        return NoFirmware(choice)
    }
}

/// Stands in for a kind of which nobody says what it does: a guest does not get past it.
struct NoFirmware: TimedFirmware, FirmwareDecode {
    let choice: FirmwareChoice
    let sources: [String] = []

    init(_ choice: FirmwareChoice) { self.choice = choice }

    func boot(_ topology: GuestTopology, _ tree: PCITree) -> FirmwareOutcome {
        .halt("\(choice.kind.title) is not modelled", buses: tree.buses.count, functions: tree.functions.count)
    }

    func decode(_ tree: PCITree, _ outcome: FirmwareOutcome) -> any FirmwareDecode { self }
    func run(_ decode: inout FunctionDecode) {}
}
