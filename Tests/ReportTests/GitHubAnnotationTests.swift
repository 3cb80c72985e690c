import BerthDiagnostics
import BerthReport
import Testing

/// Workflow commands of GitHub Actions: one line a finding, whatever is in it.
struct GitHubAnnotationTests {
    @Test func `a finding is one line, with its place and its rule`() {
        let place = SourceLocation(file: "vm.xml", line: 4, column: 23)
        let result = ValidationResult(
            schema: nil,
            files: [
                .init(
                    "vm.xml",
                    [
                        Finding(.error, "used twice", rule: "pci-double-use", at: place),
                        Finding(.warning, "doubtful", rule: "qemu-option", at: SourceLocation(file: "vm.xml")),
                    ]), .init("good.xml", []),
            ])
        #expect(
            GitHubAnnotations.render(result) == """
                ::error file=vm.xml,line=4,col=23,title=pci-double-use::used twice
                ::warning file=vm.xml,line=1,col=1,title=qemu-option::doubtful

                """)
    }

    @Test func `names and messages cannot make commands of their own`() {
        let place = SourceLocation(file: "a,b:c%\n.xml", line: 1)
        let finding = Finding(.note, "50% of it:\r\n::error::x, y", rule: "r", at: place)
        let text = GitHubAnnotations.render(ValidationResult(schema: nil, files: [.init("a,b:c%\n.xml", [finding])]))
        #expect(text == "::notice file=a%2Cb%3Ac%25%0A.xml,line=1,col=1,title=r::50%25 of it:%0D%0A::error::x, y\n")
    }
}
