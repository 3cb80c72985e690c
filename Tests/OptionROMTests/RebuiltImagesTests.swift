import Foundation
import Testing

/// The images that are committed are what their sources make.
struct RebuiltImagesTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/OptionROM/Firmware")

    /// Debian 12's compiler and linker: others make other bytes.
    private static let hasTools = ["clang-14", "ld.lld-14", "lld-link-14"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    }

    @Test(.enabled(if: hasTools)) func `clang and lld make the same bytes again`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "berth-rom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = Self.sources.appending(path: "build")
        process.arguments = [folder.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        for name in ["bios.bin", "uefi.efi"] {
            let built = try Data(contentsOf: folder.appending(path: name))
            #expect(built == (try Data(contentsOf: Self.sources.appending(path: name))), "\(name)")
        }
    }
}
