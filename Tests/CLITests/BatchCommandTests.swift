import Foundation
import TestSupport
import Testing

/// `berth batch`: a request a line in, an answer a line out.
struct BatchCommandTests {
    private static func lines(_ requests: [[String: Any]]) throws -> String {
        try requests.map { request in
            String(
                decoding: try JSONSerialization.data(withJSONObject: request, options: [.sortedKeys]), as: UTF8.self)
        }.joined(separator: "\n")
    }

    private static func answers(_ run: BuiltTool.Run) throws -> [[String: Any]] {
        try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: path), encoding: .utf8)
    }

    @Test func `every verb says what it says by itself`() async throws {
        let domain = try Self.text("Tests/FieldTests/Cases/08-behind-root-port.xml")
        let topology = try Self.text("Topologies/q35-ovmf-gen9.yaml")
        let run = try await BuiltTool.run(
            ["batch"],
            input: try Self.lines([
                ["verb": "simulate", "guest": topology],
                ["verb": "diagnose", "guest": domain, "name": "08.xml"],
                ["verb": "plan", "path": "pc-seabios-gen9", "detail": "all"],
                ["verb": "compare", "path": "Topologies/pc-seabios-gen9.yaml", "detail": "all"],
                ["verb": "validate", "guest": domain],
            ]))
        #expect(run.status == 0, "\(run.complaint)")
        let answers = try Self.answers(run)
        #expect(answers.map { $0["line"] as? Int } == [1, 2, 3, 4, 5])
        #expect(answers.map { $0["status"] as? Int } == [0, 0, 0, 0, 0])
        let alone = [
            ["simulate", "Topologies/q35-ovmf-gen9.yaml"],
            ["diagnose", "Tests/FieldTests/Cases/08-behind-root-port.xml"],
            ["plan", "pc-seabios-gen9"], ["compare", "pc-seabios-gen9"],
        ]
        for (index, arguments) in alone.enumerated() {
            let single = try await BuiltTool.run(arguments + ["--format", "json"])
            let wanted = try JSONSerialization.jsonObject(with: Data(single.output.utf8)) as? NSDictionary
            #expect(answers[index]["result"] as? NSDictionary == wanted, "\(arguments)")
        }
    }

    @Test func `what is wrong with a request is its answer`() async throws {
        let run = try await BuiltTool.run(
            ["batch"],
            input: """
                nonsense
                {"verb": "plam", "id": 7}
                {"gest": "x", "id": "a"}
                {"id": [1, null, {"b": 2.5}]}
                {"path": "q35-ovmf-gen9", "guest": "x"}
                {"path": "/no/such/file"}
                {"guest": "machine: q35\\nmemory: many\\n", "name": "bad.yaml"}
                {"path": "q35-ovmf-gen9", "strategy": "no-such"}
                {"path": "q35-ovmf-gen9", "host": "00:00.0 Host bridge [0600]: Intel Corporation Device [8086:3e34]"}

                """)
        #expect(run.status == 0, "\(run.complaint)")
        let answers = try Self.answers(run)
        #expect(answers.map { $0["status"] as? Int } == [65, 65, 65, 65, 65, 66, 65, 64, 65])
        #expect(answers.allSatisfy { $0["result"] == nil })
        let words = answers.map { (($0["errors"] as? [[String: Any]])?.first?["message"] as? String) ?? "" }
        #expect(words[0] == "the line is no JSON object")
        #expect(words[1].hasSuffix("did you mean 'plan'?"))
        #expect(words[2] == "'gest' is no key of a request; did you mean 'guest'?")
        #expect(words[3] == "the request has no guest; expected 'guest' or 'path'")
        #expect(words[4] == "both 'guest' and 'path'; give one")
        #expect(words[8] == "no Intel display at 00:02.0 in this host; expected an IGD")
        #expect(answers[1]["id"] as? Int == 7 && answers[2]["id"] as? String == "a")
        #expect((answers[3]["id"] as? [Any])?.count == 3)
        let place = (answers[6]["errors"] as? [[String: Any]])?.first
        #expect(place?["file"] as? String == "bad.yaml" && place?["line"] as? Int == 2)
    }

    @Test func `a thousand answers come in the order of their requests`() async throws {
        let requests = (1...1000).map { number in
            number % 100 == 0
                ? "{\"id\": \(number), \"path\": \"pc-seabios-gen6\", \"purpose\": \"render\"}"
                : "{\"id\": \(number), \"verb\": \"host\", \"host\": \"00:02.0 VGA compatible controller [0300]: Intel [8086:\(5900 + number % 20)]\"}"
        }
        let run = try await BuiltTool.run(["batch", "--jobs", "4"], input: requests.joined(separator: "\n"))
        let answers = try Self.answers(run)
        #expect(answers.map { $0["id"] as? Int } == (1...1000).map { $0 })
        #expect(answers.map { $0["line"] as? Int } == (1...1000).map { $0 })
    }

    @Test func `a host by value, whatever form it has`() async throws {
        let tree = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: tree) }
        try MadeUpTree.desktop(0xa780).write(to: tree)
        let json = try await BuiltTool.run(["host", tree.path, "--format", "json"]).output
        let record = try JSONSerialization.jsonObject(with: Data(json.utf8))
        let run = try await BuiltTool.run(
            ["batch"],
            input: try Self.lines([
                ["path": "q35-ovmf-gen9", "host": record], ["path": "q35-ovmf-gen9", "host": json],
                ["path": "q35-ovmf-gen9", "host-path": tree.path],
            ]))
        let answers = try Self.answers(run)
        #expect(
            answers.map { ($0["result"] as? [String: Any])?["device"] as? String } == [
                "8086:a780", "8086:a780", "8086:a780",
            ])
    }

    @Test func `it stops where nobody reads, and after a signal`() async throws {
        let sh = Program("bash", package: "bash")
        let tool = BuiltTool.url.path
        let many = "yes '{\"verb\":\"host\"}'"
        let closed = try await sh(["-c", "\(many) | '\(tool)' batch | head -1; echo ${PIPESTATUS[1]}"])
        #expect(closed.output.split(separator: "\n").last == "73")
        // A signal lets what was begun be written: whole lines, numbered from 1 on.
        let script = """
            { \(many) | head -200; sleep 20; } | { '\(tool)' batch & pid=$!; sleep 2; kill -TERM $pid; wait $pid; echo "status $?"; }
            """
        let stopped = try await sh(["-c", "exec 2>/dev/null; " + script.replacing("sleep 20", with: "sleep 4")])
        let lines = stopped.output.split(separator: "\n")
        #expect(lines.last == "status 143" || lines.count == 201, "\(lines.last ?? "")")
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("{\"line\":") && $0.hasSuffix("}") })
    }

    @Test func `a last line without an end, and none at all`() async throws {
        #expect(try await BuiltTool.run(["batch"], input: "").output == "")
        let run = try await BuiltTool.run(["batch"], input: "{\"verb\":\"host\"}")
        #expect(try Self.answers(run).count == 1)
        let usage = try await BuiltTool.run(["batch", "--jobs", "0"])
        #expect(usage.status == 64)
    }
}
