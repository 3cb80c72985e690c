import BerthBoot
import BerthRehearsal
import BerthTopology
import Foundation
import Testing
import TestSupport

/// Predictions against recorded firmware, one table.
@Suite struct RecordedFirmwareTests {
    @Test(arguments: ["firmware", "carriers", "igd", "firmware-extra"])
    func `SeaBIOS predictions equal the recordings`(kind: String) throws {
        try compare(kind, firmware: .seabios)
    }

    private func compare(_ kind: String, firmware: FirmwareChoice.Kind) throws {
        var exact = 0
        var total = 0
        for file in try Recorded.cases(kind) {
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent)
            guard recorded.firmware == firmware.rawValue, recorded.linux != true else { continue }
            total += 1
            if let difference = try RecordedComparison.firstDifference(recorded) {
                Issue.record("\(file.lastPathComponent): \(difference)")
            } else {
                exact += 1
            }
        }
        print("\(kind), \(firmware.rawValue): \(exact) of \(total) exact")
        #expect(exact == total && total > 0)
    }
}
