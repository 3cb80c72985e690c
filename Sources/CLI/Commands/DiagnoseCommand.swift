import ArgumentParser
import BerthDiagnostics
import BerthHost
import BerthLogs
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology

/// `berth diagnose`
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "What will happen to this guest as it is, why, and the change that mends it.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, svg, html, map }

    @OptionGroup var options: GuestOptions

    @Option(
        help: ArgumentHelp(
            "A log: dmesg, journalctl, QEMU's, libvirt's, SeaBIOS' or OVMF's, in any mix; once for each.",
            valueName: "file"))
    var log: [String] = []

    @Option(help: "text, json, markdown, svg, html or map (addresses as text).")
    var format: Format = .text

    @OptionGroup var collection: CollectionOptions

    func run() throws {
        try Output.reporting {
            if let folder = collection.collect {
                guard options.input == nil, log.isEmpty else {
                    throw InputError(
                        "--collect takes no INPUT and no --log: name the guest with --domain or --proxmox",
                        rule: "usage",
                        kind: .usage)
                }
                let wish = Bundle.Wish(
                    domain: collection.domain, proxmox: collection.proxmox, redact: collection.redact,
                    command: "berth diagnose")
                return try Bundle.collect(into: folder, wish)
            }
            try collection.check()
            let (options, logs) = try Bundle.opened(options, log)
            try LogInput.refuseAsGuest(options.input)
            let readings = try logs.map(LogInput.read)
            let logged = options.replacements.host == nil ? LoggedHost(readings) : nil
            let guest = try options.guest(addingIGD: false, told: logged?.inventory)
            // A topology file says itself which IGD it has.
            let told = guest.topology.igd == nil || guest.form == .topology ? nil : logged
            if let told { Output.complain(told.finding.description) }
            Output.warn(of: guest.topology)
            let host = try options.replacements.inventory() ?? told?.inventory
            let report = try self.report(guest, options.replacements, host, readings)
            try Output.write(try render(report, guest.topology), to: options.output)
            if report.answer == .judged(.fails) { throw ExitStatus.no }
        }
    }

    private func report(
        _ guest: GivenGuest, _ replacements: GuestReplacements, _ host: HostInventory?, _ logs: [LogReading]
    ) throws -> DiagnosisReport {
        if let shared = guest.topology.sharedGraphics {
            return DiagnosisReport(shared, of: guest.topology, logs: logs)
        }
        return try guest.expectingIGD { topology in
            let room = try? guest.room(host: host) { topology throws(InputError) in
                try replacements.replace(in: &topology)
            }
            return DiagnosisReport(
                Services.diagnose(topology, host: host, room: room ?? .made), isDomain: guest.form == .domain,
                logs: logs)
        }
    }

    private func render(_ report: DiagnosisReport, _ topology: GuestTopology) throws -> String {
        let picture = {
            DiagnosisPicture(
                report, of: topology, topology.sharedGraphics == nil ? try? Services.boot(topology) : nil)
        }
        return switch format {
        case .text: DiagnosisText.render(report)
        case .json: try JSONText.encode(DiagnosisDocument(report))
        case .markdown: DiagnosisMarkdown.render(report)
        case .svg: DiagnosisSheet.render(picture())
        case .html: DiagnosisPage.render(picture())
        case .map: MapText.render(picture())
        }
    }
}
