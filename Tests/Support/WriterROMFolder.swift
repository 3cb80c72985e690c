import BerthPCI
import BerthTopology
import Foundation

/// A folder in which a QEMU that is told `-L` finds a file of the size and under the name of Berth's option ROM. Before any
/// firmware runs nobody reads more of it.
package struct WriterROMFolder {
    package let path: String

    package init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-rom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(count: Int(Device.writerROMSize.rawValue)).write(to: folder.appendingPathComponent(Device.writerFile))
        path = folder.path
    }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
