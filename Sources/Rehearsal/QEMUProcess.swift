import BerthBoot
import BerthDiagnostics
import BerthPCI
package import BerthQEMU
package import BerthTopology
import FoundationEssentials
import Subprocess

/// Starts real QEMU, stopped before the first instruction, and asks it what it has built.
package enum QEMUProcess {
    /// Why QEMU did not answer.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The program is not installed.
        case missing(program: String, package: String)
        /// It refused the arguments, with its last line.
        case refused(String)
        case noAnswer

        package var description: String {
            switch self {
            case .missing(let program, let package):
                "'\(program)' is not installed; Debian has it in the package \(package)"
            case .refused(let message): "QEMU refuses these arguments: \(message)"
            case .noAnswer: "QEMU did not answer over QMP"
            }
        }
    }

    /// The PCI functions of a guest as QMP `query-pci` shows them before any firmware ran.
    ///
    /// Functions behind a bridge are listed only once it has bus numbers, so the bridges get those that
    /// SeaBIOS would give; nothing else is touched.
    package static func functionsBeforeFirmware(
        _ topology: GuestTopology, options: [QEMUOption], program: String = "qemu-system-x86_64"
    ) async throws -> [PCIFunctionReport] {
        try await functionsBeforeFirmware(topology, words: options.flatMap(\.words), program: program)
    }

    /// The same for arguments that somebody else wrote; `topology` is what they were read as.
    package static func functionsBeforeFirmware(
        _ topology: GuestTopology, words: [String], program: String = "qemu-system-x86_64"
    ) async throws -> [PCIFunctionReport] {
        let fixed = ["-accel", "tcg", "-display", "none", "-no-user-config", "-S", "-qmp", "stdio"]
        let commands =
            command("qmp_capabilities") + (try busNumbers(topology)).joined() + command("query-pci") + command("quit")
        let answers: [Substring]
        let complaint: String?
        do {
            let result = try await run(
                .name(program), arguments: Arguments(fixed + words), input: .string(commands),
                output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
            answers = result.standardOutput.split(whereSeparator: \.isNewline)
            complaint = result.standardError.split(whereSeparator: \.isNewline).last.map(String.init)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw Failure.missing(program: program, package: "qemu-system-x86")
        }
        for line in answers {
            if let reply = try? JSONDecoder().decode(QueryPCIReply.self, from: Data(line.utf8)) {
                return reply.functions
            }
        }
        throw complaint.map(Failure.refused) ?? Failure.noAnswer
    }

    private static func command(_ name: String) -> String { "{\"execute\": \"\(name)\"}\n" }

    /// Writes of primary, secondary and subordinate number through the I/O ports, parents first.
    private static func busNumbers(_ topology: GuestTopology) throws -> [String] {
        let tree = try topology.resolved()
        let outcome = SeaBIOS().boot(topology, tree)
        return tree.functions.indices.compactMap { index -> (bus: UInt8, write: String)? in
            guard let bridge = outcome.functions[index].bridge, let bus = outcome.busNumbers[tree.functions[index].bus]
            else { return nil }
            let address = PCIAddress(bus: bus, devfn: tree.functions[index].devfn)
            let select = 0x8000_0018 | UInt32(address.routingID) << 8
            let value = UInt32(bus) | UInt32(bridge.secondary) << 8 | UInt32(bridge.subordinate) << 16
            return (
                bus,
                monitor("o /w 0xcf8 \(Hexadecimal.string(select))") + monitor("o /w 0xcfc \(Hexadecimal.string(value))")
            )
        }.sorted { $0.bus < $1.bus }.map(\.write)
    }

    private static func monitor(_ line: String) -> String {
        "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"\(line)\"}}\n"
    }
}
