import BerthDiagnostics
import BerthLibvirtRules
import BerthXML
import Dispatch
import Foundation
import SchemaLoop
import Synchronization

/// `berth validate` beside what it is measured against: a bare loop in C over libxml2, and virt-xml-validate.
enum Validation {
    private static let schemaPath = "/usr/share/libvirt/schemas/domain.rng"

    static func table() throws {
        let documents = try probes()
        guard let compiled = schema_loop_compile(schemaPath), let schema = try? RelaxNGSchema(path: schemaPath) else {
            return print("validation: no libvirt schema; install libvirt0")
        }
        let rounds = 20
        var (bare, ours): ([Double], [Double]) = ([], [])
        for _ in 0..<11 {
            bare.append(
                seconds(rounds) {
                    for document in documents {
                        _ = document.withUnsafeBufferPointer { buffer in
                            buffer.withMemoryRebound(to: CChar.self) {
                                schema_loop_validate(compiled, $0.baseAddress, $0.count)
                            }
                        }
                    }
                })
            ours.append(seconds(rounds) { for document in documents { _ = schema.validate(document, file: "f") } })
        }
        let per = 1e6 / Double(documents.count * rounds)
        let (a, b) = (median(bare) * per, median(ours) * per)
        print("schema part, \(documents.count) documents, median of 11 runs of \(rounds) rounds:")
        print("  C loop \(rounded(a)) µs a document, berth \(rounded(b)) µs, ratio \(rounded(b / a * 100) / 100)")
        throughput(documents, DomainValidator(schema: schema))
        try processes(documents[0])
    }

    /// As the tool judges many files: on all processors.
    private static func throughput(_ documents: [[UInt8]], _ validator: DomainValidator) {
        let findings = Atomic(0)
        let one = { @Sendable (number: Int) in
            let found = validator.validate(documents[number % documents.count], file: "f").count
            findings.wrappingAdd(found, ordering: .relaxed)
        }
        DispatchQueue.concurrentPerform(iterations: 1_000, execute: one)
        findings.store(0, ordering: .relaxed)
        let before = residentKiB()
        let together = seconds(1) { DispatchQueue.concurrentPerform(iterations: 10_000, execute: one) }
        let found = findings.load(ordering: .relaxed)
        let after = residentKiB()
        let alone = seconds(1) { for number in 0..<10_000 { one(number) } }
        print(
            "schema and rules, 10000 documents in one process: \(Int(10_000 / together)) a second on "
                + "\(ProcessInfo.processInfo.activeProcessorCount) processors, \(Int(10_000 / alone)) on one; "
                + "\(found) findings, memory \(before) KiB before, \(after) KiB after")
    }

    /// The release build of the tool has to be there, which `make benchmarks` sees to.
    private static func processes(_ document: [UInt8]) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("berth-benchmark.xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let tool = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.build/release/berth")
        for (name, program, arguments) in [
            ("berth validate", tool.standardized.path, ["validate", file.path]),
            ("virt-xml-validate", "/usr/bin/virt-xml-validate", [file.path, "domain"]),
        ] {
            guard FileManager.default.fileExists(atPath: program) else {
                print("  \(name): \(program) is not there")
                continue
            }
            var times: [Double] = []
            for _ in 0..<31 {
                times.append(
                    try secondsThrowing {
                        let process = Process()
                        process.executableURL = URL(filePath: program)
                        process.arguments = arguments
                        process.standardOutput = FileHandle.nullDevice
                        process.standardError = FileHandle.nullDevice
                        try process.run()
                        process.waitUntilExit()
                    })
            }
            print("one document as a process, \(name): \(rounded(median(times) * 1000)) ms (median of 31)")
        }
    }

    /// The recorded documents that the schema takes.
    private static func probes() throws -> [[UInt8]] {
        struct Recording: Decodable {
            struct Probe: Decodable {
                var xml: String
                var schema: String
            }
            var cases: [Probe]
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Support/Recorded/libvirt/probes-9.0.json")
        let recording = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
        return recording.cases.filter { $0.schema == "valid" }.map { Array($0.xml.utf8) }
    }

    private static func residentKiB() -> Int {
        let fields = ((try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? "").split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4 : 0
    }

    private static func seconds(_ rounds: Int, _ work: () -> Void) -> Double {
        let start = ContinuousClock.now
        for _ in 0..<rounds { work() }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private static func secondsThrowing(_ work: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        try work()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
