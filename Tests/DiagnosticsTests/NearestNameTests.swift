import BerthDiagnostics
import Testing

struct NearestNameTests {
    @Test(arguments: [
        ("pcie-root-prot", "pcie-root-port"),
        ("PCIE-ROOT-PORT", "pcie-root-port"),
        ("kabylake", "kaby-lake"),
        ("e100", "e1000"),
    ])
    func `a likely misspelling finds its name`(word: String, name: String) {
        #expect(NearestName.of(word, among: ["e1000", "kaby-lake", "pcie-root-port"]) == name)
    }

    @Test func `a swap of neighbours counts as one change`() {
        #expect(NearestName.of("abdc", among: ["abcd"]) == "abcd")
    }

    @Test(arguments: ["", "xyz", "virtio-net-pci-non-transitional"])
    func `a word unlike all names finds none`(word: String) {
        #expect(NearestName.of(word, among: ["e1000", "kaby-lake"]) == nil)
    }

    @Test func `the first of equally near names wins`() {
        #expect(NearestName.of("ax", among: ["ab", "ac"]) == "ab")
        #expect(NearestName.of("ax", among: ["ac", "ab"]) == "ac")
    }

    @Test func `nothing is near when there are no names`() {
        #expect(NearestName.of("x", among: []) == nil)
    }

    @Test func `the hint is a question or nothing`() {
        #expect(NearestName.hint("e100", among: ["e1000"]) == "; did you mean 'e1000'?")
        #expect(NearestName.hint("zzzzzz", among: ["e1000"]) == "")
    }
}
