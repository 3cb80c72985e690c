import ArgumentParser
import BerthDiagnostics
import BerthHost
import BerthStack
import BerthTopology

/// What replaces parts of a guest.
struct GuestReplacements: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The host: dumps of lspci, /proc/iomem or the kernel's log, a copy of /sys, an archive, or what 'berth host' wrote.",
            valueName: "path"))
    var host: String?

    @OptionGroup var releases: ReleaseOptions

    @Option(help: "Another firmware: seabios or ovmf, with a release after a colon.")
    var firmware: String?

    @Option(
        help:
            "Another guest: linux-VERSION (with +batched-sizing for a backport), windows-10, windows-11, firmware-only."
    )
    var guest: String?

    @Option(
        help: ArgumentHelp(
            "What the IGD is for: display (a monitor once the driver runs), boot-display (a picture from power-on) or "
                + "render (no monitor).", valueName: "purpose"))
    var purpose: String?

    /// What is no matter of the stack that the guest was read for, and not the host.
    ///
    /// Errors: names that stand for nothing; a purpose that the guest's OS cannot have.
    func replace(in topology: inout GuestTopology) throws(InputError) {
        try Self.replace(in: &topology, firmware: firmware, guest: guest, purpose: purpose)
    }

    /// The same with names from elsewhere.
    static func replace(
        in topology: inout GuestTopology, firmware: String?, guest: String?, purpose: String?
    ) throws(InputError) {
        let stack = topology.stack
        if let firmware {
            topology.firmware = try ReleaseOptions.value(firmware, "firmware") { text throws(UnknownName) in
                try FirmwareChoice.parse(text, of: stack)
            }
        }
        if let guest { topology.guest = try ReleaseOptions.value(guest, "guest", GuestOS.parse) }
        if let purpose { topology.purpose = try ReleaseOptions.value(purpose, "purpose", Purpose.parse) }
        try topology.checkPurpose()
    }

    /// Errors: a host without an IGD.
    func inventory() throws(InputError) -> HostInventory? {
        guard let host else { return nil }
        let inventory = try HostInput.read(host)
        guard inventory.igd != nil else {
            let isNamed = inventory.functionsWithoutIdentity.contains(HostInventory.igdAddress)
            throw InputError(
                isNamed
                    ? "00:02.0 has a name in this dump that stands for no device that is known; expected its ids, as 'lspci -nn' prints them"
                    : "no Intel display at 00:02.0 in this dump; expected an IGD", rule: "no-igd",
                at: SourceLocation(file: host))
        }
        return inventory
    }
}
