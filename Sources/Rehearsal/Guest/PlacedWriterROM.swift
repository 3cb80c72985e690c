import BerthServices
import BerthTopology

extension GuestTopology {
    /// The same with Berth's option ROM, where it needs one, as a file in the folder.
    ///
    /// Errors: what the ROM cannot be told; the file cannot be written.
    func withWriterROM(in folder: PrivateFolder) throws -> GuestTopology {
        guard let bytes = try Services.writerROM(of: self) else { return self }
        var copy = self
        let path = folder.file(Device.writerFile)
        try folder.write(bytes, to: Device.writerFile)
        copy.setWriterFile(path)
        return copy
    }
}
