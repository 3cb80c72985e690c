import BerthBoot
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Predictions against recorded firmware, one table.
@Suite struct RecordedFirmwareTests {
    private static let kinds = ["firmware", "carriers", "igd", "firmware-extra"] + Recorded.stackFolders

    @Test func `Predictions equal the recordings`() throws {
        var table = ["recorded                firmware   functions       e820"]
        for kind in Self.kinds {
            for firmware in FirmwareKind.allCases {
                let cases = try Self.cases(kind, firmware)
                let functions = try score(cases.filter { $0.recorded.linux != true }) {
                    try RecordedComparison.firstDifference($0)
                }
                // The memory map is the firmware's also where Linux ran afterwards.
                let memory = try score(cases.filter { $0.recorded.observed?.e820 != nil }) {
                    try RecordedComparison.firstDifferenceInMemory($0)
                }
                table.append(row([kind, firmware.rawValue, functions.text, memory.text]))
                #expect(functions.exact == functions.total && memory.exact == memory.total)
            }
        }
        print(table.joined(separator: "\n"))
    }

    @Test(arguments: ["firmware", "carriers", "igd"] + Recorded.stackFolders)
    func `Every guest that SeaBIOS started has a recorded memory map, Linux or not`(kind: String) throws {
        let cases = try Self.cases(kind, .seabios)
        #expect(cases.contains { $0.recorded.linux == true })
        for (name, recorded) in cases where recorded.observed?.halted == nil {
            #expect(recorded.observed?.e820?.isEmpty == false, "\(name)")
        }
    }

    private struct Score {
        var exact = 0
        var total = 0
        var text: String { total == 0 ? "-" : "\(exact) of \(total)" }
    }

    private func score(
        _ cases: [(name: String, recorded: RecordedCase)], _ difference: (RecordedCase) throws -> String?
    ) rethrows -> Score {
        var score = Score()
        for (name, recorded) in cases {
            score.total += 1
            if let difference = try difference(recorded) {
                Issue.record("\(name): \(difference)")
            } else {
                score.exact += 1
            }
        }
        return score
    }

    private func row(_ cells: [String]) -> String {
        zip(cells, [24, 11, 16, 0]).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
            .joined()
    }

    private static func cases(_ kind: String, _ firmware: FirmwareKind) throws -> [(
        name: String, recorded: RecordedCase
    )] {
        try Recorded.cases(kind).map { file in
            (file.lastPathComponent, try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent))
        }.filter { $0.recorded.firmware == firmware.rawValue }
    }
}
