import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthTopology

/// What an operating system does to the PCI tree that the firmware left.
package protocol GuestOSModel: Sendable {
    /// One line for lists.
    var summary: String { get }
    var guest: GuestOS { get }
    var evidence: Evidence { get }
    /// What its predictions rest on, one source a line.
    var sources: [String] { get }
    /// Enumerates, claims, places, binds what is built in; then `actions` happen to it, in order. What is plugged in
    /// later is part of `tree`, and not of what `firmware` found.
    func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome
    /// The same without actions; the timeline is that of the watched functions.
    func run(_ handOver: HandOver) -> GuestOutcome
}

extension GuestOSModel {
    package func run(_ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome) -> GuestOutcome {
        run(topology, tree, after: firmware, then: [])
    }
}

/// How well a model is founded.
package enum Evidence: Hashable, Sendable, CustomStringConvertible {
    /// Held against recorded runs.
    case measured
    /// From documents and reports.
    case notMeasured

    package var description: String { self == .measured ? "measured" : "not measured" }
}

/// All guest OS models, by name. A test holds it against the folder.
package enum GuestOSModels {
    package static let all: [any GuestOSModel] = [
        FirmwareOnly(), LinuxBefore614(), LinuxFrom614(), Windows(),
    ]

    package static func model(for guest: GuestOS) -> any GuestOSModel {
        switch guest {
        case .firmwareOnly: FirmwareOnly()
        case .linux(let version):
            version.batchesSizing ? LinuxFrom614(version) : LinuxBefore614(version)
        case .windows(let version): Windows(version)
        }
    }
}
