package import BerthBoot
import BerthQEMU
package import BerthStack
package import BerthTopology
import FoundationEssentials
import Subprocess

/// Boots a guest in real QEMU until its firmware is done, and says what it did to the PCI tree.
///
/// Everything runs under TCG, so neither KVM nor an IGD is needed. Files live in a private folder that is
/// removed whatever happens; the process is killed at the time limit and when the task is cancelled.
package struct GuestRun: Sendable {
    /// Why there is nothing to compare with.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// A program or a firmware image is not installed.
        case missing(file: String, package: String)
        /// QEMU refused the arguments.
        case refused(String)
        /// QEMU started the guest and ended before the firmware was done: a defect of its own.
        case crashed(String)
        /// The firmware was still at work at the time limit.
        case notSettled(seconds: Int)

        package var description: String {
            switch self {
            case .missing(let file, let package):
                "'\(file)' is not installed; Debian has it in the package \(package)"
            case .refused(let message): "QEMU refuses these arguments: \(message)"
            case .crashed(let message): "QEMU ended while the firmware was at work: \(message)"
            case .notSettled(let seconds): "the firmware was not done after \(seconds) s"
            }
        }
    }

    package var program = "qemu-system-x86_64"
    package var timeLimit: Duration = .seconds(60)

    package init() {}

    /// Boots what the arguments describe. They come without firmware, display and monitor, which are added.
    package func observe(arguments: [String], firmware: FirmwareKind) async throws -> Observation {
        let images = ArgumentWriter.flash(firmware).flatMap(\.words)
        return try await boot(images + arguments, firmware)
    }

    /// Boots a guest with the stand-in for the IGD. Errors: also `EmissionRefusal`, for what no QEMU can make.
    package func observe(_ topology: GuestTopology) async throws -> Observation {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let topology = try topology.withWriterROM(in: folder)
        let options = try ArgumentWriter.write(asItIs: topology, assignment: .standIn)
        return try await boot(options.flatMap(\.words), topology.firmware.kind)
    }

    private func boot(_ arguments: [String], _ firmware: FirmwareKind) async throws -> Observation {
        try FirmwareImages.require(firmware)
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let signs = FirmwareSigns(firmware, folder: folder)
        return try await withThrowingTaskGroup(of: Observation.self) { group in
            group.addTask { try await start(arguments, signs) }
            group.addTask {
                // Behind the limit of the polling loop: this one is for a QEMU that no longer answers.
                try await Task.sleep(for: timeLimit + .seconds(5))
                throw Failure.notSettled(seconds: Int(timeLimit.components.seconds))
            }
            defer { group.cancelAll() }
            guard let observation = try await group.next() else {
                throw Failure.notSettled(seconds: Int(timeLimit.components.seconds))
            }
            return observation
        }
    }

    private func start(_ arguments: [String], _ signs: FirmwareSigns) async throws -> Observation {
        let fixed = ["-accel", "tcg", "-display", "none", "-no-user-config", "-nodefaults", "-qmp", "stdio"]
        // Sound cards look for a host's sound system, which would fill the log.
        let environment = Environment.inherit.updating(["QEMU_AUDIO_DRV": "none"])
        do {
            let result = try await run(
                .name(program), arguments: Arguments(fixed + signs.options + arguments), environment: environment,
                input: .inputWriter, output: .sequence, error: .string(limit: 4 << 20)
            ) { execution -> (hasStarted: Bool, observation: Observation?) in
                var monitor = QMPSession(
                    lines: execution.standardOutput.strings(bufferingPolicy: .maxLineLength(64 << 20)),
                    input: execution.standardInputWriter)
                guard try await monitor.open() else { return (false, nil) }
                let observation = try await watch(&monitor, signs)
                try await monitor.close()
                return (true, observation)
            }
            if let observation = result.closureResult.observation { return observation }
            throw failure(
                result.standardError, result.terminationStatus, hasStarted: result.closureResult.hasStarted)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw Failure.missing(file: program, package: "qemu-system-x86")
        }
    }

    /// Nil if QEMU ended by itself.
    private func watch(_ monitor: inout QMPSession, _ signs: FirmwareSigns) async throws -> Observation? {
        let clock = ContinuousClock()
        let start = clock.now
        var watcher = SettleWatcher(signs, from: start)
        while clock.now - start < timeLimit {
            try await Task.sleep(for: .milliseconds(100))
            switch watcher.look(at: clock.now) {
            case .halted(let message):
                var observation = Observation()
                observation.halted = message
                return observation
            case .working where signs.sign == .debugPort: continue
            case .working:
                guard let functions = try await monitor.functions() else { return nil }
                if watcher.isSettled(functions, at: clock.now) { return observation(functions, signs) }
            case .done:
                // The last lines of the log are on their way.
                try await Task.sleep(for: .milliseconds(300))
                guard let functions = try await monitor.functions() else { return nil }
                return observation(functions, signs)
            }
        }
        throw Failure.notSettled(seconds: Int(timeLimit.components.seconds))
    }

    private func observation(_ functions: [PCIFunctionReport], _ signs: FirmwareSigns) -> Observation {
        var observation = Observation()
        observation.functions = functions.compactMap(Observation.Function.init)
        observation.e820 = signs.memoryMap()
        return observation
    }

    /// QEMU's own last line: others may be a library's, and warnings stop nothing.
    private func failure(_ complaint: String, _ status: TerminationStatus, hasStarted: Bool) -> Failure {
        let lines = complaint.split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.contains(": warning:") }
        guard let message = lines.last(where: { $0.contains("\(program):") }) ?? lines.last else {
            return .crashed("no message, \(status)")
        }
        if hasStarted { return .crashed(message) }
        return message.contains("could not load PC BIOS")
            ? .missing(file: "bios-256k.bin", package: "seabios") : .refused(message)
    }
}
