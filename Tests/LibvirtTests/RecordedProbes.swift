import Foundation
import TestSupport

/// The documents with libvirt's verdicts.
struct RecordedProbes: Decodable {
    var cases: [Probe]

    struct Probe: Decodable {
        var name: String
        var xml: String
        var define: String
        var domxmlToNative: String
        var assignedPCI: [Assigned]?
        var devices: [String]?
        var isDefined: Bool { define == "ok" }
    }

    /// A device with a PCI address, as libvirt wrote it back.
    struct Assigned: Decodable, Hashable, CustomStringConvertible {
        var tag: String
        var type: String?
        var model: String?
        var index: String?
        var bus: String
        var slot: String
        var function: String
        var multifunction: String?
        var target: [String: String]?
        var description: String {
            let place = "\(bus):\(slot).\(function) \(multifunction ?? "")"
            let facts = (target ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(tag) \(type ?? "") \(model ?? "") \(index ?? "") at \(place) \(facts.joined(separator: " "))"
        }
    }

    static func read() throws -> [Probe] {
        let file = Recorded.folder("libvirt").appendingPathComponent("probes-9.0.json")
        return try JSONDecoder().decode(RecordedProbes.self, from: Data(contentsOf: file)).cases
    }
}
