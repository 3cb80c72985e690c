import BerthLibvirtDomain
import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtEditing
import BerthLibvirtRules
import BerthPlacement
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import Foundation
import TestSupport
import Testing

@Suite struct ApplicationTests {
    /// The documents with an IGD, and a strategy that needs more than properties.
    private static let cases: [(name: String, qemu: QEMURelease, strategy: StrategyID?)] = [
        ("hand-written-pc", QEMURelease(7, 2), nil), ("virt-manager-q35", QEMURelease(10, 1), nil),
        ("virt-manager-q35", QEMURelease(10, 1), "ram-controller"),
    ]

    private func applied(_ bytes: [UInt8], _ number: Int) throws -> Application {
        let (_, qemu, strategy) = Self.cases[number]
        return try Services.apply(bytes, file: "guest.xml", restriction: .init(opRegion: strategy)) {
            $0.qemu = qemu
            // The domain's metadata says Windows, where nobody could write the register.
            if strategy != nil { $0.guest = .linux(.init(6, 1)) }
        }
    }

    @Test(arguments: cases.indices)
    func `a domain changes no more than the plan takes, and libvirt takes it`(number: Int) async throws {
        let (name, _, strategy) = Self.cases[number]
        let before = try SampleDocuments.bytes(name)
        let application = try applied(before, number)
        let messages = application.findings.map(\.description).joined(separator: "\n")
        let diff = UnifiedDiff.render(application.before, application.after, file: "guest.xml")
        try Golden.expect(
            diff + "\n" + messages + "\n",
            equals: "Tests/LibvirtTests/Golden/apply/\(name)\(strategy.map { "-\($0)" } ?? "").diff")
        #expect(try applied(application.bytes, number).bytes == application.bytes)
        #expect(Self.errors(application.bytes) == [])
        let definition = try await RealLibvirt.shared.definition(of: SampleDocuments.emulated(application.bytes))
        #expect(try Self.slot(ofIGD: definition) == "0x00 0x02 0x0")
    }

    /// Of our own validator, without the schema: real libvirt checks that.
    private static func errors(_ bytes: [UInt8]) -> [String] {
        DomainValidator().validate(bytes, file: "guest.xml").filter { $0.severity == .error }.map(\.description)
    }

    private static func slot(ofIGD definition: String) throws -> String? {
        let devices = try XMLDocument(definition, file: "dump").root.first("devices")
        let address = devices?.first("hostdev")?.first("address")
        return address.map { [$0["bus"], $0["slot"], $0["function"]].compactMap { $0 }.joined(separator: " ") }
    }

    /// Tags that a plan may change, by name.
    private static let changing: Set = ["domain", "address", "target", "hostdev"]
    private static let coming: Set = [
        "alias", "shmem", "model", "size", "qemu:commandline", "qemu:arg", "qemu:override", "qemu:device",
        "qemu:frontend",
        "qemu:property",
    ]

    /// Removed and inserted pieces, each with a complaint if a plan has no business with it.
    private func changes(_ before: String, _ after: String) -> (removed: [String], complaints: [String]) {
        let difference = DocumentTokens.of(after).difference(from: DocumentTokens.of(before))
        var removed: [String] = []
        var complaints: [String] = []
        for change in difference {
            switch change {
            case .remove(_, let token, _):
                removed.append(DocumentTokens.name(token))
                // White space that a new element splits is there twice afterwards.
                if DocumentTokens.isBlank(token) { continue }
                if !Self.changing.contains(DocumentTokens.name(token)) { complaints.append("- \(token)") }
            case .insert(_, let token, _):
                let isKnown = Self.changing.union(Self.coming).contains(DocumentTokens.name(token))
                if !isKnown, !DocumentTokens.isBlank(token) { complaints.append("+ \(token)") }
            }
        }
        return (removed.filter { !$0.isEmpty }, complaints)
    }

    /// 1,000 drawn documents and as many more as `BERTH_APPLY_DOCUMENTS` says, most of them short: the patch alone, with the plan of the
    /// document they are made of.
    @Test(arguments: cases.indices)
    func `layout, comments and order make no difference, and stay`(number: Int) throws {
        let bytes = try SampleDocuments.bytes(Self.cases[number].name)
        let text = String(decoding: bytes, as: UTF8.self)
        let plain = try applied(bytes, number)
        let planning = try #require(plain.planning)
        let planned = try planning.outcome.emittable()
        let base = planning.request.topology
        let expected = changes(plain.before, plain.after).removed.count
        let more = ProcessInfo.processInfo.environment["BERTH_APPLY_DOCUMENTS"].flatMap { UInt64($0) } ?? 0
        for seed in UInt64(0)..<(number == 0 ? 800 + more : 100) {
            var mutation = DocumentMutation(text, seed: seed)
            let before = mutation.mutated()
            let after = try patched(Array(before.utf8), planned, base)
            let (removed, complaints) = changes(before, String(decoding: after, as: UTF8.self))
            #expect(complaints == [], "seed \(seed)")
            #expect(removed.count == expected, "seed \(seed): \(removed)")
            if seed % 8 == 0 { #expect(try patched(after, planned, base) == after, "seed \(seed)") }
        }
    }

    private func patched(_ bytes: [UInt8], _ plan: EmittablePlan, _ base: GuestTopology) throws -> [UInt8] {
        var patch = try DomainPatch(bytes, file: "f", libvirt: LibvirtRelease(9, 0))
        let onRoot = patch.assigned.devices.compactMap { $0.address.pci }.filter { $0.bus == 0 }
        try patch.makeRoom(takenSlots: Set(onRoot.map { UInt8($0.slot) }), adding: false)
        try patch.carryOut(plan, on: base)
        return try patch.result()
    }

    /// The whole way, planning included, and real libvirt behind it.
    @Test(arguments: cases.indices)
    func `a batch of drawn documents is taken by libvirt`(number: Int) async throws {
        let text = String(decoding: try SampleDocuments.bytes(Self.cases[number].name), as: UTF8.self)
        for seed in UInt64(5000)..<5008 {
            var mutation = DocumentMutation(text, seed: seed)
            let application = try applied(Array(mutation.mutated().utf8), number)
            #expect(Self.errors(application.bytes) == [], "seed \(seed)")
            let definition = try await RealLibvirt.shared.definition(of: SampleDocuments.emulated(application.bytes))
            #expect(try Self.slot(ofIGD: definition) == "0x00 0x02 0x0", "seed \(seed)")
        }
    }

    @Test func `another strategy takes away what the one before added`() throws {
        let bytes = try SampleDocuments.bytes("virt-manager-q35")
        let there = try applied(bytes, 2)
        #expect(there.after.contains("ua-berth-opregion"))
        let back = try applied(there.bytes, 1)
        #expect(!back.after.contains("ua-berth-opregion"))
        #expect(back.after.contains("<qemu:commandline") == true)
    }
}
