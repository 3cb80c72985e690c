import BerthDiagnostics
package import BerthOptionROM
import BerthPCI
package import BerthTopology

extension Services {
    /// The register writer's ROM of a guest, for the function that has it.
    ///
    /// `wrapping`: the ROM of the display that runs behind it, and its name. Nil where the guest needs none.
    /// Errors: what the ROM cannot be told (`EmissionRefusal`); a ROM that cannot be wrapped (`InputError`).
    package static func writerROM(
        of topology: GuestTopology, wrapping rom: (file: ROMFile, name: String)? = nil
    ) throws -> [UInt8]? {
        let tasks = topology.registerTasks
        guard let display = tasks.first?.target else { return nil }
        let tree = topology.resolve().tree
        let table = try WriterTable(tasks, in: tree)
        if let rom { return try WriterROM.wrapping(rom.file, table, file: rom.name) }
        let holder = topology.devices.first { !$0.tasks.isEmpty }?.slot ?? display
        guard let index = tree.index(at: holder) else { return nil }
        return WriterROM.make(table, vendor: tree.functions[index].vendor, device: tree.functions[index].device)
    }
}

extension Services {
    /// The guest with what register writers in its ROM files do; `read` gives a file, or nil where it cannot.
    package static func withWriters(in topology: GuestTopology, read: (String) -> [UInt8]?) -> GuestTopology {
        var copy = topology
        var tree: PCITree?
        func tasks(_ path: String) -> [RegisterTask] {
            guard let bytes = read(path), let file = try? ROMFile(bytes, file: path),
                let table = file.images.lazy.compactMap(\.writer).first
            else { return [] }
            let known = tree ?? topology.resolve().tree
            tree = known
            return table.tasks(in: known)
        }
        for index in copy.devices.indices where copy.devices[index].tasks.isEmpty {
            if case .text(let path)? = copy.devices[index]["romfile"], !path.isEmpty {
                copy.devices[index].tasks = tasks(path)
            }
        }
        if let igd = copy.igd, igd.tasks.isEmpty, let path = igd.rom.path { copy.igd?.tasks = tasks(path) }
        return copy
    }
}

/// The file with Berth's option ROM that a plan needs.
package struct WriterROMFile: Hashable, Sendable {
    package var path: String
    package var bytes: [UInt8]

    /// Where it goes if nobody says where the configuration lies.
    package static let usualFolder = "/var/lib/berth"

    /// Nil where the plan needs none. Errors: what the ROM cannot be told (`EmissionRefusal`).
    package init?(_ plan: EmittablePlan, in folder: String) throws {
        guard let bytes = try Services.writerROM(of: plan.topology) else { return nil }
        path = "\(folder == "/" ? "" : folder)/\(plan.topology.writerFileName)"
        self.bytes = bytes
    }
}
