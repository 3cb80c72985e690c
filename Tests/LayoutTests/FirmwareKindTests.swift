import BerthBoot
import BerthStack
import Foundation
import TestSupport
import Testing

/// A new kind of firmware is a folder and one line in each of two modules: what it is, in `BerthStack`, and what it does to a guest,
/// in `BerthBoot`, which knows guests.
struct FirmwareKindTests {
    /// The two registries.
    private static let registries = [
        "Sources/Stack/Firmware/FirmwareKind.swift": [
            "public static let allCases: [FirmwareKind] = [.seabios, .ovmf]",
            // What QEMU starts where nobody says anything.
            "package static let standard = FirmwareKind.seabios",
        ],
        "Sources/Boot/FirmwareModel.swift": ["static let all: [any TimedFirmware.Type] = [SeaBIOS.self, OVMF.self]"],
    ]

    @Test func `nobody names a kind of firmware but its folders, the two registries and the rows of stacks`() throws {
        let naming = /\.(seabios|ovmf)\b(?!\/)|\b(SeaBIOS|OVMF)(Release|Kind|Decode)\b|\b(SeaBIOS|OVMF)(\(|\.[a-z])/
        var named: [String: [String]] = [:]
        for file in try SourceFile.below("Sources")
        where !file.path.hasPrefix("Sources/Boot/Firmware/") && !file.path.hasPrefix("Sources/Stack/Firmware/SeaBIOS/")
            && !file.path.hasPrefix("Sources/Stack/Firmware/OVMF/") && file.path != "Sources/Stack/NamedStacks.swift"
            // Who prints a log.
            && !file.path.hasPrefix("Sources/Logs/")
        {
            for (_, text) in file.code where Self.withoutStrings(text).firstMatch(of: naming) != nil {
                named[file.path, default: []].append(text.trimmingCharacters(in: .whitespaces))
            }
        }
        #expect(named == Self.registries)
    }

    /// What a statement says of a firmware is no code that tells kinds apart.
    private static func withoutStrings(_ text: String) -> String { text.replacing(/"[^"]*"/, with: "") }

    @Test(arguments: ["Sources/Stack/Firmware", "Sources/Boot/Firmware"])
    func `a kind is a folder`(place: String) throws {
        let folders = Set(
            try SourceFile.below(place).compactMap { file -> String? in
                let parts = file.path.split(separator: "/")
                return parts.count > 4 ? parts[3].lowercased() : nil
            })
        #expect(folders == Set(FirmwareKind.allCases.map(\.rawValue)))
    }

    @Test func `every kind has a model`() {
        let modelled = FirmwareKind.allCases.filter { kind in
            FirmwareModels.model(for: FirmwareChoice(kind)).sources.isEmpty == false
        }
        #expect(modelled == FirmwareKind.allCases)
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
