import ArgumentParser
import BerthDiagnostics
import BerthHost
import BerthPlacement
import BerthQEMU
import BerthRehearsal
import BerthServices
import BerthStack
import BerthTopology

/// The input and what replaces parts of it.
struct GuestOptions: ParsableArguments {
    @Argument(
        help:
            "A topology file, a libvirt domain (XML), a Proxmox VM's file, a recorded case, or a file with a QEMU command line; '-' for standard input."
    )
    var input: String?

    @Option(help: ArgumentHelp("A file with a QEMU command line, as a shell reads it.", valueName: "file"))
    var qemuArgs: String?

    @Argument(parsing: .postTerminator, help: "A QEMU command line, after '--'.")
    var commandLine: [String] = []

    @Option(
        help: ArgumentHelp(
            "A copy of the file that the command line's -readconfig names; once for each.", valueName: "file"))
    var readconfig: [String] = []

    @OptionGroup var replacements: GuestReplacements

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    /// The guest with all replacements made; `kept` is the stack where nobody names one, this machine's where it is nil.
    ///
    /// Unless `addingIGD`, one without an IGD gets none of the host's. `isRuling`: that stack goes before what the input names, too,
    /// unless an option names one. `told` is the host where --host names none, of a guest that does not say which IGD it has.
    func guest(
        kept: Stack? = nil, addingIGD: Bool = true, isRuling: Bool = false, told: HostInventory? = nil
    ) throws(InputError) -> GivenGuest {
        var choice = try replacements.releases.choice(kept: kept)
        if isRuling, choice.named == nil, choice.qemu == nil { choice.named = choice.fallback }
        let given = try replacements.inventory()
        var guest = try guestAsGiven(choice, host: given ?? told)
        try replacements.replace(in: &guest.topology)
        if let host = given ?? (guest.form == .topology ? nil : told), addingIGD || guest.topology.igd != nil {
            for finding in host.findings where finding.severity > .note { Output.complain(finding.description) }
            guest.topology = guest.topology.adopting(host)
        }
        return guest
    }

    /// The input, where it is a recorded case in a file.
    func recordedCase() throws(InputError) -> RecordedCase? {
        guard let input, input.hasSuffix(".json") else { return nil }
        return try Input.recordedCase(try Input.bytes(input), input)
    }

    private func guestAsGiven(_ stack: StackChoice, host: HostInventory?) throws(InputError) -> GivenGuest {
        let given = [input != nil, qemuArgs != nil, !commandLine.isEmpty].filter { $0 }.count
        guard given <= 1 else {
            throw InputError(
                "more than one input: give a file, --qemu-args, or a command line after '--'", rule: "usage",
                kind: .usage)
        }
        guard readconfig.isEmpty || qemuArgs != nil || !commandLine.isEmpty else {
            throw InputError(
                "--readconfig goes with a QEMU command line: --qemu-args, or one after '--'", rule: "usage",
                kind: .usage)
        }
        if let qemuArgs {
            let bytes = try Input.bytes(qemuArgs)
            let form = InputForm(bytes)
            // What is none of the others may be anything that a shell reads.
            if ![.topology, .binary].contains(form) { try form.expect([.commandLine], file: qemuArgs) }
            let words = try ShellWords.split(bytes, file: qemuArgs)
            guard !words.isEmpty else {
                throw InputError(
                    "the file has no words; expected a QEMU command line such as '-machine q35 -m 4G'", rule: "input",
                    at: SourceLocation(file: qemuArgs))
            }
            return GivenGuest(topology: try commandLine(words, qemuArgs, stack, host), form: .commandLine)
        }
        if !commandLine.isEmpty {
            let words = commandLine.enumerated().map {
                CommandWord($0.element, at: SourceLocation(file: "command line", column: $0.offset + 1))
            }
            return GivenGuest(topology: try commandLine(words, "command line", stack, host), form: .commandLine)
        }
        return try Input.guest(input, stack, host: host)
    }

    private func commandLine(
        _ words: [CommandWord], _ source: String, _ stack: StackChoice, _ host: HostInventory?
    ) throws(InputError) -> GuestTopology {
        let configurations = try readconfig.map { name throws(InputError) in
            ConfigurationFile(name, try Input.bytes(name, limit: 1 << 20))
        }
        return try Input.commandLine(words, source: source, stack, configurations: configurations) { finding in
            [finding].assumed(without: host).forEach(Input.complaining)
        }
    }
}
