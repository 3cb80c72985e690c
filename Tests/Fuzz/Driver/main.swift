import Foundation
import FuzzTargets

let arguments = CommandLine.arguments
guard arguments.count >= 4, let target = FuzzTarget.all.first(where: { $0.name == arguments[1] }),
    let first = Int(arguments[2]), let last = Int(arguments[3])
else { exit(64) }
if first == last, arguments.count > 4 {
    print(try target.run(Array(Data(contentsOf: URL(fileURLWithPath: arguments[4])))))
} else {
    let run = try FuzzRun.run(target, first..<last)
    for fault in run.faults { print(fault) }
    print(
        "\(target.name): \(run.executions) inputs, \(run.refused) refused, \(run.faults.count) faults, \(run.seconds) s"
    )
}
