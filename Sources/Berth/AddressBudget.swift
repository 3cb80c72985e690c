import BerthBoot
public import BerthPCI

/// How full a guest's address space is, and what would still fit.
public struct AddressBudget: Hashable, Sendable {
    /// One range that addresses are handed out from.
    public struct Space: Hashable, Sendable {
        /// `I/O`, `below 4 GiB`, `above 4 GiB`, or the bridge and the kind of window.
        public let name: String
        /// All of it.
        public let size: ByteCount
        /// What BARs and windows take of it.
        public let used: ByteCount
        /// The largest naturally aligned block that is free without moving anything, which is what hot-plug can use; nil where
        /// nothing is.
        public let largestFree: ByteCount?
    }

    /// Root apertures first, then the windows of the bridges.
    public let spaces: [Space]
    /// How many of the 256 bus numbers some bus has.
    public let usedBusNumbers: Int
    /// The largest 32-bit BAR that one more device could have, everything else placed anew; nil: none.
    public let largest32BitBAR: ByteCount?
    /// The same for a 64-bit prefetchable BAR.
    public let largest64BitBAR: ByteCount?

    init(_ budget: Budget) {
        spaces = budget.spaces.map {
            Space(name: $0.name, size: $0.size, used: $0.used, largestFree: $0.largestFree)
        }
        usedBusNumbers = budget.buses.used
        largest32BitBAR = budget.largest32BitBAR
        largest64BitBAR = budget.largest64BitBAR
    }
}
