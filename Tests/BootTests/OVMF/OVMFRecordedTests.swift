import BerthBoot
import BerthRehearsal
import Foundation
import TestSupport
import Testing

/// OVMF's predictions against recorded guests: functions, BARs, windows, bus numbers.
@Suite struct OVMFRecordedTests {
    /// Guests in which Linux ran show what Linux made of it, so they are left out.
    @Test(arguments: [("firmware", 39), ("carriers", 2), ("igd", 8), ("firmware-extra", 21)])
    func `OVMF predictions equal the recordings`(kind: String, count: Int) throws {
        var exact = 0
        var total = 0
        for file in try Recorded.cases(kind) {
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent)
            guard recorded.firmware == "ovmf", recorded.linux != true else { continue }
            total += 1
            if let difference = try RecordedComparison.firstDifference(recorded) {
                Issue.record("\(file.lastPathComponent): \(difference)")
            } else {
                exact += 1
            }
        }
        #expect(exact == count)
        #expect(total == count)
    }
}
