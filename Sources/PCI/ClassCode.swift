import BerthDiagnostics

/// Base class, subclass and programming interface (PCI Code and ID Assignment Specification).
package struct ClassCode: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 24 bits: base class, subclass, programming interface.
    package var rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue & 0xff_ffff }
    package init(base: UInt8, sub: UInt8, interface: UInt8 = 0) {
        rawValue = UInt32(base) << 16 | UInt32(sub) << 8 | UInt32(interface)
    }

    package var base: UInt8 { UInt8(rawValue >> 16) }
    package var sub: UInt8 { UInt8(rawValue >> 8 & 0xff) }
    package var interface: UInt8 { UInt8(rawValue & 0xff) }
    /// Base class and subclass, the 16 bits firmware compares.
    package var baseAndSub: UInt16 { UInt16(rawValue >> 8) }

    package static let unclassified = ClassCode(base: 0, sub: 0)
    package static let vga = ClassCode(base: 3, sub: 0)
    package static let otherDisplay = ClassCode(base: 3, sub: 0x80)
    package static let ram = ClassCode(base: 5, sub: 0)
    package static let hostBridge = ClassCode(base: 6, sub: 0)
    package static let isaBridge = ClassCode(base: 6, sub: 1)
    package static let pciBridge = ClassCode(base: 6, sub: 4)
    package static let usb = ClassCode(base: 0xc, sub: 3)

    package var isDisplay: Bool { base == 3 }
    /// A bridge by its class, whatever its programming interface; this is what firmware tests.
    package var isPCIBridge: Bool { baseAndSub == 0x0604 }
    package var isVGA: Bool { baseAndSub == 0x0300 }

    /// The name of the subclass in the PCI-SIG's list; nil where we carry none.
    package var name: String? { Self.names[baseAndSub] }

    package var description: String { Hexadecimal.plain(rawValue, digits: 6) }
    package static func < (a: ClassCode, b: ClassCode) -> Bool { a.rawValue < b.rawValue }

    private static let names: [UInt16: String] = [
        0x0000: "unclassified device", 0x0002: "virtio filesystem", 0x00ff: "unclassified device",
        0x0100: "SCSI controller", 0x0101: "IDE controller", 0x0104: "RAID controller",
        0x0106: "SATA controller", 0x0108: "NVM controller",
        0x0200: "Ethernet controller", 0x0280: "network controller",
        0x0300: "VGA controller", 0x0380: "display controller",
        0x0401: "audio device", 0x0403: "HD audio device",
        0x0500: "RAM controller", 0x0580: "memory controller",
        0x0600: "host bridge", 0x0601: "ISA bridge", 0x0604: "PCI bridge", 0x0680: "bridge",
        0x0700: "serial controller", 0x0780: "communication controller",
        0x0805: "SD host controller", 0x0880: "system peripheral",
        0x0900: "keyboard controller", 0x0902: "mouse controller", 0x0980: "input controller",
        0x0c03: "USB controller", 0x0c05: "SMBus", 0x0c07: "IPMI interface",
    ]
}
