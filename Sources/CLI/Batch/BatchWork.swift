import ArgumentParser
import BerthAudit
import BerthBoot
import BerthDiagnostics
import BerthHost
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthPlacement
import BerthProxmox
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import FoundationEssentials

/// Answers requests, each by itself: nothing of one is kept for the next.
struct BatchWork: Sendable {
    /// What is taken where a request names no stack.
    let fallback: Stack
    /// One line, without its end.
    func answer(_ line: LineInput.Line, number: Int) -> Answer {
        var telling = Telling()
        do {
            guard case .whole(let bytes) = line else {
                throw InputError("the line has more than \(LineInput.longest) bytes", rule: "batch-request")
            }
            telling.id = (try? JSONDecoder().decode(Identity.self, from: Data(bytes)))?.id
            let request = try Self.decode(bytes)
            telling.verb = request.verb.rawValue
            let (status, result) = try result(of: request, number, &telling)
            return telling.line(number, status: status, result: result)
        } catch let error as InputError {
            telling.errors += error.findings
            return telling.line(number, status: Int(ExitStatus.of(error.kind).rawValue), result: nil)
        } catch let error as Defect {
            telling.errors += error.findings
            return telling.line(number, status: Int(ExitStatus.defect.rawValue), result: nil)
        } catch {
            telling.errors.append(Finding(.error, "\(error)", rule: "batch"))
            return telling.line(number, status: Int(ExitStatus.defect.rawValue), result: nil)
        }
    }

    /// A line of output.
    struct Answer: Sendable {
        var text: String
        /// Whether there is a result, whatever it says.
        var isAnswered: Bool
    }

    /// What is said of one request.
    private struct Telling {
        var id: JSONValue?
        var verb: String?
        var findings: [Finding] = []
        var errors: [Finding] = []

        private struct Entry: Encodable {
            var severity: String
            var message: String
            var rule: String
            var file: String?
            var line: Int?
            var column: Int?

            init(_ finding: Finding) {
                severity = finding.severity.rawValue
                message = finding.message
                rule = finding.rule.rawValue
                file = finding.location?.file
                line = finding.location?.line
                column = finding.location?.column
            }
        }

        func line(_ number: Int, status: Int, result: String?) -> Answer {
            var members: [(name: String, value: String)] = [("line", String(number))]
            if let id, let text = try? JSONText.line([id]) {
                members.append(("id", String(text.dropFirst().dropLast())))
            }
            if let verb { members.append(("verb", JSONText.string(verb))) }
            members.append(("status", String(status)))
            for (name, list) in [("errors", errors), ("findings", findings)] where !list.isEmpty {
                if let text = try? JSONText.line(list.map(Entry.init)) { members.append((name, text)) }
            }
            if let result { members.append(("result", result)) }
            return Answer(text: JSONText.object(members), isAnswered: result != nil)
        }
    }

    /// What is handed back of a request that is otherwise none, too.
    private struct Identity: Decodable { var id: JSONValue? }

    private static func decode(_ line: [UInt8]) throws -> BatchRequest {
        do {
            return try JSONDecoder().decode(BatchRequest.self, from: Data(line))
        } catch let error as BatchRequest.Unusable {
            throw InputError(error.words, rule: "batch-request")
        } catch {
            throw InputError("the line is no JSON object", rule: "batch-request")
        }
    }

    // MARK: Verbs

    private func result(
        of request: BatchRequest, _ number: Int, _ telling: inout Telling
    ) throws -> (status: Int, json: String?) {
        let host = try host(request, number)
        telling.findings += host?.findings ?? []
        switch request.verb {
        case .host:
            guard let host else {
                throw InputError("the request has no host; expected 'host' or 'host-path'", rule: "batch-request")
            }
            let outlook = request.detail == .all ? Services.outlook(of: host, stack: try choice(request).fallback) : nil
            return (0, try JSONText.line(HostDocument(HostReport(host, outlook: outlook))))
        case .validate: return try validated(request, number)
        case .plan, .compare, .diagnose, .simulate:
            if let host, host.igd == nil {
                throw InputError("no Intel display at 00:02.0 in this host; expected an IGD", rule: "no-igd")
            }
            return try ofGuest(request, number, host, &telling)
        }
    }

    private func ofGuest(
        _ request: BatchRequest, _ number: Int, _ host: HostInventory?, _ telling: inout Telling
    ) throws -> (status: Int, json: String?) {
        let adjust = { (topology: inout GuestTopology) throws(InputError) in
            try GuestReplacements.replace(
                in: &topology, firmware: request.firmware, guest: request.guestOS, purpose: request.purpose)
        }
        var told: [Finding] = []
        var guest = try self.guest(request, number, host) { told.append($0) }
        telling.findings += told
        try adjust(&guest.topology)
        if let host, request.verb != .diagnose || guest.topology.igd != nil {
            guest.topology = guest.topology.adopting(host)
        }
        telling.findings += guest.topology.resolve().findings.filter { $0.severity < .error }
        if let shared = guest.topology.sharedGraphics, request.verb != .simulate {
            return (0, try JSONText.line(SharedGraphicsDocument(shared, of: guest.topology)))
        }
        switch request.verb {
        case .simulate:
            let outcome = try Services.boot(guest.topology)
            let report = SimulationReport(outcome, of: guest.topology, detail: .boot)
            return (outcome.firmware.halted == nil ? 0 : 1, try JSONText.line(Observation(report)))
        case .diagnose:
            return try guest.expectingIGD { topology in
                let room = (try? guest.room(host: host, adjust: adjust)) ?? .made
                let report = DiagnosisReport(
                    Services.diagnose(topology, host: host, room: room), isDomain: guest.form == .domain, logs: [])
                return (report.answer == .judged(.fails) ? 1 : 0, try JSONText.line(DiagnosisDocument(report)))
            }
        case .compare:
            return try guest.expectingIGD { topology in
                let columns = request.detail == .all ? nil : [Comparison.Column(own: topology)]
                let comparison = try Services.compare(
                    topology, host: host, columns: columns, room: guest.room(host: host, adjust: adjust))
                let report = ComparisonReport(comparison, detail: request.detail == .all ? .all : .brief)
                return (0, try JSONText.line(ComparisonDocument(report)))
            }
        case .plan, .host, .validate:
            return try guest.expectingIGD { topology in
                let restriction = try StrategyNames.restriction(request.strategy, source: "strategy")
                let planning = try Services.plan(
                    topology, host: host, restriction: restriction, room: guest.room(host: host, adjust: adjust))
                if request.detail == .all { try Services.auditOptions(of: planning) }
                let report = PlanReport(planning, detail: request.detail == .all ? .all : .brief, host: host)
                return (planning.plan == nil ? 1 : 0, try JSONText.line(PlanDocument(report)))
            }
        }
    }

    private func validated(_ request: BatchRequest, _ number: Int) throws -> (status: Int, json: String?) {
        let (bytes, file) = try content(request, number)
        let form = InputForm(bytes, path: file)
        let findings: [Finding]
        switch form {
        case .proxmox:
            findings = Services.findings(
                of: try VMDocument(bytes, file: file), stack: try choice(request), fileSize: { _ in nil })
        case .domain:
            let choice = try choice(request)
            // No schema, and nothing that depends on this machine: a fleet has others.
            var host = LibvirtHost()
            host.qemu = choice.qemu ?? choice.named?.qemu
            host.machines = choice.named?.machines
            host.libvirt = choice.libvirt ?? choice.named?.libvirt
            findings = DomainValidator(schema: nil, host: host).validate(bytes, file: file)
        default:
            try form.expect([.domain, .proxmox], file: file)
            findings = []
        }
        let result = ValidationResult(schema: nil, files: [.init(file, findings)])
        return (result.isValid ? 0 : 1, try JSONText.line(FindingsDocument(result)))
    }

    // MARK: Inputs

    private func choice(_ request: BatchRequest) throws(InputError) -> StackChoice {
        var choice = try ReleaseOptions.named(
            stack: request.stack, qemuVersion: request.qemuVersion, libvirt: request.libvirt)
        choice.fallback = choice.named ?? fallback
        return choice
    }

    private func content(_ request: BatchRequest, _ number: Int) throws -> (bytes: [UInt8], file: String) {
        if let path = request.path { return (try Input.bytes(path), path) }
        guard let guest = request.guest else {
            throw InputError("the request has no guest; expected 'guest' or 'path'", rule: "batch-request")
        }
        return (try guest.content, request.name ?? "line \(number)")
    }

    private func guest(
        _ request: BatchRequest, _ number: Int, _ host: HostInventory?, tell: Input.Telling
    ) throws -> GivenGuest {
        let choice = try choice(request)
        // A bundled guest goes by its name, unless a file has it.
        if let path = request.path, !FileManager.default.fileExists(atPath: path) {
            return GivenGuest(topology: try Input.topology(path, choice), form: .topology)
        }
        let (bytes, file) = try content(request, number)
        return try Input.guest(bytes, named: file, choice, host: host, tell: tell)
    }

    private func host(_ request: BatchRequest, _ number: Int) throws -> HostInventory? {
        if let path = request.hostPath { return try HostInput.read(path) }
        guard let host = request.host else { return nil }
        return try HostInput.read(try host.content, named: "line \(number), host")
    }
}
