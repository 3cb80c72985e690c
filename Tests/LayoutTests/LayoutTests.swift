import Foundation
import TestSupport
import Testing

/// The house as the package has it: sizes of files, imports between floors, what may be called where.
struct LayoutTests {
    private static let folders = ["Sources", "Tests", "Topologies"]

    @Test(arguments: folders)
    func `no file has more than 400 lines`(folder: String) throws {
        let files = try SourceFile.below(folder)
        #expect(!files.isEmpty)
        for file in files { #expect(file.lines.count <= 401, "\(file.path)") }
    }

    /// Folder of a target and the targets of lower floors that it may import.
    private static let floors: [String: Set<String>] = {
        let zero: Set = ["BerthDiagnostics"]
        let one = zero.union(["BerthPCI"])
        let two = one.union(["BerthIGD"])
        let topology = two.union(["BerthTopology", "BerthStack"])
        let placement = topology.union(["BerthBoot", "BerthHost", "BerthPlacement"])
        let services = placement.union([
            "BerthXML", "BerthQEMU", "BerthProxmox", "BerthLibvirtDomain", "BerthLibvirtEditing", "BerthLibvirtRules",
            "BerthAudit", "BerthOptionROM",
        ])
        let face = services.union(["BerthReport", "BerthServices", "BerthBundled"])
        return [
            "Diagnostics": [], "PCI": zero, "IGD": one, "Logs": one, "XML": zero.union(["CLibXML2"]), "Host": two,
            "Stack": zero, "Topology": two.union(["BerthStack", "Yams"]), "QEMU": topology, "Proxmox": topology,
            "Boot": topology,
            "LibvirtDomain": topology.union(["BerthXML"]), "OptionROM": topology,
            // Beside each other: neither writing nor judging needs the other.
            "LibvirtEditing": topology.union(["BerthXML", "BerthLibvirtDomain"]),
            "LibvirtRules": topology.union(["BerthXML", "BerthLibvirtDomain"]),
            // Without the planner, whose work it checks.
            "Audit": topology.union(["BerthBoot"]),
            "Placement": placement.subtracting(["BerthPlacement"]),
            "Report": placement.union(["BerthLogs", "BerthLibvirtDomain", "BerthLibvirtRules", "BerthOptionROM"]),
            "Services": services, "Berth": face, "Testing": ["Berth"],
            "Rehearsal": topology.union([
                "Berth", "BerthServices", "BerthReport", "BerthBoot", "BerthQEMU", "BerthVFIOUser", "Subprocess",
                "Glibc",
            ]),
            // The floors as they are: the tool ships with them.
            "Installed": ["BerthStack", "Subprocess", "Glibc"],
            // Nothing of the house: a server that others may use by itself.
            "VFIOUser": ["CMemfd", "Glibc"],
            "CLI": face.union([
                "BerthRehearsal", "BerthInstalled", "BerthLogs", "BerthVFIOUser", "CBuild", "ArgumentParser",
                "Foundation",
                "FoundationEssentials",
                "Glibc",
            ]),
        ]
    }()

    @Test func `imports go to lower floors only`() throws {
        for file in try SourceFile.below("Sources") {
            let allowed = try #require(Self.floors[file.folder], "\(file.path) is on no floor")
            for name in file.imports where !["FoundationEssentials", "Synchronization", "Dispatch"].contains(name) {
                #expect(allowed.contains(name), "\(file.path) imports \(name)")
            }
        }
    }

    @Test func `every folder of the sources is a floor`() throws {
        let folders = Set(try SourceFile.below("Sources").map(\.folder))
        #expect(folders.isSubset(of: Set(Self.floors.keys)))
        #expect(folders.count >= 13)
    }

    @Test func `C stays in one target`() throws {
        for file in try SourceFile.below("Sources") where file.folder != "XML" {
            #expect(!file.imports.contains("CLibXML2"), "\(file.path)")
        }
    }

    @Test func `Foundation is for tests`() throws {
        for file in try SourceFile.below("Sources") + SourceFile.below("Topologies") {
            #expect(!file.imports.contains("Foundation"), "\(file.path)")
        }
    }

    /// What makes a result depend on more than its input, or ends the program.
    private static let forbidden = [
        "print(", "try!", "as!", "fatalError(", "preconditionFailure(", "Date()", "ProcessInfo", ".random(",
        ".shuffled(",
        ".randomElement(", "SystemRandomNumberGenerator", "FileManager",
    ]

    @Test func `what is below the tool is pure and does not stop`() throws {
        for file in try SourceFile.below("Sources")
        where !["CLI", "Rehearsal", "Testing", "Installed"].contains(file.folder) {
            for (number, text) in file.code {
                for call in Self.forbidden { #expect(!text.contains(call), "\(file.path):\(number): \(call)") }
            }
        }
    }

    @Test func `nobody unwraps by force`() throws {
        // An exclamation mark behind a name, a bracket or a call; not `!=` and not an operator before a value.
        let unwrapping = /[\w\)\]]!(?!=)/
        for file in try SourceFile.below("Sources") + SourceFile.below("Topologies") {
            for (number, text) in file.code {
                #expect(text.firstMatch(of: unwrapping) == nil, "\(file.path):\(number): \(text)")
            }
        }
    }

    /// `Services.plan` checks what it returns, and so does the face, which calls it. Universes of drawn verdicts have no guest that could be checked; the
    /// exhaustive planner is what plans are compared with.
    @Test func `no test plans around the check`() throws {
        let exempt = ["BruteForceTests", "AuditTests", "RegistryOrderTests"].map { "Tests/PlacementTests/\($0).swift" }
        let files = try SourceFile.below("Tests").filter {
            !exempt.contains($0.path) && !$0.path.hasPrefix("Tests/Benchmarks") && !$0.path.hasPrefix("Tests/FaceTests")
                && !$0.path.hasPrefix("Tests/Fuzz")
        }
        var checked = 0
        for file in files {
            for (number, text) in file.code {
                let allowed = text.replacing("Services.plan(", with: "").replacing(
                    "ExhaustivePlanner(planner: planner).plan(", with: "")
                #expect(!allowed.contains(".plan("), "\(file.path):\(number): \(text)")
                if text.contains("Services.plan(") { checked += 1 }
            }
        }
        #expect(checked > 25)
    }

    @Test func `a test can tell code from comment and text`() {
        let file = SourceFile(
            path: "Sources/PCI/x.swift",
            lines: ["let a = \"print(\\\"x\\\")\" // try!", "let b = \"\"\"", "fatalError(", "\"\"\"", "c(d)"])
        #expect(file.code.map(\.text) == ["let a = \"\" ", "let b = \"\"\"", "c(d)"])
        #expect(file.code.map(\.number) == [1, 2, 5])
        #expect(SourceFile(path: "Sources/PCI/x", lines: ["@_exported public import BerthPCI"]).imports == ["BerthPCI"])
    }
}
