import ArgumentParser
import BerthDiagnostics
import BerthInstalled
import BerthPlacement
import BerthQEMU
import BerthRehearsal
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import Glibc

/// `berth rehearse`
struct RehearseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract:
            "Boots the planned guest in real QEMU, something standing in for the IGD, and compares with the prediction.",
        discussion: """
            The plan is that of 'berth plan' for the same input and options. Without --accelerator kvm everything runs under TCG: no IGD, no VFIO, no \
            KVM and no root are needed. The firmware runs until it is done; with --guest linux a kernel runs, too, and what it does to decode, to \
            its memory map and to /proc/iomem is compared. docs/rehearsal.md says what is real and what is staged.

            Exit status: 0 as predicted; 1 something is not, or there is no plan; 69 a program, an image or a kernel is not \
            installed, or KVM cannot run the guest.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit, svg, html }

    @OptionGroup var options: GuestOptions

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Flag(help: "The guest as it is, without planning; a guest without an IGD is always taken so.")
    var asItIs = false

    @Option(help: ArgumentHelp("The QEMU that is started: a name in PATH, or a path.", valueName: "path"))
    var qemu: String = "qemu-system-x86_64"

    @Option(help: "What executes the guest, as QEMU's -accel: tcg or kvm. Under kvm it has this machine's processor.")
    var accelerator: Accelerator = .tcg

    @Option(
        help: ArgumentHelp(
            "The image of the firmware, in place of the installed one; variables of OVMF are looked for beside it.",
            valueName: "file"))
    var firmwareFile: String?

    @Option(
        help: ArgumentHelp(
            "The kernel of --guest linux, which it implies; else the newest in /boot. Modules are looked for in ../lib/modules.",
            valueName: "file"))
    var kernel: String?

    @Option(
        help: ArgumentHelp(
            "Modules that the guest loads when Linux is up, such as i915; commas between them.", valueName: "names"))
    var modules: String?

    @Option(
        help: ArgumentHelp(
            "In place of the prediction: the facts of an earlier rehearsal, of another QEMU say, as --format json wrote them.",
            valueName: "file"))
    var expect: String?

    @Option(help: ArgumentHelp("Keep logs and the command line in this folder.", valueName: "folder"))
    var keep: String?

    @Option(help: ArgumentHelp("How long the guest may take, in seconds.", valueName: "seconds"))
    var timeLimit: Int?

    @Option(help: "text, json, junit, svg or html.")
    var format: Format = .text

    @Flag(help: "In text: every fact, not only those that differ.")
    var all = false

    func validate() throws {
        guard timeLimit ?? 1 > 0 else { throw ValidationError("--time-limit is a number of seconds from 1 on") }
    }

    func run() throws {
        try Output.reporting {
            do {
                try rehearse()
            } catch let error as GuestRun.Failure {
                Output.complain("error: \(error) [rehearsal]")
                throw error.status
            } catch is Waiting.Interrupted {
                throw ExitCode(130)
            }
        }
    }

    private func rehearse() throws {
        let expected = try expect.map { try ExpectedFacts(try Input.bytes($0), file: $0) }
        let release = try askedRelease()
        var options = options
        let linux = try installation(&options, release)
        let guest = try options.guest(kept: stack(release), addingIGD: !asItIs, isRuling: true)
        Output.warn(of: guest.topology)
        let (topology, strategies) = try planned(guest, options)
        var rehearsal = GuestRehearsal(on: release ?? topology.qemu)
        rehearsal.run.program = qemu
        rehearsal.run.accelerator = accelerator
        rehearsal.run.firmwareFile = firmwareFile
        rehearsal.run.keep = keep
        rehearsal.run.timeLimit = .seconds(timeLimit ?? (linux == nil ? 120 : 900))
        rehearsal.linux = linux
        rehearsal.modules = modules?.split(separator: ",").map(String.init) ?? []
        let line = ProgressLine()
        rehearsal.progress = { line.show($0) }
        let prepared = rehearsal
        defer { line.clear() }
        var report = try Waiting.result { try await prepared.report(on: topology, strategies: strategies) }
        line.clear()
        if let expected { report.rows = expected.beside(report.rows) }
        for release in report.releases where !release.agrees {
            Output.complain(
                "note: \(release.product) \(release.ran ?? "") runs, and the prediction is for \(release.predicted) [stack]"
            )
        }
        try Output.write(try render(report), to: options.output)
        if !report.agrees { throw ExitStatus.no }
    }

    /// What the QEMU says it is; nil where it does not say.
    ///
    /// Errors: it is not there (`GuestRun.Failure`).
    private func askedRelease() throws -> QEMURelease? {
        guard GuestRun.isInstalled(qemu) else { throw GuestRun.Failure.missing(file: qemu, package: "qemu-system-x86") }
        let program = qemu
        let text = Waiting.value(of: { await ThisMachine(patience: .seconds(30)).output(of: program, ["--version"]) })
        return (text ?? nil).flatMap(ProgramAnswers.qemu)
    }

    /// Of a QEMU that somebody names: the nearest stack to it. Else the machine's own, as everywhere.
    private func stack(_ release: QEMURelease?) -> Stack? {
        guard options.replacements.releases.stack == nil, qemu != "qemu-system-x86_64", let release else { return nil }
        let known = release.isKnown ? release : QEMURelease.known.last { $0 < release } ?? release
        return Stack.nearest(to: known, machines: .upstream)
    }

    /// The kernel to start; nil where the guest ends with its firmware.
    private func installation(_ options: inout GuestOptions, _ release: QEMURelease?) throws -> LinuxInstallation? {
        let guest = options.replacements.guest
        guard kernel != nil || modules != nil || guest == "linux" || guest?.hasPrefix("linux-") == true else {
            return nil
        }
        let linux = try LinuxInstallation(kernel: kernel)
        if guest == nil || guest == "linux" {
            options.replacements.guest = linux.release.map { "linux-\($0)" }
        }
        return linux
    }

    private func planned(
        _ guest: GivenGuest, _ options: GuestOptions
    ) throws -> (topology: GuestTopology, strategies: PerRegion<String>?) {
        let restriction = try StrategyNames.restriction(strategy, source: "--strategy")
        guard !asItIs, guest.topology.igd != nil else { return (guest.topology, nil) }
        let result = try guest.expectingIGD { topology in
            try Services.plan(topology, restriction: restriction, room: try guest.room(options.replacements))
        }
        let names = PerRegion { region in result.plan?.berth(of: region)?.strategy.rawValue ?? "-" }
        return (try result.outcome.emittable().topology, names)
    }

    private func render(_ report: RehearsalReport) throws -> String {
        switch format {
        case .text: RehearsalText.render(report, all: all)
        case .json: try JSONText.encode(RehearsalDocument(report))
        case .junit: RehearsalJUnit.render(report)
        case .svg: RehearsalSheet.render(report)
        case .html: RehearsalPage.render(report)
        }
    }
}

extension Accelerator: ExpressibleByArgument {}

extension GuestRun.Failure {
    fileprivate var status: ExitCode {
        switch self {
        case .missing, .noKVM, .stoppedByKVM: ExitStatus.unavailable
        case .refused, .crashed, .notSettled: ExitStatus.no
        case .folder: ExitStatus.notWritable
        }
    }
}
