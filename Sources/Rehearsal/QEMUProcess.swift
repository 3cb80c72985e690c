import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
package import BerthQEMU
package import BerthTopology

/// Starts real QEMU, stopped before the first instruction, and asks it what it has built.
package enum QEMUProcess {
    /// Why QEMU did not answer.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The program is not installed.
        case missing(program: String, package: String)
        /// It refused the arguments, with its last line.
        case refused(String)
        case noAnswer

        fileprivate init(_ failure: GuestRun.Failure) {
            switch failure {
            case .missing(let file, let package): self = .missing(program: file, package: package)
            case .refused(let message), .crashed(let message), .folder(let message): self = .refused(message)
            case .noKVM, .stoppedByKVM: self = .refused(failure.description)
            case .notSettled: self = .noAnswer
            }
        }

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
        let fixed = ["-accel", "tcg", "-display", "none", "-no-user-config", "-S"]
        let numbers = try busNumbers(topology)
        let folder = try PrivateFolder()
        defer { folder.remove() }
        do {
            return try await GuestProcess(program: program, folder: folder).run(fixed + words) { monitor, _ in
                for (bridge, value) in numbers { try await monitor.write(bridge.bus, bridge.devfn, at: 0x18, value) }
                return try await monitor.functions()
            }
        } catch let error as GuestRun.Failure {
            throw Failure(error)
        }
    }

    /// Writes of primary, secondary and subordinate number through the I/O ports, parents first.
    private static func busNumbers(_ topology: GuestTopology) throws -> [(bridge: PCIAddress, value: UInt32)] {
        let tree = try topology.resolved()
        let outcome = FirmwareModels.model(for: FirmwareChoice(.standard, of: topology.stack)).boot(topology, tree)
        return tree.functions.indices.compactMap { index -> (bridge: PCIAddress, value: UInt32)? in
            guard let bridge = outcome.functions[index].bridge, let bus = outcome.busNumbers[tree.functions[index].bus]
            else { return nil }
            let value = UInt32(bus) | UInt32(bridge.secondary) << 8 | UInt32(bridge.subordinate) << 16
            return (PCIAddress(bus: bus, devfn: tree.functions[index].devfn), value)
        }.sorted { $0.bridge.bus < $1.bridge.bus }
    }
}
