package import BerthBoot
import BerthQEMU
package import BerthStack
package import BerthTopology
import FoundationEssentials
import Glibc

/// Boots a guest in real QEMU until its firmware is done, or its Linux, and says what it did to the PCI tree.
///
/// Under TCG, unless told otherwise, so that neither KVM nor an IGD is needed. Files live in a private folder that is
/// removed whatever happens; the process is killed at the time limit, when the task is cancelled, and when this process dies.
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
        /// KVM is not there, or nothing that this process may use; why.
        case noKVM(String)
        /// KVM of this machine gave the guest up; its own words.
        case stoppedByKVM(String)
        /// Files and sockets of a guest have no place.
        case folder(String)

        package var description: String {
            switch self {
            case .missing(let file, let package):
                "'\(file)' is not installed; Debian has it in the package \(package)"
            case .refused(let message): "QEMU refuses these arguments: \(message)"
            case .crashed(let message): "QEMU ended while the guest was at work: \(message)"
            case .notSettled(let seconds): "the guest was not done after \(seconds) s"
            case .noKVM(let reason): "KVM cannot be used: \(reason); --accelerator tcg needs none"
            case .stoppedByKVM(let words):
                "KVM of this machine cannot run the guest: \(words); --accelerator tcg needs no KVM"
            case .folder(let message): message
            }
        }
    }

    package var program = "qemu-system-x86_64"
    package var accelerator = Accelerator.tcg
    package var timeLimit: Duration = .seconds(60)
    /// The image of the firmware, in place of what the distribution has.
    package var firmwareFile: String?
    /// Where logs and the command line are kept; nil: nowhere.
    package var keep: String?

    package init() {}

    /// Whether there is such a program: a path, or a name in `PATH`.
    package static func isInstalled(_ program: String) -> Bool { GuestProcess.isInstalled(program) }

    /// The processor that a guest has under KVM; nil under TCG. Errors: KVM cannot be used.
    func hostedProcessor() throws(Failure) -> HostedProcessor? {
        guard accelerator == .kvm else { return nil }
        if let obstacle = accelerator.obstacle { throw .noKVM(obstacle) }
        guard let host = HostedProcessor.ofThisMachine() else {
            throw .noKVM("/proc/cpuinfo does not say how wide physical addresses are")
        }
        return host
    }

    /// Boots what the arguments describe. They come without firmware, display and monitor, which are added.
    package func observe(arguments: [String], firmware: FirmwareKind) async throws -> Observation {
        try FirmwareImages.require(firmware)
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let images = ArgumentWriter.flash(firmware).flatMap(\.words)
        return try await boot(images + arguments, GuestTask(firmware), in: folder).observation
    }

    /// Boots a guest with the stand-in for the IGD. Errors: also `EmissionRefusal`, for what no QEMU can make.
    package func observe(_ topology: GuestTopology) async throws -> Observation {
        try FirmwareImages.require(topology.firmware.kind)
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let topology = try topology.withWriterROM(in: folder)
        let options = try ArgumentWriter.write(asItIs: topology, assignment: .standIn)
        return try await boot(options.flatMap(\.words), GuestTask(topology.firmware.kind), in: folder).observation
    }

    /// What boots behind the firmware. OVMF pauses long enough where nothing does.
    private func system(_ task: GuestTask, _ signs: FirmwareSigns, in folder: PrivateFolder) throws -> [String] {
        if let linux = task.linux { return linux.options }
        guard signs.words != nil else { return [] }
        try folder.write(HaltedSystem.image, to: "system")
        return ["-kernel", folder.file("system")]
    }

    /// Boots with all that the task asks for; the folder stays.
    func boot(_ arguments: [String], _ task: GuestTask, in folder: PrivateFolder) async throws -> GuestRecord {
        let signs = FirmwareSigns(task.firmware, folder: folder, mappings: task.linux != nil)
        if let obstacle = accelerator.obstacle { throw Failure.noKVM(obstacle) }
        let words =
            ["-accel", accelerator.rawValue, "-display", "none", "-no-user-config", "-nodefaults"] + signs.options
            + (try system(task, signs, in: folder)) + (task.prepare == nil ? [] : ["-S"]) + arguments
        try folder.write(Array(command(words).utf8), to: "command")
        return try await withThrowingTaskGroup(of: GuestRecord.self) { group in
            group.addTask {
                try await GuestProcess(program: program, folder: folder).run(words) { monitor, process in
                    try await task.prepare?(&monitor, process)
                    if task.prepare != nil { _ = try await monitor.execute("cont") }
                    return try await GuestWatch(task: task, signs: signs, timeLimit: timeLimit).watch(&monitor)
                }
            }
            group.addTask {
                // Behind the limit of the polling loop: this one is for a QEMU that no longer answers.
                try await Task.sleep(for: timeLimit + .seconds(5))
                throw Failure.notSettled(seconds: Int(timeLimit.components.seconds))
            }
            defer { group.cancelAll() }
            guard let record = try await group.next() else {
                throw Failure.notSettled(seconds: Int(timeLimit.components.seconds))
            }
            return record
        }
    }
}

extension GuestRun {
    /// As a shell reads it.
    private func command(_ words: [String]) -> String {
        ([program] + words).map(ShellQuoting.quote).joined(separator: " ") + "\n"
    }
}

/// What a guest is booted for.
struct GuestTask: Sendable {
    struct Register: Sendable {
        var bus: UInt8
        var devfn: UInt8
        var offset: Int
        var name: String
    }

    var firmware: FirmwareKind
    /// Nil: until the firmware is done.
    var linux: LinuxImage?
    /// Done before the first instruction.
    var prepare: (@Sendable (inout QMPSession, pid_t) async throws -> Void)?
    /// Read at the end.
    var registers: [Register] = []
    /// What is compared with the memory that a register points at.
    var opRegion: [UInt8]?
    /// The debug console has words of a register writer, which is done when it says so.
    var hasWriter = false
    /// Done when Linux is up, before its modules are loaded.
    var beforeModules: @Sendable () -> Void = {}
    /// What is going on, for somebody who waits.
    var progress: @Sendable (String) -> Void = { _ in }

    init(_ firmware: FirmwareKind) { self.firmware = firmware }
}

/// What came of it.
struct GuestRecord: Sendable {
    var observation = Observation()
    /// Of QEMU, as it says itself: `7.2.22`.
    var qemu: String?
    /// Of a firmware with a log, as that says: `1.16.2-debian-1.16.2-1`.
    var firmware: String?
    /// What Linux's messages say of a display's driver.
    var driverMessages: [String] = []
}
