import ArgumentParser
import BerthDiagnostics

/// What a bundle is made of.
struct CollectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "On the host: write what a diagnosis needs into this new folder, which 'berth diagnose DIR' reads anywhere.",
            valueName: "dir"))
    var collect: String?

    @Option(help: ArgumentHelp("With --collect: the guest's domain XML.", valueName: "file"))
    var domain: String?

    @Option(help: ArgumentHelp("With --collect: the guest's Proxmox file.", valueName: "file"))
    var proxmox: String?

    @Flag(help: "With --collect: leave out serial numbers, MAC addresses, UUIDs and names.")
    var redact = false

    /// Errors: options that mean something with --collect only.
    func check() throws(InputError) {
        guard collect == nil, domain != nil || proxmox != nil || redact else { return }
        throw InputError(
            "--domain, --proxmox and --redact go with --collect; a guest to diagnose is INPUT", rule: "usage",
            kind: .usage)
    }
}
