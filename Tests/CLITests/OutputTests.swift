import BerthBundled
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Results: texts against golden files, JSON by its keys.
struct OutputTests {
    private func golden(_ arguments: [String], _ name: String, status: Set<Int> = [0]) async throws {
        let run = try await BuiltTool.run(arguments)
        #expect(status.contains(run.status), "\(run.complaint)")
        #expect(run.complaint == "")
        try Golden.expect(run.output, equals: "Tests/CLITests/Golden/\(name)")
        for line in run.output.split(separator: "\n") {
            #expect(line.count <= 100, "\(line)")
            #expect(line.last != " ", "\(line)")
        }
    }

    @Test(arguments: ["pc-seabios-gen9", "q35-ovmf-gen11", "q35-nothing-fits"])
    func `plans`(name: String) async throws {
        let guest = "Topologies/\(name).yaml"
        try await golden(["plan", guest], "plan/\(name).txt", status: [0, 1])
        try await golden(["plan", guest, "--all"], "plan/\(name)-all.txt", status: [0, 1])
    }

    @Test(arguments: ["pc-seabios-gen8", "q35-busy"])
    func `simulations`(name: String) async throws {
        try await golden(["simulate", "Topologies/\(name).yaml"], "simulate/\(name).txt")
    }

    @Test(arguments: ["pc-seabios-gen9", "q35-busy", "q35-ovmf-gen11"])
    func `comparisons`(name: String) async throws {
        let guest = "Topologies/\(name).yaml"
        try await golden(["compare", guest], "compare/\(name).txt")
        try await golden(["compare", guest, "--all"], "compare/\(name)-all.txt")
    }

    /// One of each: what is in them, `PictureFormatTests` and `make test-pages` know.
    @Test(arguments: [["plan", "svg"], ["simulate", "html"], ["plan", "map"]])
    func `pictures`(arguments: [String]) async throws {
        let (verb, format) = (arguments[0], arguments[1])
        let run = try await BuiltTool.run([verb, "Topologies/pc-seabios-gen9.yaml", "--format", format])
        #expect(run.status == 0 && run.complaint == "")
        try Golden.expect(run.output, equals: "Tests/CLITests/Golden/\(verb)/pc-seabios-gen9.\(format)")
    }

    @Test(arguments: [
        ["strategies"], ["rules"], ["topologies"], ["rules", "register-reach"], ["strategies", "ram-controller"],
        ["devices", "virtio-net-pci"], ["stacks"], ["stacks", "debian-13"],
    ])
    func `catalogues`(arguments: [String]) async throws {
        try await golden(["catalog"] + arguments, "catalog/\(arguments.joined(separator: "-")).txt")
    }

    @Test(arguments: BundledTopologies.names)
    func `no line is longer than 100 columns`(name: String) async throws {
        for verb in [["plan", "--all"], ["simulate"], ["compare", "--all"]] {
            let run = try await BuiltTool.run(verb + ["Topologies/\(name).yaml"])
            for line in run.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        }
    }

    @Test(arguments: [["strategies"], ["rules"], ["devices"], ["stacks"], ["topologies"]])
    func `lists fit into 100 columns`(arguments: [String]) async throws {
        let run = try await BuiltTool.run(["catalog"] + arguments)
        #expect(run.status == 0)
        for line in run.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }

    /// The one object or list that a run printed.
    private func json(_ arguments: [String]) async throws -> Any {
        let run = try await BuiltTool.run(arguments)
        #expect(run.complaint == "")
        #expect(run.output.hasSuffix("}\n") || run.output.hasSuffix("]\n"))
        return try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    }

    @Test(arguments: ["strategies", "rules", "devices", "stacks", "topologies"])
    func `a catalogue is a list of objects with id, summary and sources`(kind: String) async throws {
        let list = try #require(try await json(["catalog", kind, "--format", "json"]) as? [[String: Any]])
        #expect(Set(list.compactMap { $0["id"] as? String }).count == list.count && list.count > 10)
        for entry in list {
            #expect(Set(entry.keys) == ["id", "summary", "sources"])
            #expect(entry["id"] is String && entry["summary"] is String)
            #expect((entry["sources"] as? [String])?.isEmpty == false)
        }
    }

    @Test func `one entry has its documentation as well`() async throws {
        let entry = try #require(
            try await json(["catalog", "rules", "register-reach", "--format", "json"]) as? [String: Any])
        #expect(Set(entry.keys) == ["id", "summary", "sources", "documentation"])
        #expect(entry["id"] as? String == "register-reach")
    }

    @Test func `a plan that moves all root ports of a domain fits a screen`() async throws {
        let folder = "docs/examples/guests/field"
        let run = try await BuiltTool.run([
            "plan", "\(folder)/virt-manager.xml", "--host", "\(folder)/raptor-lake.host.txt",
        ])
        #expect(run.status == 0, "\(run.complaint)")
        #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 45, "\(run.output)")
        #expect(run.output.contains("more that make room; --all lists them"))
        #expect(!run.output.contains("change         pcie-root-port"))
    }

    @Test func `a plan has its documented keys`() async throws {
        let plan = try #require(
            try await json(["plan", "Topologies/pc-seabios-gen9.yaml", "--format", "json"]) as? [String: Any])
        #expect(
            Set(plan.keys) == [
                "candidates", "device", "emittable", "feasible", "firmware", "generation", "guest", "machine", "more",
                "moves", "name", "plan", "platform", "proven", "purpose", "qemu", "reason", "sentence", "settings",
                "verdict",
            ])
        #expect(plan["feasible"] as? Bool == true)
        let berths = try #require(plan["plan"] as? [[String: Any]])
        #expect(berths.map { $0["region"] as? String } == ["stolen-memory", "opregion"])
        #expect(berths.map { $0["strategy"] as? String } == ["firmware-reserved", "firmware-reserved"])
        #expect(berths.map { $0["address"] as? Int } == [0xba70_0000, 0xbfff_e000])
        #expect(berths.map { $0["needed"] as? Int } == [64 << 20, 8 << 10])
        #expect(berths.map { $0["reserved"] as? Int } == [72 << 20, 8 << 10])
        let register = try #require(berths[0]["register"] as? [String: Any])
        #expect(register["name"] as? String == "BDSM" && register["offset"] as? Int == 0x5c)
        #expect(register["bits"] as? Int == 32 && register["writtenBy"] as? String == "the firmware")
        let facts = try #require(berths[0]["facts"] as? [[String: Any]])
        #expect(facts.allSatisfy { $0["rule"] is String && $0["statement"] is String && $0["verdict"] is String })
        let candidates = try #require(plan["candidates"] as? [[String: Any]])
        #expect(candidates.count == 35)
        let reserved = try #require(berths[0]["exposure"] as? [String: Any])
        #expect(reserved["level"] as? String == "never" && reserved["count"] as? Int == 0)
        let dummy = try #require(
            candidates.compactMap { $0["berth"] as? [String: Any] }.first {
                $0["strategy"] as? String == "ram-controller"
            })
        let exposure = try #require(dummy["exposure"] as? [String: Any])
        #expect(exposure["level"] as? String == "only before the driver loads" && exposure["count"] as? Int == 0)
        let events = try #require(exposure["events"] as? [[String: Any]])
        #expect(events.count == 6)
        #expect(events.first?["cause"] as? String == "Linux sizes BAR 0")
        #expect(events.first?["place"] as? String == dummy["carrier"] as? String)
        #expect(candidates.filter { $0["rejected"] as? Bool == true }.count == 13)
    }

    @Test func `an infeasible plan has no berths and no reason`() async throws {
        let plan = try #require(
            try await json(
                ["plan", "Topologies/q35-nothing-fits.yaml", "--guest", "windows-10", "--format", "json"])
                as? [String: Any])
        #expect(plan["feasible"] as? Bool == false)
        #expect((plan["plan"] as? [Any])?.isEmpty == true)
        #expect(plan["reason"] == nil)
    }

    @Test func `a simulation has the shape of the recordings`() async throws {
        let result = try #require(
            try await json(["simulate", "Topologies/pc-seabios-gen8.yaml", "--format", "json"]) as? [String: Any])
        #expect(Set(result.keys).isSuperset(of: ["functions", "e820"]))
        let functions = try #require(result["functions"] as? [[String: Any]])
        let keys: Set = ["bus", "slot", "function", "vendor", "device", "class", "bars"]
        #expect(functions.allSatisfy { Set($0.keys).isSuperset(of: keys) })
        let bridge = try #require(functions.first { $0["id"] as? String == "bridge1" }?["bridge"] as? [String: Any])
        #expect(Set(bridge.keys) == ["secondary", "subordinate", "io", "memory", "prefetchable"])
        #expect(bridge["secondary"] as? Int == 1 && bridge["subordinate"] as? Int == 2)
    }

    @Test func `arguments are what a shell takes`() async throws {
        let run = try await BuiltTool.run(["plan", "Topologies/pc-seabios-gen9.yaml", "--format", "qemu"])
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "qemu-system-x86_64 \\")
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix(" \\") })
        #expect(
            lines.contains(
                "    -device vfio-pci,host=0000:00:02.0,id=igd,bus=pci.0,addr=02.0,x-igd-gms=2,x-igd-opregion=on \\"))
    }

    @Test func `the same input gives the same bytes`() async throws {
        for format in ["text", "json", "qemu"] {
            let arguments = ["plan", "Topologies/q35-busy.yaml", "--format", format]
            let first = try await BuiltTool.run(arguments)
            #expect(try await BuiltTool.run(arguments).output == first.output)
        }
    }
}
