package import BerthLogs
package import BerthPCI
package import BerthTopology

/// What logs say, with their numbers put into the guest's map.
package struct LogReport: Hashable, Sendable {
    package let files: [File]
    /// What is wrong first, then by what the user sees, then in the order of the logs.
    package let entries: [Entry]

    /// How much of a log is known.
    package struct File: Hashable, Sendable {
        package let name: String
        package let lines: Int
        package let known: Int
        /// Lines that were longer than is read.
        package let cut: Int
    }

    /// One message, however often it was printed.
    package struct Entry: Hashable, Sendable {
        package let file: String
        package let message: LogMessage
        /// Of a kernel's message: whose that is, where the log says so.
        package let machine: LogMachine?
        package let count: Int
        package let first: Line
        /// With other numbers, the first of them.
        package let others: [Line]
    }

    package struct Line: Hashable, Sendable {
        package let number: Int
        package let values: [Value]
    }

    /// What stood in a place of a message, and what that is of this guest.
    package struct Value: Hashable, Sendable {
        package let name: String
        package let value: LogValue
        package let places: [Place]
    }

    package enum Place: Hashable, Sendable {
        case hostRegion(Region, HostRange)
        /// By the host's log.
        case kept(KeptMemory, HostRange)
        case guestRegion(Region, GuestRange)
        case bar(function: String, isIGD: Bool, BARIndex, GuestRange)
        case ram
        case reserved
        /// Nothing of the guest's is there.
        case nowhere
        /// The IOMMU does not map so many bits.
        case aboveIOMMU(bits: Int)
        case igd
        case otherDevice
    }
}
