import BerthDiagnostics

/// A space that addresses live in; the phantom parameter keeps host and guest numbers apart.
package protocol AddressSpace: Sendable {}

/// The memory the guest's processor sees.
package enum GuestMemory: AddressSpace {}
/// The memory of the machine that runs the guest.
package enum HostMemory: AddressSpace {}
/// The guest's 16-bit I/O ports.
package enum GuestPorts: AddressSpace {}

/// An address in one space.
package struct PhysicalAddress<Space: AddressSpace>: RawRepresentable, Hashable, Sendable, Comparable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    package var rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ value: UInt64) { rawValue = value }
    package init(integerLiteral value: UInt64) { rawValue = value }

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// The address so many bytes behind this one; nil past 2^64.
    package func advanced(by size: ByteCount) -> Self? {
        let (sum, overflows) = rawValue.addingReportingOverflow(size.rawValue)
        return overflows ? nil : Self(sum)
    }

    package func isAligned(to size: ByteCount) -> Bool { size.rawValue == 0 || rawValue % size.rawValue == 0 }

    package var description: String { Hexadecimal.string(rawValue) }
}

package typealias GuestPhysicalAddress = PhysicalAddress<GuestMemory>
package typealias HostPhysicalAddress = PhysicalAddress<HostMemory>
package typealias PortAddress = PhysicalAddress<GuestPorts>

extension PhysicalAddress<HostMemory> {
    /// The guest address with the same number: the only place where the two spaces convert.
    package var identityMapped: GuestPhysicalAddress { GuestPhysicalAddress(rawValue) }
}

extension PhysicalAddress<GuestMemory> {
    /// 4 GiB: the first address that a 32-bit register cannot hold.
    package static let fourGiB = GuestPhysicalAddress(1 << 32)
}
