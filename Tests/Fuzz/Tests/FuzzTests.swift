import Foundation
import FuzzTargets
import TestSupport
import Testing

/// No input ends the tool, is refused without a word, or makes a plan that does not hold.
@Suite struct FuzzTests {
    private static let names = FuzzTarget.all.map(\.name)

    /// More take longer than all other tests together; `BERTH_FUZZ_INPUTS` asks for them.
    private static let inputs = ProcessInfo.processInfo.environment["BERTH_FUZZ_INPUTS"].flatMap { Int($0) } ?? 1000

    /// An input of these is read several times, or is a host with many files: a tenth is as much work as all of another target.
    private static let slow: Set = ["proxmox", "sysfs", "posted"]

    /// The same inputs in every run; docs/fuzzing.md says how to run one alone, and how to draw others.
    @Test(arguments: names)
    func `mutated inputs are taken or refused`(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let run = try FuzzRun.run(target, 0..<Self.inputs / (Self.slow.contains(name) ? 10 : 1))
        print("fuzz: \(name): \(run.summary)")
        #expect(run.faults == [])
    }

    @Test func `every target has seeds, and takes some`() throws {
        for target in FuzzTarget.all {
            let seeds = try target.seeds()
            #expect(seeds.count >= 2, "\(target.name)")
            let taken = try seeds.prefix(6).filter { try target.run($0) == .taken }
            #expect(!taken.isEmpty, "\(target.name)")
        }
    }
}
