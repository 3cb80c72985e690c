/// The two memory regions that an IGD needs and none of its BARs carries.
public enum Region: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Data stolen memory; BDSM points at it.
    case stolenMemory = "stolen-memory"
    /// Firmware's mailbox for the driver, with the display's wiring; ASLS points at it.
    case opRegion = "opregion"

    /// As sentences name it.
    public var name: String { self == .stolenMemory ? "stolen memory" : "OpRegion" }

    package var other: Region { self == .stolenMemory ? .opRegion : .stolenMemory }

    /// Stolen memory before the OpRegion.
    public static func < (a: Region, b: Region) -> Bool { a == .stolenMemory && b == .opRegion }
}
