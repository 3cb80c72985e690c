import BerthBoot
import BerthPCI
import BerthQEMU
import BerthStack
import BerthTopology
import Testing

/// A command line, started with a firmware.
struct BootedGuest {
    let tree: PCITree
    let outcome: FirmwareOutcome

    let topology: GuestTopology

    init(_ firmware: FirmwareKind, _ lines: String...) throws {
        let words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map(String.init)
        var (topology, _) = try CommandLineReader.read(["-nodefaults"] + words)
        topology.firmware = FirmwareChoice(firmware)
        self.topology = topology
        tree = try topology.resolved()
        outcome = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
    }

    subscript(name: String) -> FunctionOutcome? {
        tree.functions.firstIndex { $0.name == name }.map { outcome.functions[$0] }
    }

    func address(_ name: String, _ bar: Int) -> UInt64? { self[name]?.addresses[.bar(bar)] }

    /// Whether not one BAR of the guest has an address.
    var isUnassigned: Bool { outcome.functions.allSatisfy(\.addresses.isEmpty) }

    /// The names of all functions left without resources.
    var rejected: [String] {
        tree.functions.indices.filter { outcome.functions[$0].isRejected }.map { tree.functions[$0].name }
    }

    /// Bus numbers and windows of a bridge: `1-1 io 0x6000-0x6fff mem ... pref ...`.
    func bridge(_ name: String) -> String? {
        self[name]?.bridge.map {
            "\($0.secondary)-\($0.subordinate) io \($0.io) mem \($0.memory) pref \($0.prefetchable)"
        }
    }

    func check(_ expected: [ExpectedBAR], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        for bar in expected {
            #expect(address(bar.function, bar.bar) == bar.address, "\(bar)", sourceLocation: sourceLocation)
        }
    }
}

/// Where a BAR is expected.
struct ExpectedBAR: Sendable, CustomStringConvertible {
    var function: String
    var bar: Int
    var address: UInt64

    init(_ function: String, _ bar: Int, _ address: UInt64) {
        self.function = function
        self.bar = bar
        self.address = address
    }

    var description: String { "\(function) BAR \(bar)" }
}
