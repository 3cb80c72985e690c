import BerthBoot
import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthQEMU
package import BerthReport
package import BerthStack
package import BerthTopology
import BerthVFIOUser
import FoundationEssentials

/// Boots a planned guest in real QEMU, something standing in for its IGD, and compares it with its prediction.
package struct GuestRehearsal: Sendable {
    package var run = GuestRun()
    /// The kernel that is started; nil: the guest ends where its firmware does.
    package var linux: LinuxInstallation?
    /// Loaded when Linux is up.
    package var modules: [String] = []
    /// Of the QEMU that boots it. Where it takes no functions of a server's, a test device stands for the IGD.
    private let release: QEMURelease
    /// What is going on.
    package var progress: @Sendable (String) -> Void = { _ in }

    /// `release`: of the QEMU that boots it.
    package init(on release: QEMURelease) { self.release = release }

    /// Errors: `GuestRun.Failure`, where there is nothing to compare with; `EmissionRefusal`, for what no QEMU can make;
    /// `InputError`, for a guest that QEMU would refuse.
    package func report(on plan: GuestTopology, strategies: PerRegion<String>?) async throws -> RehearsalReport {
        let clock = ContinuousClock()
        let start = clock.now
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let host = try run.hostedProcessor()
        let stage = StagedGuest(plan, on: release, host: host)
        let guest = stage.guest
        if !release.takesUserDevices, let carrier = guest.devices.first(where: { $0.userSocket != nil }) {
            throw GuestRun.Failure.refused("'\(carrier.id)' is a \(UserDevice.model), which came with QEMU 10.1")
        }
        var prediction = try Self.prediction(of: guest, withLinux: linux != nil)
        prediction.reservations = run.accelerator.reservations
        let record: GuestRecord
        do {
            record = try await boot(stage, host, folder)
        } catch {
            try? keep(folder)
            throw error
        }
        let comparison = RehearsalRows(
            predicted: prediction, observed: record.observation, withLinux: linux != nil)
        try keep(folder)
        return RehearsalReport(
            guest: ReportedGuest(plan), strategies: strategies, releases: releases(plan, record), staged: parts(stage),
            planned: try Self.planned(plan, prediction, withLinux: linux != nil), rows: comparison.all(),
            accesses: stage.display.map { DisplayAccesses($0.log, modules: !modules.isEmpty) },
            driverMessages: record.driverMessages, duration: Self.seconds(clock.now - start),
            maps: comparison.maps(of: plan))
    }

    private static func seconds(_ duration: Duration) -> Double {
        (Double(duration.components.seconds) * 10 + Double(duration.components.attoseconds / 100_000_000_000_000_000))
            / 10
    }

    private static func prediction(
        of guest: GuestTopology, withLinux: Bool
    ) throws(InputError) -> RehearsalRows.Prediction {
        var guest = guest
        if !withLinux { guest.guest = .firmwareOnly }
        let tree = try guest.resolved()
        let boot = BootOutcome.run(guest, tree)
        return .init(
            observation: Observation(boot.guest, after: boot.firmware, tree: tree, topology: guest),
            outcome: boot.firmware, tree: tree, topology: guest)
    }

    /// What of the plan's own prediction is as in the guest that boots.
    private static func planned(
        _ plan: GuestTopology, _ staged: RehearsalRows.Prediction, withLinux: Bool
    ) throws(InputError) -> PlannedFacts {
        guard plan.igd != nil else { return PlannedFacts(same: 0, all: 0) }
        var own = try prediction(of: plan, withLinux: withLinux)
        own.reservations = staged.reservations
        let rows = RehearsalRows(predicted: own, observed: staged.observation, withLinux: withLinux).all()
        return PlannedFacts(same: rows.count { $0.agrees }, all: rows.count)
    }

    private func parts(_ stage: StagedGuest) -> [StagedPart] {
        let display = stage.plan.igd?.id
        return stage.parts
            + stage.guest.devices.filter { $0.userSocket != nil && $0.id != display }.map { .servedCarrier($0.id) }
    }

    private func releases(_ plan: GuestTopology, _ record: GuestRecord) -> [RehearsedRelease] {
        var releases = [RehearsedRelease(QEMURelease.product, predicted: "\(plan.qemu)", ran: record.qemu)]
        // Only a firmware with a log says what it is.
        if plan.firmware.kind.traits.log != nil {
            releases.append(
                RehearsedRelease(
                    plan.firmware.kind.title, predicted: "\(plan.firmware.version)", ran: record.firmware))
        }
        if linux != nil, case .linux(let release) = plan.guest {
            releases.append(RehearsedRelease(LinuxRelease.product, predicted: "\(release)", ran: linux?.version))
        }
        return releases
    }

    // MARK: The boot

    private func boot(
        _ stage: StagedGuest, _ host: HostedProcessor?, _ folder: PrivateFolder
    ) async throws -> GuestRecord {
        let guest = try stage.placed(in: folder)
        var task = GuestTask(guest.firmware.kind)
        task.linux = try linux?.image(modules: modules, in: folder)
        task.hasWriter = guest.registerWriterSlot != nil
        task.registers = try Self.registers(stage)
        task.opRegion = stage.opRegion
        task.progress = progress
        let relabelled = stage.relabelled
        if !relabelled.isEmpty {
            task.prepare = { monitor, process in
                for function in relabelled { try await function.apply(&monitor, process) }
            }
        }
        if let log = stage.display?.log { task.beforeModules = { log.mark() } }
        let words = try firmware(guest, folder) + Self.arguments(guest, host: host)
        let display = stage.plan.igd.flatMap { igd in stage.display.map { (igd.id, $0) } }
        let served = try ServedFunctions(of: guest, display: display)
        defer { served.stop() }
        return try await run.boot(words, task, in: folder)
    }

    /// Without the firmware, which may be another than the distribution's; under KVM with the processor of the host.
    package static func arguments(_ guest: GuestTopology, host: HostedProcessor?) throws(EmissionRefusal) -> [String] {
        let words = try ArgumentWriter.write(asItIs: guest).filter { option in
            option.value?.contains("if=pflash") != true && option.name != "nodefaults"
                && !(option.name == "cpu" && host != nil)
        }.flatMap(\.words)
        return words + (host.map { ["-cpu", $0.model(guest.processor)] } ?? [])
    }

    private func firmware(_ guest: GuestTopology, _ folder: PrivateFolder) throws -> [String] {
        let kind = guest.firmware.kind
        guard let file = run.firmwareFile else {
            try FirmwareImages.require(kind)
            return ArgumentWriter.flash(kind).flatMap(\.words)
        }
        let manager = FileManager.default
        guard manager.isReadableFile(atPath: file) else {
            throw GuestRun.Failure.missing(file: file, package: kind.traits.flash?.package ?? "seabios")
        }
        // A copy, because a QEMU in another root sees nothing else.
        try manager.copyItem(atPath: file, toPath: folder.file("firmware"))
        guard kind.traits.flash != nil else { return ["-bios", folder.file("firmware")] }
        let variables = file.replacing("CODE", with: "VARS")
        guard variables != file, manager.isReadableFile(atPath: variables) else {
            return ["-drive", "if=pflash,format=raw,readonly=on,file=\(folder.escaped("firmware"))"]
        }
        try manager.copyItem(atPath: variables, toPath: folder.file("variables"))
        return [
            "-drive", "if=pflash,format=raw,readonly=on,file=\(folder.escaped("firmware"))",
            "-drive", "if=pflash,format=raw,snapshot=on,file=\(folder.escaped("variables"))",
        ]
    }

    /// Of a display on bus 0: GGC, BDSM and ASLS.
    private static func registers(_ stage: StagedGuest) throws -> [GuestTask.Register] {
        guard let igd = stage.plan.igd, igd.slot.bus == stage.plan.rootBus else { return [] }
        var offsets: [(Int, String)] = [(0x50, "GGC")]
        if let bdsm = igd.platform?.bdsm {
            offsets.append((bdsm.offset, "BDSM"))
            if bdsm.width == .bits64 { offsets.append((bdsm.offset + 4, "BDSM, upper half")) }
        }
        offsets.append((0xfc, "ASLS"))
        return offsets.map { .init(bus: 0, devfn: igd.slot.devfn, offset: $0.0, name: $0.1) }
    }

    // MARK: What is kept

    /// Logs and the command line, where somebody wants them.
    private func keep(_ folder: PrivateFolder) throws {
        guard let keep = run.keep else { return }
        let manager = FileManager.default
        try manager.createDirectory(atPath: keep, withIntermediateDirectories: true)
        for name in ["serial", "debug", "trace", "command"] where manager.fileExists(atPath: folder.file(name)) {
            let target = "\(keep)/\(name)"
            if manager.fileExists(atPath: target) { try manager.removeItem(atPath: target) }
            try manager.copyItem(atPath: folder.file(name), toPath: target)
        }
    }
}

extension DisplayAccesses {
    /// Configuration space first, then registers behind BAR 0, each with the number of times it came in a row.
    init(_ log: AccessLog, modules: Bool) {
        let all = modules ? log.sinceMark : log.all
        var lines: [String] = []
        var last: (text: String, count: Int)?
        func flush() {
            guard let last else { return }
            lines.append(last.count == 1 ? last.text : "\(last.text) (\(last.count) times)")
        }
        for access in all {
            let region = access.region == .configuration ? "config" : access.region == .bar0 ? "BAR 0" : "BAR 4"
            let value = Hexadecimal.string(access.value)
            let text = "\(region) \(Hexadecimal.string(access.offset)) \(access.isWrite ? "<-" : "=") \(value)"
            if let known = last, known.text == text {
                last = (text, known.count + 1)
            } else {
                flush()
                last = (text, 1)
            }
        }
        flush()
        self.init(lines: lines, reads: all.count { !$0.isWrite }, writes: all.count { $0.isWrite })
    }
}
