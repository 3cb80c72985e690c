/// A slot by QEMU's name of its bus, as a statement keeps it.
package struct SlotName: Hashable, Sendable {
    package var bus: String
    /// `device << 3 | function`.
    package var devfn: UInt8

    package init(bus: String, devfn: UInt8) {
        self.bus = bus
        self.devfn = devfn
    }
}

extension Statement {
    package enum Part: Hashable, Sendable {
        /// Said as they stand.
        case words(String)
        /// What has a name: a device, a model, a platform, a file.
        case name(String)
        case number(Int)
        case address(UInt64)
        /// First and last byte.
        case range(UInt64, UInt64)
        case size(UInt64)
        /// A sum that no unit divides, to two decimals.
        case roughSize(UInt64)
        case slot(SlotName, SlotForm)
        /// A function by its address: segment, bus and devfn.
        case function(segment: UInt16, bus: UInt8, devfn: UInt8, SlotForm)
        /// Vendor and device.
        case identity(UInt16, UInt16)
        /// BDSM and the like, with its offset in configuration space.
        case register(String, offset: Int)
        /// An offset in configuration space.
        case offset(Int)
        /// Hexadecimal without prefix, at least so many digits: class codes, arguments of setpci.
        case digits(UInt64, width: Int)
        /// Of what, and its number as its makers write it; printed without the name.
        case release(Product, String)
    }

    package enum SlotForm: Hashable, Sendable {
        /// `00:03.0` on a machine's root bus, elsewhere as `full`: the number of such a bus is the firmware's to give.
        case short
        /// `pcie.0:03.0`, and `0000:00:03.0` of a function.
        case full
    }

    /// What has releases.
    package enum Product: Hashable, Sendable {
        case qemu, linux, libvirt, windows
        /// Of a kind, by its name.
        case firmware(String)
    }
}

extension Statement.Part {
    /// Appends the text.
    func write(to text: inout String) {
        switch self {
        case .words(let words): text += words
        case .name(let name): text += name
        case .number(let number): text += String(number)
        case .address(let address): text += Hexadecimal.string(address)
        case .range(let first, let last): text += "\(Hexadecimal.string(first))-\(Hexadecimal.string(last))"
        case .size(let bytes): text += BinaryUnits.exact(bytes)
        case .roughSize(let bytes): text += BinaryUnits.approximate(bytes)
        case .slot(let slot, .short) where Self.rootBuses.contains(slot.bus): text += "00:\(Self.place(slot.devfn))"
        case .slot(let slot, _): text += "\(slot.bus):\(Self.place(slot.devfn))"
        case .function(let segment, let bus, let devfn, let form):
            if form == .full { text += "\(Hexadecimal.plain(segment, digits: 4)):" }
            text += "\(Hexadecimal.plain(bus, digits: 2)):\(Self.place(devfn))"
        case .identity(let vendor, let device):
            text += "\(Hexadecimal.plain(vendor, digits: 4)):\(Hexadecimal.plain(device, digits: 4))"
        case .register(let name, _): text += name
        case .offset(let offset): text += Hexadecimal.string(offset)
        case .digits(let value, let width): text += Hexadecimal.plain(value, digits: width)
        case .release(_, let number): text += number
        }
    }

    /// QEMU's names of them; without a name where a statement is compared with the same said of another slot.
    private static let rootBuses: Set<String> = ["pci.0", "pcie.0", ""]

    /// `02.0`
    private static func place(_ devfn: UInt8) -> String { "\(Hexadecimal.plain(devfn >> 3, digits: 2)).\(devfn & 7)" }
}
