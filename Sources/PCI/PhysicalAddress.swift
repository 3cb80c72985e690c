import BerthDiagnostics

/// A space that addresses live in; the phantom parameter keeps host and guest numbers apart.
public protocol AddressSpace: Sendable {}

/// The memory the guest's processor sees.
public enum GuestMemory: AddressSpace {}
/// The memory of the machine that runs the guest.
public enum HostMemory: AddressSpace {}
/// The guest's 16-bit I/O ports.
public enum GuestPorts: AddressSpace {}

/// An address in one space.
public struct PhysicalAddress<Space: AddressSpace>: RawRepresentable, Hashable, Sendable, Comparable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ value: UInt64) { rawValue = value }
    public init(integerLiteral value: UInt64) { rawValue = value }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public static func + (a: Self, b: ByteCount) -> Self { Self(a.rawValue + b.rawValue) }

    public func isAligned(to size: ByteCount) -> Bool { size.rawValue == 0 || rawValue % size.rawValue == 0 }

    public var description: String { Hexadecimal.string(rawValue) }
}

public typealias GuestPhysicalAddress = PhysicalAddress<GuestMemory>
public typealias HostPhysicalAddress = PhysicalAddress<HostMemory>
public typealias PortAddress = PhysicalAddress<GuestPorts>

extension PhysicalAddress<HostMemory> {
    /// The guest address with the same number: the only place where the two spaces convert.
    public var identityMapped: GuestPhysicalAddress { GuestPhysicalAddress(rawValue) }
}

extension PhysicalAddress<GuestMemory> {
    /// 4 GiB: the first address that a 32-bit register cannot hold.
    public static let fourGiB = GuestPhysicalAddress(1 << 32)
}
