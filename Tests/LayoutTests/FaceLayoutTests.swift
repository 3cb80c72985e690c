import Foundation
import TestSupport
import Testing

/// The face of the library: where public declarations may stand, that each says what it is, and how many there are.
struct FaceLayoutTests {
    /// Nothing else is in the modules of these folders, or they have a file of their own for it.
    private static let face = [
        "Sources/Berth/", "Sources/Testing/", "Sources/Rehearsal/Rehearsal.swift", "Sources/VFIOUser/",
    ]
    /// Types of the floors that are promised as they are, by file.
    private static let leaves: Set = [
        "Sources/Boot/Timeline/BootPhase.swift", "Sources/Diagnostics/Finding.swift",
        "Sources/Diagnostics/InputError.swift", "Sources/Diagnostics/InputLocation.swift",
        "Sources/Diagnostics/SourceExcerpt.swift", "Sources/PCI/ByteCount.swift", "Sources/PCI/PCIAddress.swift",
        "Sources/PCI/PhysicalAddress.swift", "Sources/Placement/PredictedAddress.swift",
        "Sources/Placement/StrategyID.swift", "Sources/Stack/Firmware/FirmwareChoice.swift",
        "Sources/Stack/Firmware/FirmwareKind.swift", "Sources/Stack/Firmware/OVMF/OVMFKind.swift",
        "Sources/Stack/Firmware/OVMF/OVMFRelease.swift", "Sources/Stack/Firmware/SeaBIOS/SeaBIOSKind.swift",
        "Sources/Stack/Firmware/SeaBIOS/SeaBIOSRelease.swift", "Sources/Stack/MachineRelease.swift",
        "Sources/Stack/UnknownName.swift", "Sources/Stack/LibvirtRelease.swift",
        "Sources/Stack/LinuxRelease.swift", "Sources/Stack/NamedStacks.swift",
        "Sources/Stack/QEMURelease.swift", "Sources/Stack/Release.swift",
        "Sources/Stack/Stack.swift", "Sources/Topology/Assignment/Region.swift",
        "Sources/Topology/EmissionRefusal.swift", "Sources/Topology/GuestOS.swift", "Sources/Topology/Purpose.swift",
    ]
    /// More is no small face; fewer, and something that a user needs is missing.
    private static let bound = 40...80

    private static func declarations() throws -> [PublicDeclaration] {
        try (SourceFile.below("Sources") + SourceFile.below("Topologies")).flatMap(PublicDeclaration.all)
    }

    @Test func `what is public stands in the face, or is promised as it is`() throws {
        let declarations = try Self.declarations()
        for declaration in declarations {
            let isAllowed =
                Self.leaves.contains(declaration.file) || Self.face.contains { declaration.file.hasPrefix($0) }
            #expect(isAllowed, "\(declaration)")
        }
        #expect(Self.leaves.isSubset(of: Set(declarations.map(\.file))))
    }

    @Test func `everything public is documented`() throws {
        for declaration in try Self.declarations() { #expect(declaration.isDocumented, "\(declaration)") }
    }

    @Test func `the face is small`() throws {
        let types = try Self.declarations().compactMap(\.topLevelType)
        #expect(Self.bound.contains(types.count), "\(types.count) types: \(types.sorted())")
        #expect(Set(types).count == types.count)
    }

    @Test func `every name of the face is tried beside Testing, XCTest and Foundation`() throws {
        let path = PackageRoot.url.appendingPathComponent("Tests/FaceTests/NamesTests.swift")
        let text = try String(contentsOf: path, encoding: .utf8)
        let tried = Set(text.matches(of: /(\w+)(?:<\w+>)?\)?\.self/).map { String($0.output.1) })
        #expect(tried.sorted() == Set(try Self.declarations().compactMap(\.topLevelType)).sorted())
    }

    @Test func `the page on the library lists the face`() throws {
        let path = PackageRoot.url.appendingPathComponent("docs/library.md")
        let rows = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
        let listed = rows.flatMap { row in
            (row.split(separator: "|").first ?? "").matches(of: /`([A-Z]\w+)`/).map { String($0.output.1) }
        }
        // Besides the products.
        let products: Set = ["Berth", "BerthTesting", "BerthRehearsal", "BerthVFIOUser"]
        let types = try Self.declarations().compactMap(\.topLevelType)
        #expect(listed.filter { !products.contains($0) }.sorted() == types.sorted())
    }

    /// A module that is passed on shows all that is public in it.
    @Test func `only promised types are passed on`() throws {
        var exported: [String: Set<String>] = [:]
        for file in try SourceFile.below("Sources") {
            for line in file.lines where line.hasPrefix("@_exported") {
                exported[file.path, default: []].insert(line.split(separator: " ").last.map(String.init) ?? "")
            }
        }
        let modules = Set(Self.leaves.map { "Berth\($0.split(separator: "/")[1])" })
        #expect(
            exported == ["Sources/Berth/Exports.swift": modules, "Sources/Testing/DomainXML.swift": ["Berth"]])
    }

    @Test func `a test can tell what is public`() {
        let file = SourceFile(
            path: "Sources/Berth/x.swift",
            lines: [
                "public import BerthPCI", "/// One.", "@frozen", "public enum A {", "    /// Two.", "    case b",
                "    case c, d", "    var e: Int {", "        switch self {", "        case .b: 1",
                "        default: 2",
                "        }", "    }", "    public package(set) var f: Int", "}", "package struct G {}",
                "public typealias H = A",
            ])
        let found = PublicDeclaration.all(file)
        #expect(found.map(\.line) == [4, 6, 7, 14, 17])
        #expect(found.map(\.isDocumented) == [true, true, false, false, false])
        #expect(found.compactMap(\.topLevelType) == ["A", "H"])
    }
}

/// One declaration that users of the library see: marked so, or a case of an enum that is.
struct PublicDeclaration: CustomStringConvertible {
    var file: String
    /// Counted from 1.
    var line: Int
    var text: String
    /// A comment for documentation stands above it, attributes between them.
    var isDocumented: Bool

    var description: String { "\(file):\(line): \(text.trimmingCharacters(in: .whitespaces))" }

    /// The name of a type that stands in no other.
    var topLevelType: String? {
        let kinds: Set = ["struct", "enum", "class", "actor", "protocol", "typealias"]
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        guard text.first?.isWhitespace == false, let kind = words.firstIndex(where: kinds.contains) else { return nil }
        return words.indices.contains(kind + 1) ? words[kind + 1] : nil
    }

    static func all(_ file: SourceFile) -> [PublicDeclaration] {
        var found: [PublicDeclaration] = []
        /// How far the cases of the enums that are open here are indented.
        var cases: [Int] = []
        for (number, text) in file.code {
            let indent = text.prefix { $0 == " " }.count
            let words = text.split(separator: " ")
            guard let first = words.first(where: { !$0.hasPrefix("@") }) else { continue }
            cases.removeAll { indent < $0 }
            let isCase = first == "case" && cases.last == indent
            guard first == "public" && !words.contains("import") || isCase else { continue }
            if words.contains("enum") { cases.append(indent + 4) }
            let above = file.lines[..<(number - 1)].last { !$0.drop(while: { $0 == " " }).hasPrefix("@") }
            found.append(
                PublicDeclaration(
                    file: file.path, line: number, text: text,
                    isDocumented: above?.drop { $0 == " " }.hasPrefix("///") == true))
        }
        return found
    }
}
