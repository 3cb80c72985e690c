public import BerthDiagnostics

/// All problems, by name. A test holds it against the folder.
public enum Problems {
    public static let all: [any Problem] = [
        CarrierWithoutDriver(), FirmwareStops(), GOPWithoutStolenMemory(), GuestDoesNotStart(), HostFirmwareExposed(),
        HostSizeTooSmall(), LinuxWithoutOpRegion(), LinuxWithoutStolenMemory(), OptionROMWithoutOpRegion(),
        RegionVanishes(), RequestsAreDropped(), ReservedPartOutside(), StolenAnchorsDisagree(),
        StolenMemoryAtHostAddress(), VideoBIOSWithoutStolenMemory(), WindowsLosesMemory(), WindowsWithoutOpRegion(),
        WindowsWithoutStolenMemory(),
    ]

    static let ofRegions = all.filter { $0.scope == .region }
    static let ofGuests = all.filter { $0.scope == .guest }

    public static func problem(_ id: RuleID) -> (any Problem)? { all.first { $0.id == id } }
}
