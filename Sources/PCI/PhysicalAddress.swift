import BerthDiagnostics

/// A space that addresses live in; the phantom parameter keeps host and guest numbers apart.
public protocol AddressSpace: Sendable {}

/// The memory the guest's processor sees.
public enum GuestMemory: AddressSpace {}

/// The memory of the machine that runs the guest.
public enum HostMemory: AddressSpace {}

/// The guest's 16-bit I/O ports.
package enum GuestPorts: AddressSpace {}

/// An address in one space, counted in bytes.
public struct PhysicalAddress<Space: AddressSpace>: RawRepresentable, Hashable, Sendable, Comparable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    /// The address as a number.
    public package(set) var rawValue: UInt64

    /// The address as a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The address as a number.
    public init(_ value: UInt64) { rawValue = value }

    /// The address as a number.
    public init(integerLiteral value: UInt64) { rawValue = value }

    /// Lower addresses first.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// The address so many bytes behind this one; nil past 2^64.
    package func advanced(by size: ByteCount) -> Self? {
        let (sum, overflows) = rawValue.addingReportingOverflow(size.rawValue)
        return overflows ? nil : Self(sum)
    }

    package func isAligned(to size: ByteCount) -> Bool { size.rawValue == 0 || rawValue % size.rawValue == 0 }

    /// In hexadecimal: `0xba700000`.
    public var description: String { Hexadecimal.string(rawValue) }
}

/// An address as the guest's processor sees it.
public typealias GuestPhysicalAddress = PhysicalAddress<GuestMemory>

/// An address of the machine that runs the guest.
public typealias HostPhysicalAddress = PhysicalAddress<HostMemory>

package typealias PortAddress = PhysicalAddress<GuestPorts>

extension PhysicalAddress<HostMemory> {
    /// The guest address with the same number: the only place where the two spaces convert.
    package var identityMapped: GuestPhysicalAddress { GuestPhysicalAddress(rawValue) }
}

extension PhysicalAddress<GuestMemory> {
    /// 4 GiB: the first address that a 32-bit register cannot hold.
    package static let fourGiB = GuestPhysicalAddress(1 << 32)
}
