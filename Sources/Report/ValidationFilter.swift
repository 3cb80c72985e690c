package import BerthDiagnostics

/// What of a validation is shown and counts: which rules speak, and what was known before.
package struct ValidationFilter: Hashable, Sendable {
    /// The only rules that speak; empty for all.
    package var only: Set<RuleID> = []
    /// Rules that are left out, with the reason where one was written.
    package var without: [RuleID: String] = [:]
    /// How often a finding was there before.
    package var known: [Known: Int] = [:]

    /// A finding wherever in its file it stands: lines move.
    package struct Known: Hashable, Sendable {
        package var file: String
        package var rule: String
        package var message: String
    }

    package init() {}

    /// Takes `id` and `-id`, separated by commas. Errors: a rule that nobody has, with the nearest name.
    package mutating func take(rules text: String, from place: String) throws(InputError) {
        for part in text.split(separator: ",") {
            let name = part.hasPrefix("-") ? String(part.dropFirst()) : String(part)
            let id = try Self.rule(name, place: "\(place): ")
            if part.hasPrefix("-") { without[id] = without[id] ?? "" } else { only.insert(id) }
        }
    }

    /// Takes what an earlier run reported in JSON. Errors: no such report.
    package mutating func take(baseline document: FindingsDocument) {
        for file in document.files {
            for entry in file.findings {
                known[Known(file: file.file, rule: entry.rule, message: entry.message), default: 0] += 1
            }
        }
    }

    /// Takes a `.berth.yaml`: below `validate:` and `without:` a line a rule, `ID: REASON`.
    ///
    /// Errors: another line, a rule that nobody has, a rule without a reason.
    package mutating func take(settings text: String, file: String) throws(InputError) {
        var section: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            let indent = line.count - content.count
            guard !content.isEmpty, !content.hasPrefix("#") else { continue }
            func complain(_ message: String) -> InputError {
                InputError(
                    message, rule: "settings", at: SourceLocation(file: file, line: index + 1, column: indent + 1))
            }
            switch (indent, String(content).trimmed) {
            case (0, "validate:"): section = ["validate"]
            case (2, "without:") where section.first == "validate": section = ["validate", "without"]
            case (4, let entry) where section == ["validate", "without"]:
                let sides = entry.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
                guard sides.count == 2, !sides[1].isEmpty else {
                    throw complain("expected 'RULE: REASON'; a rule is left out for a reason")
                }
                without[try Self.rule(sides[0], place: "\(file):\(index + 1): ")] = sides[1]
            default:
                throw complain(
                    "expected 'validate:', below it 'without:', and below that 'RULE: REASON' by two more spaces each")
            }
        }
    }

    private static func rule(_ name: String, place: String) throws(InputError) -> RuleID {
        let ids = CatalogEntry.rules.map(\.id)
        guard ids.contains(name) else {
            let near = NearestName.of(name, among: ids).map { "; did you mean '\($0)'?" } ?? ""
            throw InputError("\(place)there is no rule '\(name)'\(near)", rule: "usage", kind: .usage)
        }
        return RuleID(rawValue: name)
    }

    /// What is left: of findings that were known as many as there were are quiet.
    package func applied(to result: ValidationResult) -> ValidationResult {
        guard !only.isEmpty || !without.isEmpty || !known.isEmpty else { return result }
        var result = result
        for index in result.files.indices {
            let file = result.files[index]
            var left = known
            result.files[index].findings = file.findings.filter { finding in
                guard without[finding.rule] == nil, only.isEmpty || only.contains(finding.rule) else { return false }
                let key = Known(file: file.name, rule: finding.rule.rawValue, message: finding.message)
                guard let count = left[key], count > 0 else { return true }
                left[key] = count - 1
                return false
            }
        }
        return result
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop { $0.isWhitespace })
    }
}
