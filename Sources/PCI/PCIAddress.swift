import BerthDiagnostics

/// The place of a PCI function: segment, bus, device, function.
///
/// Printed in full (`0000:00:02.0`); read in full or without the segment (`00:02.0`). All parts are
/// hexadecimal, the device at most 1f, the function at most 7 (PCI Local Bus 3.0 §6.1).
public struct PCIAddress: Hashable, Sendable, Comparable, CustomStringConvertible, LosslessStringConvertible {
    /// The segment group, which sysfs calls the domain; 0 on most machines.
    public package(set) var segment: UInt16
    /// The number of the bus, as firmware or the OS gave it.
    public package(set) var bus: UInt8
    /// 0...31
    public let device: UInt8
    /// 0...7
    public let function: UInt8

    /// Nil if the device is above 31 or the function above 7.
    public init?(segment: UInt16 = 0, bus: UInt8, device: UInt8, function: UInt8) {
        guard device < 32, function < 8 else { return nil }
        self.segment = segment
        self.bus = bus
        self.device = device
        self.function = function
    }

    /// From `device << 3 | function`.
    package init(segment: UInt16 = 0, bus: UInt8, devfn: UInt8) {
        self.segment = segment
        self.bus = bus
        device = devfn >> 3
        function = devfn & 7
    }

    /// Reads `0000:00:02.0` and `00:02.0`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let tail = parts.last else { return nil }
        let slot = tail.split(separator: ".", omittingEmptySubsequences: false)
        guard slot.count == 2,
            let segment = parts.count == 3 ? Self.hexadecimal(parts[0], digits: 1...4) : 0,
            let bus = Self.hexadecimal(parts[parts.count - 2], digits: 1...2),
            let device = Self.hexadecimal(slot[0], digits: 1...2),
            let function = Self.hexadecimal(slot[1], digits: 1...1)
        else { return nil }
        self.init(
            segment: UInt16(segment), bus: UInt8(bus), device: UInt8(device), function: UInt8(function))
    }

    private static func hexadecimal(_ text: Substring, digits: ClosedRange<Int>) -> UInt64? {
        guard digits.contains(text.utf8.count), text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            return nil
        }
        return UInt64(text, radix: 16)
    }

    /// `device << 3 | function`.
    package var devfn: UInt8 { device << 3 | function }
    /// `bus << 8 | devfn`: the requester ID an IOMMU sees.
    package var routingID: UInt16 { UInt16(bus) << 8 | UInt16(devfn) }

    /// With the segment: `0000:00:02.0`.
    public var description: String { "\(Hexadecimal.plain(segment, digits: 4)):\(short)" }
    /// Without the segment, as `lspci` prints it on machines that have one: `00:02.0`.
    public var short: String { "\(Hexadecimal.plain(bus, digits: 2)):\(slotText)" }
    /// Device and function only, as QEMU's `addr=` takes them: `02.0`.
    package var slotText: String { "\(Hexadecimal.plain(device, digits: 2)).\(function)" }

    /// By segment, bus, device and function.
    public static func < (a: PCIAddress, b: PCIAddress) -> Bool {
        (a.segment, a.routingID) < (b.segment, b.routingID)
    }
}
