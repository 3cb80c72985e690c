import Foundation

/// A row of inputs of one target, and what became of them.
package struct FuzzRun: Sendable {
    package var executions = 0
    package var refused = 0
    package var faults: [String] = []
    package var seconds = 0.0

    /// Runs inputs `numbers`, one after the other.
    ///
    /// A trap ends the process: each batch is announced, so that the last line says where it was, and `BERTH_FUZZ=TARGET:FIRST-LAST`
    /// runs no more than that, announces each input, and leaves its bytes in the folder for temporary files.
    package static func run(_ target: FuzzTarget, _ numbers: Range<Int>, batch: Int = 500) throws -> FuzzRun {
        let mutator = try Mutator(target)
        let wanted = FuzzSelection.current
        if let wanted, wanted.target != target.name { return FuzzRun() }
        var run = FuzzRun()
        let start = ContinuousClock.now
        for number in wanted?.numbers ?? numbers {
            let bytes = mutator.input(number)
            if let wanted {
                let file = FileManager.default.temporaryDirectory.appendingPathComponent(
                    "berth-fuzz-\(wanted.target)-\(number)")
                try Data(bytes).write(to: file)
                announce("\(target.name) \(number): \(bytes.count) bytes, \(file.path)")
            } else if (number - numbers.lowerBound) % batch == 0 {
                announce("\(target.name) \(number)-\(min(number + batch, numbers.upperBound) - 1)")
            }
            run.executions += 1
            do throws(FuzzFault) {
                if case .refused(let message) = try target.run(bytes) {
                    run.refused += 1
                    if wanted != nil { announce("  refused: \(message.prefix(400))") }
                }
            } catch {
                run.faults.append("input \(number) (BERTH_FUZZ=\(target.name):\(number)-\(number)): \(error)")
            }
        }
        run.seconds = (ContinuousClock.now - start) / .seconds(1)
        return run
    }

    private static func announce(_ line: String) {
        FileHandle.standardError.write(Data("fuzz: \(line)\n".utf8))
    }
}

/// `BERTH_FUZZ=TARGET:FIRST-LAST`.
struct FuzzSelection {
    var target: String
    var numbers: Range<Int>

    static var current: FuzzSelection? {
        guard let text = ProcessInfo.processInfo.environment["BERTH_FUZZ"] else { return nil }
        let parts = text.split(separator: ":")
        let limits = parts.last?.split(separator: "-").compactMap { Int($0) } ?? []
        guard parts.count == 2, let first = limits.first, let last = limits.last, first <= last else { return nil }
        return FuzzSelection(target: String(parts[0]), numbers: first..<last + 1)
    }
}
