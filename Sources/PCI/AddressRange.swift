import BerthDiagnostics

/// A contiguous, non-empty run of addresses that does not wrap around 2^64.
package struct AddressRange<Space: AddressSpace>: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let start: PhysicalAddress<Space>
    package let size: ByteCount

    /// Nil if the range is empty or its last byte lies beyond 2^64 - 1.
    package init?(start: PhysicalAddress<Space>, size: ByteCount) {
        guard size.rawValue > 0, !start.rawValue.addingReportingOverflow(size.rawValue - 1).overflow else {
            return nil
        }
        self.start = start
        self.size = size
    }

    /// From the first to the last byte, both included; nil if they are the wrong way round.
    package init?(first: PhysicalAddress<Space>, last: PhysicalAddress<Space>) {
        guard first <= last else { return nil }
        let (count, overflow) = (last.rawValue - first.rawValue).addingReportingOverflow(1)
        guard !overflow else { return nil }
        self.init(start: first, size: ByteCount(count))
    }

    /// The last byte of the range.
    package var last: PhysicalAddress<Space> { PhysicalAddress(start.rawValue + (size.rawValue - 1)) }

    /// One past the last byte; nil where that is 2^64.
    package var end: PhysicalAddress<Space>? {
        last.rawValue == .max ? nil : PhysicalAddress(last.rawValue + 1)
    }

    package func contains(_ address: PhysicalAddress<Space>) -> Bool { start <= address && address <= last }
    package func contains(_ other: Self) -> Bool { start <= other.start && other.last <= last }
    package func overlaps(_ other: Self) -> Bool { start <= other.last && other.start <= last }

    package func intersection(_ other: Self) -> Self? {
        Self(first: max(start, other.start), last: min(last, other.last))
    }

    /// Ordered by start, then by size.
    package static func < (a: Self, b: Self) -> Bool { (a.start, a.size) < (b.start, b.size) }

    /// First and last byte, both included, as `/proc/iomem` prints them: `0xf8000000-0xfbffffff`.
    package var description: String { "\(start)-\(last)" }
}

package typealias GuestRange = AddressRange<GuestMemory>
package typealias HostRange = AddressRange<HostMemory>
package typealias PortRange = AddressRange<GuestPorts>
