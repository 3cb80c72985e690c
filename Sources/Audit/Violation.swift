package import BerthDiagnostics

/// Something that a plan says and that cannot be.
package struct Violation: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable, CaseIterable {
        case firmwareStops, noCarrier, addressDiffers, noAddress, notPowerOfTwo, misaligned, tooSmall, outsideAperture
        case outsideWindow, strayWindow, overlapsBAR, overlapsRegion, inRAM, notInRAM, notReserved, reservedRange
        case chipset, registerTooNarrow, registerDiffers, noRegister
    }

    package var kind: Kind
    /// The region.
    package var region: String
    package var statement: Statement

    package var description: String { "\(region): \(statement)" }
}
