import BerthDiagnostics
import BerthPlacement
import Testing

/// Facts are data: nobody asks for an id or reads a sentence to know what is the case.
struct FactsLayoutTests {
    private static let folders = ["Placement", "Report", "Services", "Berth", "CLI", "Testing"]
    private static let libvirt = ["LibvirtDomain", "LibvirtEditing", "LibvirtRules"]

    private func files(_ others: [String] = []) throws -> [SourceFile] {
        try SourceFile.below("Sources").filter { (Self.folders + others).contains($0.folder) }
    }

    @Test func `ids of rules, problems and strategies stand in their own files only`() throws {
        let ids =
            Rules.all.map(\.id.rawValue) + Problems.all.map(\.id.rawValue) + Strategies.all.map(\.id.rawValue)
        var own = 0
        for file in try files() {
            for (number, text) in file.lines.enumerated() {
                for id in ids where text.contains("\"\(id)\"") {
                    // The last is a row of strategies that differ in data only.
                    let isDeclaration =
                        text.contains("let id: RuleID = ") || text.contains("let id: StrategyID = ")
                        || text.contains(" id: \"\(id)\", carrier: ")
                    #expect(isDeclaration, "\(file.path):\(number + 1): \(id)")
                    own += 1
                }
            }
        }
        #expect(own == ids.count)
    }

    @Test func `nothing is decided by an id`() throws {
        // Text of literals is left out: a comparison with one ends in an empty literal.
        let comparison = /(\.rule|\.id|\.strategy|\.rawValue|\bid|\brule|\bstrategy)\??\s*(==|!=|~=)\s*"/
        let reversed = /"\s*(==|!=|~=)\s*[\w\.\?\(\)]*(\.rule|\.id|\.strategy)\b/
        for file in try files(Self.libvirt) {
            for (number, text) in file.code {
                #expect(
                    text.firstMatch(of: comparison) == nil && text.firstMatch(of: reversed) == nil,
                    "\(file.path):\(number): \(text)")
            }
        }
    }

    @Test func `nobody searches what is printed`() throws {
        let search =
            /\b(statement|message|remedy|reason|fact|description|words|summary)\??\)?\.(contains|hasPrefix|hasSuffix|split|range|firstRange|firstMatch|replacing)\(/
        for file in try files(Self.libvirt) {
            for (number, text) in file.code {
                #expect(text.firstMatch(of: search) == nil, "\(file.path):\(number): \(text)")
            }
        }
    }

    /// It is asked once for all partners that change the same, and of guests that nobody could start.
    @Test func `a rule that does not watch the boot looks neither at one nor at the other region's berth`() throws {
        let isBoot =
            /evaluation\.(outcome|guest\b|exposure|predictedAddress|conflicts|berths?\b|missing|isRejected|rejections|judgements)/
        let rules = try SourceFile.below("Sources/Placement").filter { file in
            file.code.contains { $0.text.contains(": Rule {") }
        }
        let quick = rules.filter { !$0.lines.contains("    let watchesBoot = true") }
        #expect(!quick.isEmpty && quick.count < rules.count)
        for file in quick {
            for (number, text) in file.code {
                #expect(text.firstMatch(of: isBoot) == nil, "\(file.path):\(number): \(text)")
            }
        }
    }

    @Test func `only a plan makes what can be written of a plan`() throws {
        for file in try SourceFile.below("Sources") + SourceFile.below("Tests") {
            for (number, text) in file.code where text.contains("EmittablePlan(") {
                // The face has a type of that name around it; settings that mend a guest were judged as a plan is.
                #expect(
                    [
                        "Sources/Placement/Plan.swift", "Sources/Berth/Plan.swift",
                        "Sources/Placement/Diagnosis/Mend.swift",
                    ].contains(file.path),
                    "\(file.path):\(number)")
            }
        }
    }

    /// The stand-in guest of a rehearsal, and the writers themselves.
    private static let writersAsItIs = [
        "Sources/Rehearsal/GuestRun.swift", "Sources/Rehearsal/GuestRehearsal.swift",
        "Sources/QEMU/Writer/ArgumentWriter.swift",
        "Sources/LibvirtEditing/Writer/DomainWriter.swift", "Sources/Berth/LibvirtXML.swift",
        "Sources/Berth/QEMUArguments.swift",
    ]

    @Test func `who writes a guest that nobody planned is listed`() throws {
        for file in try SourceFile.below("Sources") {
            for (number, text) in file.code where text.contains("asItIs:") {
                #expect(Self.writersAsItIs.contains(file.path), "\(file.path):\(number)")
            }
        }
    }
}
