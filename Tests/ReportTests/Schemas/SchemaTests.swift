import BerthBoot
import BerthPlacement
import BerthReport
import TestSupport
import Testing

/// `docs/schema` is what the documents are, key by key.
struct SchemaTests {
    private func expect<T: Decodable>(_ type: T.Type, _ name: String, _ description: String) throws {
        let text = try SchemaOfType.text(of: type, title: "berth \(name)", description: description)
        try Golden.expect(text, equals: "docs/schema/\(name).json")
    }

    @Test func `each document has its schema`() throws {
        try expect(
            PlanDocument.self, "plan",
            "What 'berth plan --format json' prints. Addresses and sizes are numbers of bytes.")
        try expect(ComparisonDocument.self, "compare", "What 'berth compare --format json' prints.")
        try expect(
            Observation.self, "simulate",
            "What 'berth simulate --format json' prints; recorded cases have the same shape.")
        try expect(DiagnosisDocument.self, "diagnose", "What 'berth diagnose --format json' prints.")
        try expect(FindingsDocument.self, "validate", "What 'berth validate --format json' prints.")
        try expect(HostDocument.self, "host", "What 'berth host --format json' prints.")
        try expect(ROMDocument.self, "rom", "What 'berth rom --show FILE --format json' prints.")
        try expect(
            SharedGraphicsDocument.self, "shared-graphics",
            "What 'plan' and 'compare' print for a guest that has a share of the device.")
        try expect(
            LockDocument.self, "lock-changes",
            "What 'berth plan --lock FILE --format json' prints where the guest would change.")
        try expect(PlanLock.self, "lock", "The file that 'berth plan --lock FILE' writes.")
        try expect(
            CatalogEntry.self, "catalog-entry",
            "What 'berth catalog KIND NAME --format json' prints; without NAME a list of them.")
    }

    @Test func `a schema is held against what it describes`() throws {
        let schema = try JSONSchema(
            """
            {"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
                "a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}, "c": {"type": "boolean"},
                "d": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}}
            """)
        #expect(try schema.violations(of: #"{"a": 1, "b": ["x"], "c": true, "d": "rom"}"#) == [])
        #expect(
            try schema.violations(of: #"{"b": [1], "x": 0}"#) == [
                ": 'a' is missing", "/b/0: 1 is no string", ": 'x' is not known",
            ])
        #expect(try schema.violations(of: #"{"a": 1.5}"#) == ["/a: 1.5 is no integer"])
        #expect(
            try schema.violations(of: #"{"a": true}"#).count == 1
                && schema.violations(of: #"{"a": 0, "c": 1}"#).count == 1)
        #expect(try schema.violations(of: #"{"a": 1, "d": []}"#) == ["/d: fits none of 2"])
    }
}
