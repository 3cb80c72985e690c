/// Something that a plan says and that cannot be.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable, CaseIterable {
        case firmwareStops, noCarrier, addressDiffers, noAddress, notPowerOfTwo, misaligned, tooSmall, outsideAperture
        case outsideWindow, strayWindow, overlapsBAR, overlapsRegion, inRAM, notInRAM, notReserved, reservedRange
        case chipset, registerTooNarrow, registerDiffers, noRegister
    }

    public var kind: Kind
    /// The region.
    public var region: String
    public var words: String

    public var description: String { "\(region): \(words)" }
}
