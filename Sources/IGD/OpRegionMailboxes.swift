/// Which mailboxes an OpRegion says it has: the dword at 0x58.
public struct OpRegionMailboxes: OptionSet, Hashable, Sendable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Mailbox 1: public ACPI methods.
    public static let acpi = OpRegionMailboxes(rawValue: 1 << 0)
    /// Mailbox 2: software SCI.
    public static let swsci = OpRegionMailboxes(rawValue: 1 << 1)
    /// Mailbox 3: power conservation and backlight; holds RVDA and RVDS.
    public static let asle = OpRegionMailboxes(rawValue: 1 << 2)
    /// Mailbox 4: the video BIOS table.
    public static let vbt = OpRegionMailboxes(rawValue: 1 << 3)
    /// Mailbox 5: extension of mailbox 3.
    public static let asleExtension = OpRegionMailboxes(rawValue: 1 << 4)
    /// Backlight, from version 3 on.
    public static let backlight = OpRegionMailboxes(rawValue: 1 << 5)
}
