/// Which mailboxes an OpRegion says it has: the dword at 0x58.
package struct OpRegionMailboxes: OptionSet, Hashable, Sendable {
    package var rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Mailbox 1: public ACPI methods.
    package static let acpi = OpRegionMailboxes(rawValue: 1 << 0)
    /// Mailbox 2: software SCI.
    package static let swsci = OpRegionMailboxes(rawValue: 1 << 1)
    /// Mailbox 3: power conservation and backlight; holds RVDA and RVDS.
    package static let asle = OpRegionMailboxes(rawValue: 1 << 2)
    /// Mailbox 4: the video BIOS table.
    package static let vbt = OpRegionMailboxes(rawValue: 1 << 3)
    /// Mailbox 5: extension of mailbox 3.
    package static let asleExtension = OpRegionMailboxes(rawValue: 1 << 4)
    /// Backlight, from version 3 on.
    package static let backlight = OpRegionMailboxes(rawValue: 1 << 5)
}
