import BerthPCI
import BerthDiagnostics

/// QEMU's name of a bus: `pci.0`, `pcie.0`, or the id of the bridge it hangs off.
public struct BusName: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ text: String) { rawValue = text }
    public init(stringLiteral value: String) { rawValue = value }
    public var description: String { rawValue }
    public static func < (a: BusName, b: BusName) -> Bool { a.rawValue < b.rawValue }
}

/// A place on a named bus. Bus numbers are the firmware's to give; before it ran, a bus has only a name.
public struct Slot: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var bus: BusName
    /// `device << 3 | function`.
    public var devfn: UInt8

    public init(_ bus: BusName, devfn: UInt8) {
        self.bus = bus
        self.devfn = devfn
    }

    /// Nil if the device is above 31 or the function above 7.
    public init?(_ bus: BusName, device: UInt8, function: UInt8) {
        guard device < 32, function < 8 else { return nil }
        self.init(bus, devfn: device << 3 | function)
    }

    public var device: UInt8 { devfn >> 3 }
    public var function: UInt8 { devfn & 7 }

    /// `02.0`
    public var slotText: String { PCIAddress(bus: 0, devfn: devfn).slotText }
    /// `pcie.0:02.0`
    public var description: String { "\(bus):\(slotText)" }
    public static func < (a: Slot, b: Slot) -> Bool { (a.bus, a.devfn) < (b.bus, b.devfn) }
}
