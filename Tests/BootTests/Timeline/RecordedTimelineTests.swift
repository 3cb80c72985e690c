import BerthBoot
import BerthRehearsal
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Whole boots against recordings: what Linux left, and every time a BAR came or went.
@Suite struct RecordedTimelineTests {
    @Test(arguments: [
        ("firmware", "seabios", 19), ("firmware", "ovmf", 10), ("carriers", "seabios", 9), ("carriers", "ovmf", 9),
        ("igd", "seabios", 15), ("igd", "ovmf", 4),
        ("linux-extra", "seabios", 18), ("linux-extra", "ovmf", 17),
        ("stacks/trixie/firmware", "seabios", 23), ("stacks/trixie/firmware", "ovmf", 12),
        ("stacks/trixie/igd", "seabios", 19), ("stacks/trixie/igd", "ovmf", 2),
        ("stacks/sid/firmware", "seabios", 27), ("stacks/sid/firmware", "ovmf", 9),
        ("stacks/sid/igd", "seabios", 22), ("stacks/sid/igd", "ovmf", 3),
        ("stacks/trixie/linux-extra", "seabios", 24), ("stacks/trixie/linux-extra", "ovmf", 5),
        ("stacks/sid/linux-extra", "seabios", 22), ("stacks/sid/linux-extra", "ovmf", 11),
    ])
    func `Linux predictions equal the recordings`(kind: String, firmware: String, count: Int) throws {
        var exact = 0
        var total = 0
        for file in try Recorded.cases(kind) {
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent)
            guard recorded.firmware == firmware, recorded.linux == true else { continue }
            total += 1
            if let difference = try RecordedComparison.firstDifference(recorded) {
                Issue.record("\(file.lastPathComponent): \(difference)")
            } else {
                exact += 1
            }
        }
        print("\(kind), \(firmware), Linux: \(exact) of \(total) exact")
        #expect(exact == count)
        #expect(total == count)
    }
}
