import ArgumentParser
import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtEditing
import BerthPlacement
import BerthQEMU
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import FoundationEssentials

/// `berth plan`
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "The best berth for both regions, why, and what was rejected.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, libvirt, qemu, proxmox, markdown, svg, html, map
    }

    @OptionGroup var options: GuestOptions

    @Option(
        help: ArgumentHelp(
            "Only this strategy; for one region: stolen-memory=NAME or opregion=NAME.", valueName: "name"))
    var strategy: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where a region has to be: stolen-memory=ADDRESS, opregion=00:1f.0 and the like.", valueName: "pin"))
    var pin: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep what this file says, or say what would change in the guest; without the file, write it.",
            valueName: "file"))
    var lock: String?

    @Option(
        help:
            "text, json, libvirt (domain XML), qemu (arguments), proxmox (lines of a VM's file), markdown, svg, html or map (addresses as text)."
    )
    var format: Format = .text

    @Flag(help: "In text: every candidate, why it was rejected, and what would help it.")
    var all = false

    func run() throws {
        try Output.reporting {
            let kept = try kept()
            let guest = try options.guest(kept: kept?.lock.guest.stack.flatMap(Stack.named))
            Output.warn(of: guest.topology)
            if let shared = guest.topology.sharedGraphics {
                let text = try render(SharedGraphicsDocument(shared, of: guest.topology))
                return try Output.write(text, to: options.output)
            }
            if format == .proxmox {
                let lines = try ProxmoxOutput.lines(guest, options.replacements, try restriction(guest.topology))
                return try Output.write(lines.map { $0 + "\n" }.joined(), to: options.output)
            }
            if let kept { return try keep(kept, guest) }
            let result = try plan(guest, try restriction(guest.topology))
            let text = try render(result)
            try Output.write(text, to: options.output)
            if let rom = try writerROM(result) { try WriterROMOutput.write(rom, beside: options.output) }
            guard let plan = result.plan else { throw ExitStatus.no }
            if let lock { try Output.write(try JSONText.encode(PlanLock(plan)), to: lock) }
        }
    }

    private func plan(_ guest: GivenGuest, _ restriction: Planner.Restriction) throws -> Planning {
        try guest.expectingIGD { topology in
            let room = try guest.room(options.replacements)
            if Region.allCases.contains(where: { restriction.pins[$0] != nil }),
                let request = Request(makingRoomIn: topology)
            {
                try Planner().check(restriction.pins, request)
            }
            return try Services.plan(topology, restriction: restriction, room: room)
        }
    }

    private struct Kept {
        var file: String
        var content: [UInt8]
        var lock: PlanLock
    }

    /// The lock that is there; its stack counts where neither options nor input name one.
    private func kept() throws(InputError) -> Kept? {
        guard let file = lock, FileManager.default.fileExists(atPath: file) else { return nil }
        guard strategy.isEmpty, pin.isEmpty else {
            throw InputError(
                "--lock: \(file) is there and fixes strategies and places; give neither --strategy nor --pin, or remove it",
                rule: "usage", kind: .usage)
        }
        let content = try Input.bytes(file)
        return Kept(file: file, content: content, lock: try PlanLock.read(content, file: file))
    }

    private func keep(_ kept: Kept, _ guest: GivenGuest) throws {
        let (lock, file) = (kept.lock, kept.file)
        try lock.check(guest.topology, kept.content, file: file)
        let result = try plan(guest, lock.restriction)
        let changes = lock.changes(to: result.plan.map(PlanLock.init))
        guard changes.contains(where: \.isGuestVisible) else {
            return try Output.write(try render(result), to: options.output)
        }
        let report = LockReport(lock, changes, file: file)
        try Output.write(
            format == .json ? try JSONText.encode(LockDocument(report)) : LockText.render(report), to: options.output)
        throw ExitStatus.no
    }

    private func render(_ result: Planning) throws -> String {
        switch format {
        case .text: PlanText.render(try report(result, all ? .all : .brief))
        case .json: try JSONText.encode(PlanDocument(try report(result, .all)))
        case .markdown: PlanMarkdown.render(try report(result, .all))
        case .svg: PlanSheet.render(try picture(result))
        case .html: PlanPage.render(try picture(result))
        case .map: MapText.render(try picture(result))
        case .libvirt: try DomainWriter.write(try emittable(result))
        case .qemu, .proxmox: ArgumentWriter.text(try ArgumentWriter.write(try emittable(result)))
        }
    }

    /// With the path of the option ROM that it needs.
    private func emittable(_ result: Planning) throws -> EmittablePlan {
        let plan = try result.outcome.emittable()
        return try writerROM(result).map { plan.withWriterROM(at: $0.path) } ?? plan
    }

    /// The option ROM that goes with a format that is a guest; nil where there is none.
    private func writerROM(_ result: Planning) throws -> WriterROMFile? {
        guard format == .libvirt || format == .qemu else { return nil }
        let folder = try options.output.map(WriterROMOutput.folder) ?? WriterROMFile.usualFolder
        return try WriterROMFile(try result.outcome.emittable(), in: folder)
    }

    private func report(_ result: Planning, _ detail: PlanReport.Detail) throws -> PlanReport {
        // It lists what else is possible.
        if detail == .all { try Services.auditOptions(of: result) }
        return PlanReport(result, detail: detail, host: try options.replacements.inventory())
    }

    private func picture(_ result: Planning) throws -> PlanPicture {
        let guest = result.plan?.topology ?? result.request.topology
        return PlanPicture(result, try report(result, .all), try? Services.boot(guest))
    }

    /// Errors: a format that is a guest, of which there is no other than the one given.
    private func render(_ answer: SharedGraphicsDocument) throws -> String {
        switch format {
        case .text, .markdown, .svg, .html, .map: answer.text
        case .json: try JSONText.encode(answer)
        case .libvirt, .qemu, .proxmox:
            throw EmissionRefusal(SharedGraphics.rule, "\(answer.reason); the guest stays as it is")
        }
    }

    private func restriction(_ topology: GuestTopology) throws(InputError) -> Planner.Restriction {
        var restriction = try StrategyNames.restriction(strategy, source: "--strategy")
        for text in pin {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let region = Region(rawValue: parts[0]) else {
                throw InputError(
                    "--pin: '\(text)' names no region; expected stolen-memory=PLACE or opregion=PLACE", rule: "usage",
                    kind: .usage)
            }
            guard let place = Pin(parts[1], rootBus: topology.rootBus) else {
                throw InputError(
                    "--pin: '\(parts[1])' is no place; expected an address such as 0x7af00000, or a function such as 00:1f.0",
                    rule: "usage", kind: .usage)
            }
            restriction.pins[region] = place
        }
        return restriction
    }
}
