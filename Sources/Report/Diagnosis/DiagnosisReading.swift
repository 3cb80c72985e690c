import BerthDiagnostics
package import BerthLogs
import BerthPCI
package import BerthPlacement
package import BerthTopology

/// The one place that asks a diagnosis.
extension DiagnosisReport {
    package init(_ diagnosis: Diagnosis, isDomain: Bool, logs readings: [LogReading] = []) {
        let logs = readings.isEmpty ? nil : LogReport(readings, in: diagnosis.map)
        self.logs = logs
        guest = ReportedGuest(diagnosis.guest)
        self.isDomain = isDomain
        answer = .judged(diagnosis.verdict.level)
        problems = diagnosis.problems.map { problem in
            Problem(
                consequence: problem.consequence, mend: problem.mend.map(Mend.init),
                evidence: logs.map { Evidence.all(of: problem.consequence.symptom, in: $0) } ?? [])
        }
        notes = diagnosis.verdict.notes
        messages = diagnosis.messages
        places = Place.all(diagnosis.map)
    }

    /// Of a guest that has a share of the device.
    package init(_ shared: SharedGraphics, of topology: GuestTopology, logs readings: [LogReading] = []) {
        logs = readings.isEmpty ? nil : LogReport(readings, in: GuestMap(topology))
        guest = ReportedGuest(topology)
        isDomain = false
        answer = .shared(shared)
        problems = []
        notes = []
        messages = []
        places = []
    }
}

extension DiagnosisReport.Evidence {
    /// What is wrong in a log and looks the same to the user.
    fileprivate static func all(of symptom: Symptom, in logs: LogReport) -> [Self] {
        logs.entries.filter { $0.message.symptom == symptom && $0.message.weight != .fine }.map {
            Self(message: $0.message.id, file: $0.file, line: $0.first.number)
        }
    }
}

extension DiagnosisReport.Mend {
    fileprivate init(_ mend: BerthPlacement.Mend) {
        let settings = GuestSetting.needed(from: mend.before, to: mend.after)
        switch mend.means {
        case .settings: self = .settings(settings)
        case .plan: self = .plan(settings)
        case .byHand(let fix): self = .byHand(fix, GuestSetting.needed(from: mend.before, to: fix.guest))
        }
    }
}

extension DiagnosisReport.Place {
    fileprivate static func all(_ map: GuestMap) -> [Self] {
        Region.allCases.map { region in
            let inGuest = map.guest.first { $0.owner == .region(region) }?.range
            let onHost = map.host.first { $0.region == region }?.range
            return Self(
                region: region, guest: inGuest.map { Range(first: $0.start.rawValue, last: $0.last.rawValue) },
                host: onHost.map { Range(first: $0.start.rawValue, last: $0.last.rawValue) })
        }
    }
}
