package import BerthDiagnostics
package import BerthIGD

/// A copy of an OpRegion: its bytes and what they say.
package struct OpRegionDump: Hashable, Sendable {
    package let bytes: [UInt8]
    package let region: OpRegion

    /// The most that is read: the base and the largest VBT that a dword can name would be more than any machine has.
    package static let limit = 1 << 20

    /// Errors: bytes that are none, or not all of one.
    package init(_ bytes: [UInt8], file: String) throws(InputError) {
        do {
            region = try OpRegion(bytes: bytes)
        } catch {
            throw InputError("\(error)", rule: "opregion", at: SourceLocation(file: file))
        }
        self.bytes = bytes
    }
}
