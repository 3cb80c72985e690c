import Foundation

/// A row of inputs of one target, and what became of them.
package struct FuzzRun: Sendable {
    package var executions = 0
    package var refused = 0
    package var faults: [String] = []
    package var seconds = 0.0

    package var summary: String {
        "\(executions) inputs, \(refused) refused, \(faults.count) faults, \(Int(seconds)) s"
    }

    /// Runs inputs `numbers`, one after the other.
    ///
    /// A fault is told with the smallest input that has it. A trap ends the process, and `TrapWatch` tells the input.
    /// `BERTH_FUZZ=TARGET:FIRST-LAST` runs no more than that, announces each input, and leaves its bytes in the folder for
    /// temporary files.
    package static func run(_ target: FuzzTarget, _ numbers: Range<Int>) throws -> FuzzRun {
        let mutator = try Mutator(target)
        let wanted = FuzzSelection.current
        if let wanted, wanted.target != target.name { return FuzzRun() }
        var run = FuzzRun()
        let watch = TrapWatch(target)
        let start = ContinuousClock.now
        for number in wanted?.numbers ?? numbers {
            let bytes = mutator.input(number)
            let selection = FuzzSelection(target: target.name, numbers: number..<number + 1)
            if wanted != nil { try leave(bytes, selection) }
            run.executions += 1
            watch.begins(selection)
            do throws(FuzzFault) {
                if case .refused(let message) = try target.run(bytes) {
                    run.refused += 1
                    if wanted != nil { announce("  refused: \(message.prefix(400))") }
                }
            } catch {
                let minimal = String(decoding: Minimizer.minimal(bytes, of: error, target), as: UTF8.self)
                run.faults.append("BERTH_FUZZ=\(selection): \(error); the smallest input that has it:\n\(minimal)")
                if run.faults.count == 5 { break }
            }
            watch.ends()
        }
        run.seconds = (ContinuousClock.now - start) / .seconds(1)
        return run
    }

    private static func leave(_ bytes: [UInt8], _ selection: FuzzSelection) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "berth-fuzz-\(selection.target)-\(selection.numbers.lowerBound)")
        try Data(bytes).write(to: file)
        announce("\(selection): \(bytes.count) bytes, \(file.path)")
    }

    private static func announce(_ line: String) {
        FileHandle.standardError.write(Data("fuzz: \(line)\n".utf8))
    }
}

/// `BERTH_FUZZ=TARGET:FIRST-LAST`.
struct FuzzSelection: CustomStringConvertible {
    var target: String
    var numbers: Range<Int>

    var description: String { "\(target):\(numbers.lowerBound)-\(numbers.upperBound - 1)" }

    static var current: FuzzSelection? {
        guard let text = ProcessInfo.processInfo.environment["BERTH_FUZZ"] else { return nil }
        let parts = text.split(separator: ":")
        let limits = parts.last?.split(separator: "-").compactMap { Int($0) } ?? []
        guard parts.count == 2, let first = limits.first, let last = limits.last, first <= last else { return nil }
        return FuzzSelection(target: String(parts[0]), numbers: first..<last + 1)
    }
}
