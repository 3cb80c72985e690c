import BerthBundled
import BerthTopology
import Foundation
import TestSupport
import Testing

struct BundledTopologyTests {
    private static let folder = PackageRoot.url.appendingPathComponent("Topologies")

    @Test(arguments: BundledTopologies.names)
    func `a bundled topology reads without findings`(name: String) throws {
        let topology = try #require(try BundledTopologies.topology(named: name))
        #expect(topology.name == name)
        #expect(!topology.summary.isEmpty)
        #expect(topology.igd != nil)
        #expect(topology.resolve().findings == [])
    }

    @Test func `the list equals the folder`() throws {
        let files = try PackageRoot.files(below: "Topologies", suffix: ".yaml")
        #expect(files == BundledTopologies.names.map { "\($0).yaml" })
        #expect(files.contains("\(BundledTopologies.defaultName).yaml"))
        #expect(BundledTopologies.file(named: "nothing-of-the-kind") == nil)
    }

    @Test(arguments: BundledTopologies.names)
    func `what is bundled is the file, and the file starts with a comment`(name: String) throws {
        let file = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).yaml"))
        #expect(BundledTopologies.file(named: name) == [UInt8](file))
        #expect(file.starts(with: Data("# ".utf8)))
    }

    @Test func `the package lists the same files`() throws {
        let package = try String(contentsOf: PackageRoot.url.appendingPathComponent("Package.swift"), encoding: .utf8)
        for name in BundledTopologies.names { #expect(package.contains("    \"\(name)\",\n")) }
    }
}
