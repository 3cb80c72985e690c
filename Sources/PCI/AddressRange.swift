import BerthDiagnostics

/// A contiguous, non-empty run of addresses that does not wrap around 2^64.
public struct AddressRange<Space: AddressSpace>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let start: PhysicalAddress<Space>
    public let size: ByteCount

    /// Nil if the range is empty or its last byte lies beyond 2^64 - 1.
    public init?(start: PhysicalAddress<Space>, size: ByteCount) {
        guard size.rawValue > 0, !start.rawValue.addingReportingOverflow(size.rawValue - 1).overflow else {
            return nil
        }
        self.start = start
        self.size = size
    }

    /// From the first to the last byte, both included; nil if they are the wrong way round.
    public init?(first: PhysicalAddress<Space>, last: PhysicalAddress<Space>) {
        guard first <= last else { return nil }
        let (count, overflow) = (last.rawValue - first.rawValue).addingReportingOverflow(1)
        guard !overflow else { return nil }
        self.init(start: first, size: ByteCount(count))
    }

    /// The last byte of the range.
    public var last: PhysicalAddress<Space> { PhysicalAddress(start.rawValue + (size.rawValue - 1)) }

    /// One past the last byte; nil where that is 2^64.
    public var end: PhysicalAddress<Space>? {
        last.rawValue == .max ? nil : PhysicalAddress(last.rawValue + 1)
    }

    public func contains(_ address: PhysicalAddress<Space>) -> Bool { start <= address && address <= last }
    public func contains(_ other: Self) -> Bool { start <= other.start && other.last <= last }
    public func overlaps(_ other: Self) -> Bool { start <= other.last && other.start <= last }

    public func intersection(_ other: Self) -> Self? {
        Self(first: max(start, other.start), last: min(last, other.last))
    }

    /// Ordered by start, then by size.
    public static func < (a: Self, b: Self) -> Bool { (a.start, a.size) < (b.start, b.size) }

    /// First and last byte, both included, as `/proc/iomem` prints them: `0xf8000000-0xfbffffff`.
    public var description: String { "\(start)-\(last)" }
}

public typealias GuestRange = AddressRange<GuestMemory>
public typealias HostRange = AddressRange<HostMemory>
public typealias PortRange = AddressRange<GuestPorts>
