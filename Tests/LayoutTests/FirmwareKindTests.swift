import BerthStack
import Foundation
import TestSupport
import Testing

/// A new kind of firmware is a folder of models and its lines in the registries named here.
struct FirmwareKindTests {
    /// Who may tell kinds apart: the kinds themselves, the stacks that have a release of each, what puts releases into statements and
    /// reads them from recordings, and the one registry of models. Everybody else asks for a trait.
    private static let exempt = [
        "Sources/Stack/FirmwareKind.swift", "Sources/Stack/FirmwareChoice.swift", "Sources/Stack/Stack.swift",
        "Sources/Boot/FirmwareModel.swift", "Sources/Stack/Statements.swift", "Sources/Rehearsal/RecordedStack.swift",
        // The packages that each comes in.
        "Sources/Installed/PackageDatabase.swift", "Sources/Installed/InstalledReleases.swift",
    ]

    @Test func `nobody else compares kinds of firmware`() throws {
        // The release of a stack, `stack.seabios`, is not a kind.
        let naming = /(^|[^\w)\]])\.(seabios|ovmf)\b/
        for file in try SourceFile.below("Sources")
        where !Self.exempt.contains(file.path) && !file.path.hasPrefix("Sources/Boot/Firmware/")
            // Who prints a log.
            && !file.path.hasPrefix("Sources/Logs/")
        {
            for (number, text) in file.code {
                #expect(text.firstMatch(of: naming) == nil, "\(file.path):\(number): \(text)")
            }
        }
    }

    @Test func `a kind is a folder of Boot`() throws {
        let folders = Set(
            try SourceFile.below("Sources/Boot/Firmware").compactMap { file -> String? in
                let parts = file.path.split(separator: "/")
                return parts.count > 4 ? parts[3].lowercased() : nil
            })
        #expect(folders == Set(FirmwareKind.allCases.map(\.rawValue)))
    }

    @Test func `versions are compared where releases are`() throws {
        // A model asks for a capability, not for a number. Lists of changes and eras name releases.
        let comparison = /[<>]=? ?(QEMURelease|SeaBIOSRelease|OVMFRelease|LinuxRelease|LibvirtRelease)\(/
        for file in try SourceFile.below("Sources/Boot") + SourceFile.below("Sources/Topology") {
            for (number, text) in file.code {
                #expect(text.firstMatch(of: comparison) == nil, "\(file.path):\(number): \(text)")
            }
        }
    }

    @Test func `no release has its number in what knows libvirt`() throws {
        let numbered = /(QEMURelease|SeaBIOSRelease|OVMFRelease|LinuxRelease|LibvirtRelease)\(\d/
        for folder in ["LibvirtDomain", "LibvirtEditing", "LibvirtRules"] {
            for file in try SourceFile.below("Sources/\(folder)") {
                for (number, text) in file.code {
                    #expect(text.firstMatch(of: numbered) == nil, "\(file.path):\(number): \(text)")
                }
            }
        }
    }
}
