/// Something that QEMU does not do for an IGD, in its words.
package struct IGDRefusal: Hashable, Sendable, CustomStringConvertible {
    package enum Cause: Hashable, Sendable, CaseIterable {
        /// Something is at 00:1f.0, where the LPC bridge has to be.
        case lpcSlotTaken
        case unknownDevice
        case noROM
        case noOpRegion
        /// Another machine than i440fx, or not at 00:02.0.
        case wrongPlace
        /// A value of `x-igd-gms`.
        case sizeProperty
        /// A fw_cfg file that QEMU makes itself, given by hand as well.
        case duplicateFile
    }

    package var cause: Cause
    /// As QEMU prints it.
    package var message: String

    package init(_ cause: Cause, _ message: String) {
        self.cause = cause
        self.message = message
    }

    package var description: String { message }
}
