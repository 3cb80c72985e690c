package import BerthDiagnostics

/// What reading a document and holding it against the schema can find; not rules of their own, but in the catalogue.
package enum SchemaRule: String, CaseIterable, Sendable {
    case element = "schema-element"
    case attribute = "schema-attribute"
    case value = "schema-value"
    case missing = "schema-missing"
    case other = "xml-schema"
    case syntax = "xml-syntax"
    case start = "xml-start"
    case doctype = "xml-doctype"
    case depth = "xml-depth"
    case size = "xml-size"

    package var id: RuleID { RuleID(rawValue: rawValue) }

    package var summary: String {
        switch self {
        case .element: "an element is one the schema knows at its place"
        case .attribute: "an attribute is one the schema knows on its element"
        case .value: "a value is one the schema takes"
        case .missing: "what the schema demands is there"
        case .other: "the document follows the schema"
        case .syntax: "the document is well-formed XML"
        case .start: "the document is XML"
        case .doctype: "no document type declaration brings entities or files"
        case .depth: "elements are nested at most 200 deep"
        case .size: "the document has at most 16 MiB"
        }
    }

    package var documentation: String {
        switch self {
        case .element, .attribute, .value, .missing:
            """
            The schema is libvirt's own, domain.rng of the installed libvirt0. Libvirt itself drops most of what the schema does
            not know without a word, so that a misspelt element does nothing: 'virsh define' accepts it, 'virsh define --validate'
            and 'virsh edit' do not.
            """
        case .other: "The schema refuses the document, and libxml2's words are all there is to say why."
        case .syntax: "What is not well formed cannot be read. Nothing is repaired, and nothing else is checked."
        case .start:
            """
            There is nothing in the input, or something that has no markup. A libvirt domain is what 'virsh dumpxml NAME' \
            prints and 'virsh define' reads.
            """
        case .doctype:
            "Entities can blow a document up and bring in files of the machine. Libvirt's documents need none."
        case .depth, .size: "A bound that no domain reaches keeps time and memory in hand."
        }
    }
}
