import BerthBundled
import BerthDiagnostics
import BerthPlacement
import BerthServices
import BerthTopology
import Testing

/// What is said of a guest as it is, and what mends it.
struct DiagnosisTests {
    /// What a guest that does not come up loses besides is not seen before.
    private static let hiding: Set<Symptom> = [.refusesToStart, .hardwareError, .firmwareStops]

    @Test(arguments: BundledTopologies.names)
    func `a mend takes its problem away and adds none`(name: String) throws {
        var guest = try #require(try BundledTopologies.topology(named: name))
        for purpose in [Purpose.display, .bootDisplay] {
            guest.purpose = purpose
            guard (try? guest.checkPurpose()) != nil else { continue }
            let diagnosis = Services.diagnose(guest)
            let before = Set(diagnosis.verdict.losses.map(\.fact.rule))
            #expect(Set(diagnosis.problems.map(\.id)) == before)
            let isHiding = diagnosis.verdict.deciding.map { Self.hiding.contains($0.symptom) } ?? false
            for problem in diagnosis.problems {
                guard let mend = problem.mend else { continue }
                #expect(mend.before == guest && mend.after != guest)
                let after = Set(Verdict.of(mend.after).losses.map(\.fact.rule))
                #expect(!after.contains(problem.id), "\(problem.id)")
                #expect(isHiding || after.isSubset(of: before), "\(problem.id): \(after.subtracting(before))")
            }
        }
    }

    @Test func `a guest that nothing is wrong with has no problems`() throws {
        for name in BundledTopologies.names {
            let guest = try #require(try BundledTopologies.topology(named: name))
            let diagnosis = Services.diagnose(guest)
            #expect(diagnosis.problems.isEmpty == (diagnosis.verdict.level == .works))
        }
    }

    @Test func `every symptom says what is seen`() {
        for symptom in Symptom.allCases { #expect(!symptom.seen.isEmpty && symptom.seen.last != ".") }
        #expect(Set(Symptom.allCases.map(\.seen)).count == Symptom.allCases.count)
    }
}
