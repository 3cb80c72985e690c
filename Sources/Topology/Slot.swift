import BerthPCI
import BerthDiagnostics

/// QEMU's name of a bus: `pci.0`, `pcie.0`, or the id of the bridge it hangs off.
package struct BusName: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ text: String) { rawValue = text }
    package init(stringLiteral value: String) { rawValue = value }
    package var description: String { rawValue }
    package static func < (a: BusName, b: BusName) -> Bool { a.rawValue < b.rawValue }
}

/// A place on a named bus. Bus numbers are the firmware's to give; before it ran, a bus has only a name.
package struct Slot: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var bus: BusName
    /// `device << 3 | function`.
    package var devfn: UInt8

    package init(_ bus: BusName, devfn: UInt8) {
        self.bus = bus
        self.devfn = devfn
    }

    /// Nil if the device is above 31 or the function above 7.
    package init?(_ bus: BusName, device: UInt8, function: UInt8) {
        guard device < 32, function < 8 else { return nil }
        self.init(bus, devfn: device << 3 | function)
    }

    package var device: UInt8 { devfn >> 3 }
    package var function: UInt8 { devfn & 7 }

    /// `02.0`
    package var slotText: String { PCIAddress(bus: 0, devfn: devfn).slotText }
    /// `pcie.0:02.0`
    package var description: String { "\(bus):\(slotText)" }
    package static func < (a: Slot, b: Slot) -> Bool { (a.bus, a.devfn) < (b.bus, b.devfn) }
}
