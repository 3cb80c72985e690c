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
