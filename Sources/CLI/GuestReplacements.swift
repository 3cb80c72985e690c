import ArgumentParser
import Berth

/// What replaces parts of a guest.
struct GuestReplacements: ParsableArguments {
    @Option(help: ArgumentHelp("The host: a dump of lspci, or a folder of dumps.", valueName: "path"))
    var host: String?

    @Option(help: "Another firmware: seabios or ovmf, with a version after a colon.")
    var firmware: String?

    @Option(
        help:
            "Another guest: linux-VERSION (with +batched-sizing for a backport), windows-10, windows-11, firmware-only."
    )
    var guest: String?

    @Option(help: "Another QEMU release, such as 10.1.")
    var qemuVersion: String?

    /// Everything but the host.
    func replace(in topology: inout GuestTopology) throws(InputError) {
        if let firmware {
            let stack = topology.stack
            topology.firmware = try value(
                firmware, "firmware", { FirmwareChoice($0, of: stack) }, FirmwareChoice.knownNames)
        }
        if let guest { topology.guest = try value(guest, "guest", { GuestOS($0) }, GuestOS.knownNames) }
        if let qemuVersion {
            topology.qemu = try value(qemuVersion, "qemu-version", { QEMURelease($0) }, ["7.2", "9.2", "10.0", "10.1"])
        }
    }

    /// Errors: a host without an IGD.
    func inventory() throws(InputError) -> HostInventory? {
        guard let host else { return nil }
        let inventory = try Input.host(host)
        guard inventory.igd != nil else {
            throw InputError(
                "no Intel display at 00:02.0 in this dump; expected an IGD", rule: "no-igd",
                at: SourceLocation(file: host))
        }
        return inventory
    }

    private func value<Value>(
        _ text: String, _ option: String, _ parse: (String) -> Value?, _ known: [String]
    ) throws(InputError) -> Value {
        if let value = parse(text) { return value }
        throw InputError(
            "--\(option): '\(text)' is not one of \(known.joined(separator: ", "))\(NearestName.hint(text, among: known))",
            rule: "usage", kind: .usage)
    }
}
