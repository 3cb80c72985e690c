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

    @OptionGroup var replacements: GuestReplacements

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    /// The guest with all replacements made.
    func topology() throws(InputError) -> GuestTopology {
        var topology = try guestAsGiven()
        try replacements.replace(in: &topology)
        if let host = try replacements.inventory() { topology = topology.adopting(host) }
        return topology
    }

    /// The input, where it is a recorded case in a file.
    func recordedCase() throws(InputError) -> RecordedCase? {
        guard let input, input.hasSuffix(".json") else { return nil }
        return try Input.recordedCase(try Input.bytes(input), input)
    }

    /// What an input of this kind has to say to have an IGD.
    func withoutIGD(_ topology: GuestTopology, _ error: InputError) -> InputError {
        let wanted: String
        if qemuArgs != nil || !commandLine.isEmpty {
            wanted = "a '-device vfio-pci,host=0000:00:02.0' of an Intel display"
        } else if input?.hasSuffix(".xml") == true {
            wanted = "a <hostdev mode='subsystem' type='pci'> of an Intel display at 0000:00:02.0"
        } else {
            return error
        }
        return InputError("'\(topology.name)' has no IGD; add \(wanted), or a host with --host", rule: "no-igd")
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
}
