import FoundationEssentials
import Glibc
import Subprocess

/// Starts QEMU with a monitor, and sees to it that nothing of it is left.
///
/// It is in a process group of its own, so that a ctrl-C reaches whoever rehearses and not the guest; where the task is cancelled,
/// it is killed. Where its parent dies, the kernel kills it (`PR_SET_PDEATHSIG`, which setpriv of util-linux asks for: what
/// Subprocess starts has a thread of its own as its parent that lives as long as the process).
struct GuestProcess: Sendable {
    var program: String
    var folder: PrivateFolder

    /// Runs the work beside QEMU, which ends with it.
    ///
    /// Errors: `GuestRun.Failure`; what the work throws.
    func run<Value: Sendable>(
        _ words: [String], _ work: (inout QMPSession, pid_t) async throws -> Value?
    ) async throws -> Value {
        guard Self.isInstalled(program) else {
            throw GuestRun.Failure.missing(file: program, package: "qemu-system-x86")
        }
        let socket = folder.file("qmp")
        var monitor = try QMPSession(at: socket)
        let all = Self.guarded([program]) + QMPSession.options(socket) + words
        // Sound cards look for a host's sound system, which would fill the log.
        let environment = Environment.inherit.updating(["QEMU_AUDIO_DRV": "none"])
        var platform = PlatformOptions()
        platform.processGroupID = 0
        let result = try await Subprocess.run(
            .name("env"), arguments: Arguments(all), environment: environment, platformOptions: platform,
            input: .none, output: .discarded, error: .string(limit: 4 << 20)
        ) { execution -> (hasStarted: Bool, value: Value?, isGivenUp: Bool) in
            let process = pid_t(execution.processIdentifier.value)
            // Whatever happens here, nobody stays behind; a process that ended is not reaped yet, so the number is its own.
            defer { kill(process, SIGKILL) }
            guard try await monitor.open(while: { Self.isRunning(process) }) else {
                return (false, nil, false)
            }
            do {
                let value = try await work(&monitor, process)
                await monitor.close()
                return (true, value, false)
            } catch is GivenUp {
                return (true, nil, true)
            } catch  where !Self.isRunning(process) {
                // Whatever failed, it failed because QEMU is gone, which has its own words for it.
                return (true, nil, false)
            }
        }
        if let value = result.closureResult.value { return value }
        if result.closureResult.isGivenUp {
            throw GuestRun.Failure.stoppedByKVM(GuestRun.wordsOfKVM(result.standardError))
        }
        throw failure(result.standardError, result.terminationStatus, hasStarted: result.closureResult.hasStarted)
    }

    /// QEMU has stopped the guest for good, as its monitor says; why, is in what it printed.
    struct GivenUp: Error {}

    /// Killed where its parent is.
    private static func guarded(_ words: [String]) -> [String] {
        isInstalled("setpriv") ? ["setpriv", "--pdeathsig", "KILL"] + words : words
    }

    static func isInstalled(_ program: String) -> Bool {
        if program.contains("/") { return access(program, X_OK) == 0 }
        guard let path = getenv("PATH") else { return false }
        return String(cString: path).split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    }

    /// Whether it has not ended. Leaves it to be reaped by whoever started it.
    private static func isRunning(_ process: pid_t) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == 0
    }

    /// QEMU's own last line: others may be a library's, and warnings stop nothing.
    private func failure(_ complaint: String, _ status: TerminationStatus, hasStarted: Bool) -> GuestRun.Failure {
        // While it builds the guest it refuses by an abort, too.
        let isKilled = if case .signaled(let signal) = status { signal != SIGABRT } else { false }
        let lines = complaint.split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.contains(": warning:") }
        let name = program.split(separator: "/").last.map(String.init) ?? program
        guard let message = lines.last(where: { $0.contains("\(name):") }) ?? lines.last else {
            return hasStarted || isKilled ? .crashed("no message, \(status)") : .refused("no message, \(status)")
        }
        if hasStarted || isKilled { return .crashed(message) }
        return message.contains("could not load PC BIOS")
            ? .missing(file: "bios-256k.bin", package: "seabios") : .refused(message)
    }
}
