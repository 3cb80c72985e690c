import BerthDiagnostics
import BerthReport
import Testing

@Suite struct ValidationFilterTests {
    private let result = ValidationResult(
        schema: nil,
        files: [
            .init(
                "a.xml",
                [
                    Finding(.error, "one", rule: "pci-double-use", at: nil),
                    Finding(.error, "one", rule: "pci-double-use", at: nil),
                    Finding(.warning, "two", rule: "unknown-name", at: nil),
                ])
        ])

    private func messages(_ filter: ValidationFilter) -> [String] {
        filter.applied(to: result).files.flatMap { $0.findings.map { "\($0.rule): \($0.message)" } }
    }

    @Test func `without a word everything counts`() {
        #expect(messages(ValidationFilter()).count == 3)
    }

    @Test func `rules are named, or left out`() throws {
        var only = ValidationFilter()
        try only.take(rules: "unknown-name", from: "--rules")
        #expect(messages(only) == ["unknown-name: two"])
        var without = ValidationFilter()
        try without.take(rules: "-pci-double-use", from: "--rules")
        #expect(messages(without) == ["unknown-name: two"])
    }

    @Test func `what was known is quiet as often as it was`() {
        var before = result
        before.files[0].findings = [result.files[0].findings[0], result.files[0].findings[2]]
        var filter = ValidationFilter()
        filter.take(baseline: FindingsDocument(before))
        #expect(messages(filter) == ["pci-double-use: one"])
    }

    @Test func `settings give a reason for each rule`() throws {
        var filter = ValidationFilter()
        try filter.take(
            settings: "# ours\nvalidate:\n  without:\n    unknown-name: they are for libvirt 12.8\n",
            file: ".berth.yaml")
        #expect(filter.without == ["unknown-name": "they are for libvirt 12.8"])
    }

    @Test(arguments: [
        (
            "validate:\n  without:\n    unknown-name:\n",
            ".berth.yaml:3:5: error: expected 'RULE: REASON'; a rule is left out for a reason [settings]"
        ),
        (
            "validate:\n  with:\n",
            ".berth.yaml:2:3: error: expected 'validate:', below it 'without:', and below that 'RULE: REASON' by two more "
                + "spaces each [settings]"
        ),
        (
            "validate:\n  without:\n    unknown-nam: x\n",
            "error: .berth.yaml:3: there is no rule 'unknown-nam'; did you mean 'unknown-name'? [usage]"
        ),
    ])
    func `settings that cannot be read say where`(text: String, message: String) {
        var filter = ValidationFilter()
        let error = #expect(throws: InputError.self) { try filter.take(settings: text, file: ".berth.yaml") }
        #expect(error?.description == message)
    }
}
