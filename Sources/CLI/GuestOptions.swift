import ArgumentParser
import Berth

/// The input and what replaces parts of it.
struct GuestOptions: ParsableArguments {
    @Argument(help: "A topology file, a libvirt domain (XML) or a recorded case; '-' for standard input.")
    var input: String?

    @Option(help: ArgumentHelp("A file with a QEMU command line, as a shell reads it.", valueName: "file"))
    var qemuArgs: String?

    @Argument(parsing: .postTerminator, help: "A QEMU command line, after '--'.")
    var commandLine: [String] = []

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

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    /// The guest with all replacements made.
    func topology() throws(InputError) -> GuestTopology {
        var topology = try guestAsGiven()
        if let firmware {
            topology.firmware = try value(firmware, "firmware", FirmwareChoice.init, FirmwareChoice.knownNames)
        }
        if let guest { topology.guest = try value(guest, "guest", GuestOS.init, GuestOS.knownNames) }
        if let qemuVersion {
            topology.qemu = try value(qemuVersion, "qemu-version", QEMUVersion.init, ["7.2", "9.2", "10.0", "10.1"])
        }
        if let host { topology = topology.adopting(try igdHost(host)) }
        return topology
    }

    /// The input, where it is a recorded case in a file.
    func recordedCase() throws(InputError) -> RecordedCase? {
        guard let input, input.hasSuffix(".json") else { return nil }
        return try Input.recordedCase(try Input.bytes(input), input)
    }

    private func guestAsGiven() throws(InputError) -> GuestTopology {
        let given = [input != nil, qemuArgs != nil, !commandLine.isEmpty].filter { $0 }.count
        guard given <= 1 else {
            throw InputError(
                "more than one input: give a file, --qemu-args, or a command line after '--'", rule: "usage")
        }
        if let qemuArgs {
            let words = try ShellWords.split(try Input.bytes(qemuArgs), file: qemuArgs)
            guard !words.isEmpty else {
                throw InputError(
                    "the file has no words; expected a QEMU command line such as '-machine q35 -m 4G'", rule: "input",
                    at: SourceLocation(file: qemuArgs))
            }
            return try Input.commandLine(words, source: qemuArgs)
        }
        if !commandLine.isEmpty {
            let words = commandLine.enumerated().map {
                CommandWord($0.element, at: SourceLocation(file: "command line", column: $0.offset + 1))
            }
            return try Input.commandLine(words, source: "command line")
        }
        return try Input.topology(input)
    }

    private func igdHost(_ path: String) throws(InputError) -> HostInventory {
        let host = try Input.host(path)
        guard host.igd != nil else {
            throw InputError(
                "no Intel display at 00:02.0 in this dump; expected an IGD", rule: "no-igd",
                at: SourceLocation(file: path))
        }
        return host
    }

    private func value<Value>(
        _ text: String, _ option: String, _ parse: (String) -> Value?, _ known: [String]
    ) throws(InputError) -> Value {
        if let value = parse(text) { return value }
        throw InputError(
            "--\(option): '\(text)' is not one of \(known.joined(separator: ", "))\(NearestName.hint(text, among: known))",
            rule: "usage")
    }
}
