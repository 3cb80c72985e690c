public import Berth
import BerthBoot
public import BerthDiagnostics
import BerthTopology

/// Boots a guest in real QEMU, with a stand-in for the IGD, and holds it against its prediction.
///
/// QEMU runs under TCG, so neither KVM nor an IGD is needed; its files live in a private folder that is removed whatever
/// happens, and the process is killed at the time limit and when the task is cancelled.
public struct Rehearsal: Sendable {
    /// The QEMU that is started: a path, or a name that is looked up in `PATH`.
    public var program: String
    /// How long the firmware may take; OVMF needs some ten seconds, SeaBIOS one.
    public var timeLimit: Duration

    /// A rehearsal with the installed QEMU, and a minute for the firmware.
    public init(program: String = "qemu-system-x86_64", timeLimit: Duration = .seconds(60)) {
        self.program = program
        self.timeLimit = timeLimit
    }

    /// Boots the guest until its firmware is done, and compares what it finds with what was predicted: functions, bus numbers,
    /// BARs, windows and memory map.
    ///
    /// Errors: `RehearsalError`, where there is nothing to compare with.
    public func run(_ guest: Guest) async throws(RehearsalError) -> RehearsalResult {
        var run = GuestRun()
        run.program = program
        run.timeLimit = timeLimit
        do {
            let observed = try await run.observe(guest.topology)
            let difference = try RecordedComparison.firstDifference(of: guest.topology, from: observed)
            return RehearsalResult(halted: observed.halted, firstDifference: difference)
        } catch let error as GuestRun.Failure {
            throw .failed(error)
        } catch let error as EmissionRefusal {
            throw .notEmittable(error.message)
        } catch let error as InputError {
            throw .unusable(error)
        } catch {
            throw .noQEMU("\(error)")
        }
    }
}

/// What came of a rehearsal.
public struct RehearsalResult: Hashable, Sendable {
    /// The message with which the real firmware stopped for good; nil if it did not.
    public let halted: String?
    /// The first thing that is otherwise than predicted, in a sentence; nil if everything is as predicted.
    public let firstDifference: String?
}

/// Why a rehearsal came to nothing.
public enum RehearsalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// QEMU would refuse to start the guest.
    case unusable(InputError)
    /// No released QEMU can be told to build the guest; why, lower case.
    case notEmittable(String)
    /// A program or a firmware image is not installed; Debian has it in the package.
    case missing(file: String, package: String)
    /// QEMU refused the arguments, with its last line.
    case refused(String)
    /// QEMU started the guest and ended before the firmware was done, with its last line.
    case crashed(String)
    /// The firmware was still at work at the time limit.
    case notSettled(seconds: Int)
    /// QEMU could not be run or spoken to, for a reason of the machine's.
    case noQEMU(String)

    static func failed(_ failure: GuestRun.Failure) -> RehearsalError {
        switch failure {
        case .missing(let file, let package): .missing(file: file, package: package)
        case .refused(let message): .refused(message)
        case .crashed(let message): .crashed(message)
        case .notSettled(let seconds): .notSettled(seconds: seconds)
        case .noKVM, .stoppedByKVM, .folder: .noQEMU(failure.description)
        }
    }

    /// One sentence, lower case.
    public var description: String {
        switch self {
        case .unusable(let error): error.description
        case .notEmittable(let reason): reason
        case .missing(let file, let package): "'\(file)' is not installed; Debian has it in the package \(package)"
        case .refused(let message): "QEMU refuses these arguments: \(message)"
        case .crashed(let message): "QEMU ended while the firmware was at work: \(message)"
        case .notSettled(let seconds): "the firmware was not done after \(seconds) s"
        case .noQEMU(let reason): "QEMU could not be run: \(reason)"
        }
    }
}
