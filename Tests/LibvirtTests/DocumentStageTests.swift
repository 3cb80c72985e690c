import BerthDiagnostics
import BerthLibvirtEditing
import BerthLibvirtRules
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import Synchronization
import Testing

/// What one text needs once is done once, whoever asks for it.
struct DocumentStageTests {
    private final class Counter: Sendable {
        private let counts = Mutex<[DocumentStage: Int]>([:])

        func add(_ stage: DocumentStage) { counts.withLock { $0[stage, default: 0] += 1 } }
        /// Parsed, written, assigned, guest.
        var all: [Int] { counts.withLock { counts in DocumentStage.allCases.map { counts[$0] ?? 0 } } }
    }

    private func stages(_ work: () throws -> Void) rethrows -> [Int] {
        let counter = Counter()
        try DocumentStage.$observer.withValue(.init { counter.add($0) }) { try work() }
        return counter.all
    }

    private static let release = StackChoice(qemu: QEMURelease(10, 1))

    @Test(arguments: ["hand-written-pc", "virt-manager-q35"])
    func `plan`(name: String) throws {
        let bytes = try SampleDocuments.bytes(name)
        let counts = try stages {
            let document = try XMLDocument(bytes: bytes, file: name)
            _ = try Services.plan(Services.guest(of: document, file: name, stack: Self.release).topology)
        }
        #expect(counts == [1, 1, 1, 1])
    }

    @Test(arguments: SampleDocuments.names)
    func `validate`(name: String) throws {
        let bytes = try SampleDocuments.bytes(name)
        for schema in [nil, Validating.schema] {
            #expect(stages { _ = DomainValidator(schema: schema).validate(bytes, file: name) } == [1, 1, 1, 0])
        }
    }

    /// There are two texts, the user's and ours. Between them is the domain in which the IGD has its place: that is never
    /// written, but has addresses of its own.
    @Test(arguments: ["hand-written-pc", "virt-manager-q35"])
    func `apply`(name: String) throws {
        var bytes = try SampleDocuments.bytes(name)
        func change() throws { bytes = try Services.apply(bytes, file: name, stack: Self.release).bytes }
        #expect(try stages(change) == [2, 2, 3, 3])
        // Now it is where it should be.
        #expect(try stages(change) == [1, 1, 1, 1])
    }

    @Test(arguments: SampleDocuments.names)
    func `convert`(name: String) throws {
        let bytes = try SampleDocuments.bytes(name)
        #expect(try stages { _ = try MachineConversion.convert(bytes, file: name, to: .q35) } == [1, 1, 1, 0])
    }
}
