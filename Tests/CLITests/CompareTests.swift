import BerthDiagnostics
import Foundation
import TestSupport
import Testing

/// `berth compare` in the formats that carry everything.
struct CompareTests {
    private static let guests = ["pc-seabios-gen9", "q35-busy", "q35-ovmf-gen11"]

    private func output(_ name: String, _ format: String) async throws -> String {
        let run = try await BuiltTool.run(["compare", "Topologies/\(name).yaml", "--format", format, "--all"])
        #expect(run.status == 0 && run.complaint == "")
        return run.output
    }

    private func json(_ name: String) async throws -> [String: Any] {
        let text = try await output(name, "json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(arguments: guests)
    func `JSON has its documented keys`(name: String) async throws {
        let document = try await json(name)
        #expect(
            Set(document.keys) == [
                "name", "machine", "qemu", "device", "platform", "generation", "configured", "columns", "room",
                "rows",
            ])
        let configured = try #require(document["configured"] as? [String: Any])
        #expect(Set(configured.keys) == ["verdict", "consequences"])
        let columns = try #require(document["columns"] as? [[String: Any]])
        #expect(columns.count == 6)
        #expect(columns.filter { $0["isOwn"] as? Bool == true }.count == 1)
        for column in columns {
            #expect(Set(column.keys) == ["firmware", "guest", "isOwn", "verdict", "consequences"])
        }
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(Set(rows.compactMap { $0["region"] as? String }) == ["stolen-memory", "opregion"])
        let always: Set = [
            "verdict", "isRejected", "consequences", "facts", "canBeEmitted", "mustChange", "isReservedInE820",
            "addressText", "holeConsumed", "hotPlug", "hotPlugReason", "hotPlugSource", "writable", "place",
        ]
        for row in rows {
            let cells = try #require(row["cells"] as? [Any])
            #expect(cells.count == columns.count)
            for cell in cells.compactMap({ $0 as? [String: Any] }) {
                #expect(Set(cell.keys).subtracting(["missing", "address", "exposure"]) == always)
                let consequences = try #require(cell["consequences"] as? [[String: Any]])
                #expect(consequences.isEmpty == (cell["verdict"] as? String == "works"))
                for consequence in consequences {
                    #expect(
                        Set(consequence.keys).subtracting(["remedy"]) == [
                            "level", "symptom", "rule", "statement", "source",
                        ])
                    #expect((consequence["source"] as? String)?.isEmpty == false)
                }
                if consequences.isEmpty { #expect(cell["isRejected"] as? Bool == false) }
            }
        }
    }

    /// Fields of RFC 4180: quotes double inside quoted fields, which may hold separators.
    private func records(_ text: String) -> [[String]] {
        var records: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"": field.unicodeScalars.append(scalars.removeFirst())
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                records[records.count - 1].append(field)
                field = ""
            case ("\r", false): break
            case ("\n", false):
                records[records.count - 1].append(field)
                records.append([])
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        return records.dropLast()
    }

    @Test(arguments: guests)
    func `CSV has one record a column and a cell, all of one length`(name: String) async throws {
        let document = try await json(name)
        let rows = try #require(document["rows"] as? [[String: Any]])
        let cells = rows.flatMap { ($0["cells"] as? [Any] ?? []).filter { !($0 is NSNull) } }
        let records = records(try await output(name, "csv"))
        #expect(records.count == 1 + 1 + 6 + cells.count)
        #expect(Set(records.map(\.count)) == [26])
        #expect(records[0].prefix(5) == ["region", "strategy", "firmware", "guest", "verdict"])
        let configured = try #require(document["configured"] as? [String: Any])
        #expect(records[1][1] == "as configured" && records[1][4] == configured["verdict"] as? String)
        let verdicts = records.dropFirst(8).map { $0[4] }
        #expect(verdicts == cells.compactMap { ($0 as? [String: Any])?["verdict"] as? String })
    }

    @Test(arguments: guests)
    func `Markdown tables have rows of one length`(name: String) async throws {
        let lines = try await output(name, "markdown").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "# \(name)")
        var width: Int?
        var tables = 0
        for line in lines {
            guard line.first == "|" else {
                width = nil
                continue
            }
            let bars = line.replacing("\\|", with: "").filter { $0 == "|" }.count
            if width == nil { tables += 1 }
            #expect(bars == width ?? bars, "\(line)")
            width = bars
        }
        // The guest, then for each region the verdicts and six tables of traits.
        #expect(tables == 1 + 2 * 7)
    }

    @Test func `text, JSON, Markdown and CSV agree on every verdict`() async throws {
        let document = try await json("q35-busy")
        let rows = try #require(document["rows"] as? [[String: Any]])
        let text = try await output("q35-busy", "text")
        // A row goes on in the next block where the page is too narrow; the tables of traits say yes or no first.
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count > 1 && !["yes", "no"].contains($0[1]) }
        let names = Set(rows.compactMap { $0["strategy"] as? String })
        #expect(names.count > 15)
        for name in names {
            let verdicts = rows.filter { $0["strategy"] as? String == name }.flatMap { row in
                (row["cells"] as? [Any] ?? []).map { ($0 as? [String: Any])?["verdict"] as? String ?? "-" }
            }
            let printed = lines.filter { $0[0] == name }.flatMap { line in
                line.filter { ["works", "degraded", "fails", "-"].contains($0) }
            }
            #expect(printed == verdicts, "\(name)")
        }
    }

    @Test func `the same input gives the same bytes`() async throws {
        for format in ["text", "json", "markdown", "csv"] {
            #expect(try await output("q35-busy", format) == (try await output("q35-busy", format)))
        }
    }

    @Test func `a plan as Markdown has every candidate`() async throws {
        let run = try await BuiltTool.run(["plan", "Topologies/pc-seabios-gen9.yaml", "--format", "markdown"])
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("# pc-seabios-gen9\n\npc, seabios:1.16.2, linux-6.1, QEMU 7.2, IGD 8086:5916 "))
        for strategy in ["firmware-reserved", "lpc-bridge", "left-alone"] {
            #expect(run.output.contains("\n| \(strategy) |"))
        }
        #expect(run.output.contains("\n## Candidates: opregion\n"))
    }

    @Test(arguments: [
        (["--firmware", "seabois"], "'seabois' is not one of seabios, "),
        (
            ["--firmware", "ovmf:2025.03"],
            "'2025.03' is no release of OVMF that is known; near are 2025.02 and 2025.05"
        ),
        (["--guest", "linux"], "'linux' is not one of firmware-only, "),
        (["--guest", "linux-8.0"], "'8.0' is no release of Linux that is known; near is 7.2"),
        (["--qemu-version", "ten"], "'ten' is no release of QEMU that is known; known are 2.7 to 11.1"),
        (["--qemu-version", "7.3"], "'7.3' is no release of QEMU that is known; near are 7.2 and 8.0"),
        (["--stack", "debain-13"], "'debain-13' is not one of debian-12, "),
    ])
    func `an unknown name is answered with those that are near`(options: [String], complaint: String) async throws {
        let run = try await BuiltTool.run(["compare"] + options)
        #expect(run.status == 64)
        #expect(run.complaint.hasPrefix("error: \(options[0]): \(complaint)"), "\(run.complaint)")
    }

    @Test func `eight columns stand in two tables a region`() async throws {
        let run = try await BuiltTool.run(["compare", "Topologies/q35-busy.yaml", "--guest", "firmware-only", "--all"])
        #expect(run.status == 0)
        for line in run.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        #expect(
            run.output.split(separator: "\n").filter { $0.contains("firmware-only") && !$0.contains("*") }.count == 3)
    }
}
