package import BerthPCI
package import BerthStack
package import BerthTopology

/// The guest that a report is about, as far as its heading tells.
package struct ReportedGuest: Hashable, Sendable {
    package let name: String
    package let machine: Machine
    package let ram: ByteCount
    package let firmware: FirmwareChoice
    package let qemu: QEMURelease
    package let system: GuestOS
    package let purpose: Purpose
    /// Whether somebody said so.
    package let isPurposeGiven: Bool
    /// Where the releases come from: `debian-12`, or `debian-12 otherwise` where QEMU or firmware are others.
    package let stack: String
    /// Nil for a guest without one, which can be simulated and not planned.
    package let igd: IGDAssignment?

    package init(_ guest: GuestTopology) {
        name = guest.name
        machine = guest.machine
        ram = guest.ram.size
        firmware = guest.firmware
        qemu = guest.qemu
        system = guest.guest
        purpose = guest.use
        isPurposeGiven = guest.purpose != nil
        let named = Stack.named(guest.stack.name)
        let isWhole = named.map {
            $0.qemu == guest.qemu && FirmwareChoice(guest.firmware.kind, of: $0) == guest.firmware
        }
        stack = isWhole == false ? "\(guest.stack.name) otherwise" : guest.stack.name
        igd = guest.igd
    }
}
