import Foundation
import FuzzTargets

/// `BERTH_FUZZ_TARGET` names the target; `make fuzz` sets it.
private enum Fuzzed {
    static let target: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["BERTH_FUZZ_TARGET"] ?? ""
        if let target = FuzzTarget.all.first(where: { $0.name == name }) { return target }
        let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
        fatalError("BERTH_FUZZ_TARGET is '\(name)'; known are \(known)")
    }()

    static let mutator = try? Mutator(target)
}

/// Runs libFuzzer, whose own `main` SwiftPM leaves no room for.
@main
private enum Program {
    /// Writes the seeds where `BERTH_FUZZ_FOLDER` says; with `BERTH_FUZZ_SEEDED` runs the tests' own inputs, so many of
    /// them, in place of libFuzzer's.
    static func main() throws {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["BERTH_FUZZ_FOLDER"] {
            let seeds = URL(fileURLWithPath: folder)
            try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
            for (number, seed) in try Fuzzed.target.seeds().enumerated() {
                try Data(seed).write(to: seeds.appendingPathComponent("seed-\(number)"))
            }
        }
        if let number = environment["BERTH_FUZZ_SEEDED"].flatMap({ Int($0) }) {
            let run = try FuzzRun.run(Fuzzed.target, 0..<number)
            for fault in run.faults { print(fault) }
            print("\(Fuzzed.target.name): \(run.summary)")
            exit(run.faults.isEmpty ? 0 : 1)
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(libFuzzerRun(&count, &arguments, test))
    }
}

/// One input. A fault ends the process, as a trap would, so that libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        _ = try Fuzzed.target.run(bytes)
    } catch {
        fatalError("\(error)")
    }
    return 0
}

/// Half of the inputs are changed as the tests change theirs, by words, numbers and elements, the rest by libFuzzer itself.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
    guard seed % 2 == 0, let mutator = Fuzzed.mutator else { return libFuzzerMutate(start, count, limit) }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let changed = mutator.changed(bytes, seed: UInt64(seed)).prefix(limit)
    for (index, byte) in changed.enumerated() { start[index] = byte }
    return changed.count
}

@_silgen_name("LLVMFuzzerMutate")
private func libFuzzerMutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int

@_silgen_name("LLVMFuzzerRunDriver")
private func libFuzzerRun(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
