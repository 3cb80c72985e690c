import BerthBoot
import BerthRehearsal
import BerthTopology
import Foundation
import TestSupport
import Testing

/// The JSON of a prediction is the JSON of a recording, key by key, `null` by `null`.
@Suite struct ObservationShapeTests {
    @Test(arguments: ["igd", "firmware", "carriers"])
    func `a prediction is written as a recording is`(kind: String) throws {
        var compared = 0
        for file in try Recorded.cases(kind) {
            let data = try Data(contentsOf: file)
            let recorded = try RecordedCase.read(data, file: file.lastPathComponent)
            guard recorded.linux != true else { continue }
            let topology = try recorded.topology(source: file.lastPathComponent)
            let tree = try topology.resolved()
            let outcome = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
            let written = try object(JSONEncoder().encode(Observation(outcome, tree: tree, topology: topology)))
            let observed = try #require(try object(data)["observed"] as? [String: Any])
            for key in ["halted", "functions", "e820", "registers"] {
                guard let expected = observed[key] as? NSObject else { continue }
                #expect(written[key] as? NSObject == expected, "\(file.lastPathComponent) \(key)")
                compared += 1
            }
        }
        #expect(compared >= 6)
    }

    private func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
