import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML
import Foundation
import TestSupport
import Testing

/// Drawn documents, read here and by the libvirt of this machine.
///
/// `BERTH_LIVE_DOMAINS` says how many (80), `BERTH_LIVE_SEED` the seed of the first one; a document that differs is
/// named by its own seed.
struct LiveReaderTests {
    @Test func `libvirt puts the devices of drawn documents where we do, and makes the same arguments`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["BERTH_LIVE_DOMAINS"].flatMap { UInt64($0) } ?? 80
        let first = environment["BERTH_LIVE_SEED"].flatMap { UInt64($0) } ?? 90_000
        print("documents \(first) to \(first + count - 1)")
        var (defined, refused, written) = (0, 0, 0)
        for start in stride(from: first, to: first + count, by: 100) {
            let documents = (start..<min(start + 100, first + count)).map { RandomDomain(seed: $0, name: "d\($0)") }
            let verdicts = try await RealLibvirt.shared.verdicts(on: documents)
            for (document, verdict) in zip(documents, verdicts) {
                let differences = try LiveComparison.differences(document, verdict)
                if verdict.definition == nil { refused += 1 } else { defined += 1 }
                if verdict.devices != nil { written += 1 }
                #expect(differences == [], "BERTH_LIVE_DOMAINS=1 BERTH_LIVE_SEED=\(document.name.dropFirst())")
            }
        }
        print("\(defined) defined, \(refused) refused, \(written) with arguments")
        #expect(defined > count / 2)
        #expect(written > count / 2)
    }
}

enum LiveComparison {
    /// One line for each device, argument or verdict that differs.
    static func differences(_ document: RandomDomain, _ verdict: RealLibvirt.BatchVerdict) throws -> [String] {
        let errors = try Assigned.refusals(document.xml, name: document.name).filter { $0.effect == .stops }.map(
            \.remark)
        guard let definition = verdict.definition else {
            let reason = verdict.refusal ?? ""
            if errors.isEmpty { return ["libvirt refuses: \(reason)"] }
            return errors.contains { reason.hasSuffix($0.message) } ? [] : ["\(reason) | \(errors[0])"]
        }
        if let error = errors.first { return ["libvirt defines it: \(error)"] }
        let domain = try Assigned.domain(document.xml, name: document.name)
        let ours = Assigned.places(domain.devices)
        let theirs = Assigned.places(DomainReader.read(try XMLDocument(definition, file: "dump")).domain.devices)
        var lines = ours.filter { !theirs.contains($0) }.map { "only ours: \($0)" }
        lines += theirs.filter { !ours.contains($0) }.map { "only theirs: \($0)" }
        guard let devices = verdict.devices else { return lines }
        let made = DomainArguments.devices(domain).filter { $0["netdev"] == nil }.map(\.json)
        let real = devices.filter { $0.contains("\"addr\":\"") || $0.contains("intel-iommu") }
        guard document.xml.contains("<interface") else {
            return lines + (made == real ? [] : difference(made, real))
        }
        // Libvirt wrote the command line of its own definition, in which lists can be in another order.
        var again = try XMLDocument(definition, file: "dump").root
        again.removeInterfaces()
        let reread = try Assigned.domain(try again.serialized(), name: "dump")
        let second = DomainArguments.devices(reread).map(\.json)
        return lines + (second == real ? [] : difference(second, real))
    }

    private static func difference(_ ours: [String], _ theirs: [String]) -> [String] {
        let lines =
            ours.filter { !theirs.contains($0) }.map { "only ours: \($0)" }
            + theirs.filter { !ours.contains($0) }.map { "only theirs: \($0)" }
        return lines.isEmpty ? ["the order differs: \(ours) \(theirs)"] : lines
    }
}

extension Assigned {
    /// PCI devices with what libvirt writes back of them.
    static func places(_ devices: [DomainDevice]) -> [String] {
        devices.compactMap { device in
            guard let address = device.address.pci else { return nil }
            var assigned = RecordedProbes.Assigned(device, address)
            assigned.type = device.kind == .controller ? device.type : nil
            if device.kind != .controller { assigned.model = nil }
            if let name = device.target.modelName { assigned.target?["name"] = name }
            return assigned.description
        }.sorted()
    }
}
