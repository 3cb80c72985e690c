package import BerthDiagnostics
import BerthPCI
package import BerthStack
import Yams

/// Topology files: a guest in YAML (or JSON, which is YAML), with units and addresses as people write them.
///
/// docs/topology-files.md documents each key; a test holds the two lists together.
package enum TopologyFile {
    /// Keys of the file itself.
    package static let keys = [
        "name", "summary", "machine", "max-ram-below-4g", "usb", "memory", "max-memory", "memory-slots", "firmware",
        "guest", "purpose", "stack", "qemu", "processor", "igd", "devices",
    ]
    package static let processorKeys = [
        "vendor", "physical-address-bits", "guest-physical-address-bits", "giant-pages",
    ]

    /// Reads a file that is in memory. Errors: everything that makes the guest unusable, with line and column.
    package static func read(
        _ bytes: [UInt8], file: String, stack choice: StackChoice = StackChoice()
    ) throws(InputError) -> GuestTopology {
        try reading(bytes, file: file, stack: choice).topology
    }

    /// The same, with what is assumed of it.
    package static func reading(
        _ bytes: [UInt8], file: String, stack choice: StackChoice
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        let text = try YAMLGuard.check(bytes, file: file)
        let root = try compose(text, file: file)
        let top = try TopologyNode(root, file: file, what: "the file", keys: keys)
        let machine = try readMachine(top)
        let ram = try readRAM(top)
        let answer = try readStack(top, machine, choice)
        var topology = GuestTopology(
            name: try top.text("name") ?? baseName(file), summary: try top.text("summary") ?? "", machine: machine,
            ram: ram, firmware: try readFirmware(top, answer.stack, isNamed: choice.named != nil),
            guest: try top.name("guest", GuestOS.parse), stack: answer.stack)
        if let igd = top.child("igd") { topology.igd = try IGDSection.read(igd, file: file, machine: machine.type) }
        topology.processor = try readProcessor(top.child("processor"), file, hasIGD: topology.igd != nil)
        topology.devices = try DeviceSection.read(try top.list("devices"), file: file, machine: machine.type)
        topology.purpose = try top.name("purpose", Purpose.parse)
        try topology.checkPurpose(at: top.location(of: "purpose"))
        _ = try topology.resolved()
        return (topology, answer.finding(machine, at: top.location(of: "machine")).map { [$0] } ?? [])
    }

    /// Errors: a stack or a release of QEMU that is not known, also where the user names another.
    private static func readStack(
        _ top: TopologyNode, _ machine: Machine, _ choice: StackChoice
    ) throws(InputError) -> StackChoice.Answer {
        choice.answer(
            .init(
                stack: try top.name("stack", Stack.parse), qemu: try top.name("qemu", QEMURelease.parse),
                machine: machine.release))
    }

    /// Of a stack that the user names, the release of the kind that the file names.
    private static func readFirmware(
        _ top: TopologyNode, _ stack: Stack, isNamed: Bool
    ) throws(InputError) -> FirmwareChoice {
        let choice = try top.name("firmware") { text throws(UnknownName) in
            try FirmwareChoice.parse(text, of: stack)
        }
        guard let choice, !isNamed else { return FirmwareChoice(choice?.kind ?? .standard, of: stack) }
        return choice
    }

    private static func compose(_ text: String, file: String) throws(InputError) -> Node {
        do {
            // Words are read by us; Yams' own resolver compiles seven regular expressions first.
            let parser = try Parser(
                yaml: text, resolver: .basic, constructor: Constructor([:], [:], [:]), encoding: .utf8)
            if let node = try parser.singleRoot() { return node }
        } catch let error as YamlError {
            throw yamlError(error, file)
        } catch {
            throw InputError("the file is not YAML", rule: "yaml", at: SourceLocation(file: file))
        }
        throw InputError(
            "the file is empty; a topology file has at least 'machine' and 'memory'", rule: "yaml",
            at: SourceLocation(file: file))
    }

    private static func yamlError(_ error: YamlError, _ file: String) -> InputError {
        let place = { (mark: Mark) in SourceLocation(file: file, line: mark.line, column: mark.column) }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return InputError("not YAML: \(problem)", rule: "yaml", at: place(mark))
        case .duplicatedKeysInMapping(let keys, let context):
            let all = keys.sorted().joined(separator: "', '")
            return InputError(
                "the key '\(all)' is given twice in the mapping that starts here", rule: "yaml", at: place(context.mark)
            )
        default:
            return InputError(
                "not YAML: \(error)".split(separator: "\n").joined(separator: " "), rule: "yaml",
                at: SourceLocation(file: file))
        }
    }

    private static func readMachine(_ top: TopologyNode) throws(InputError) -> Machine {
        let name = try top.value("machine", expected: known(Machine.knownNames)) { Machine(name: $0) }
        var machine = try top.required("machine", name)
        machine.maxRAMBelow4GiB = try top.size("max-ram-below-4g")
        if let limit = machine.maxRAMBelow4GiB, !Machine.ramBelow4GiBBounds.contains(limit) {
            throw InputError(
                "'max-ram-below-4g' is \(limit); expected 16 MiB to 4 GiB", rule: "memory-size",
                at: top.location(of: "max-ram-below-4g"))
        }
        machine.hasUSB = try top.bool("usb") ?? false
        return machine
    }

    private static func readRAM(_ top: TopologyNode) throws(InputError) -> GuestRAM {
        let size = try top.required("memory", try top.size("memory"))
        guard GuestRAM.bounds.contains(size) else {
            throw InputError(
                "'memory' is \(size); expected \(GuestRAM.bounds.lowerBound) to \(GuestRAM.bounds.upperBound)",
                rule: "memory-size", at: top.location(of: "memory"))
        }
        let maximum = try top.size("max-memory")
        if let maximum, maximum < size || maximum > GuestRAM.largestMaximum {
            throw InputError(
                "'max-memory' is \(maximum), which is less than 'memory' or beyond 1 PiB", rule: "memory-size",
                at: top.location(of: "max-memory"))
        }
        let slots = try top.value("memory-slots", expected: "a number from 0 to \(GuestRAM.largestSlots)") {
            Int($0).flatMap { (0...GuestRAM.largestSlots).contains($0) ? $0 : nil }
        }
        let ram = GuestRAM(size, maximum: maximum, slots: slots ?? 0)
        if let problem = ram.problem {
            throw InputError(
                problem, rule: "memory-size", at: top.location(of: maximum == nil ? "memory-slots" : "max-memory"))
        }
        return ram
    }

    /// A host with an IGD is Intel's; without one the guest has QEMU's own processor.
    private static func readProcessor(_ node: Node?, _ file: String, hasIGD: Bool) throws(InputError) -> Processor {
        let assumed = hasIGD ? Processor.passedThrough : .qemu64
        guard let node else { return assumed }
        let section = try TopologyNode(node, file: file, what: "'processor'", keys: processorKeys)
        let vendor = try section.value("vendor", expected: "amd, intel or other", { Processor.Vendor(rawValue: $0) })
        let bits = try section.value("physical-address-bits", expected: "a number from 32 to 52") {
            Int($0).flatMap { (32...52).contains($0) ? $0 : nil }
        }
        let reach = try section.value("guest-physical-address-bits", expected: "a number from 32 to 52") {
            Int($0).flatMap { (32...52).contains($0) ? $0 : nil }
        }
        let standard = vendor == .amd || vendor == .other ? Processor.qemu64 : assumed
        let pages = try section.bool("giant-pages")
        var fromHost = bits == nil ? standard.fromHost : nil
        if pages != nil { fromHost?.hasPages = false }
        return Processor(
            vendor: vendor ?? assumed.vendor, physicalAddressBits: bits ?? standard.physicalAddressBits,
            hasGiantPages: pages ?? false, guestPhysicalAddressBits: reach, fromHost: fromHost)
    }

    private static func known(_ names: [String]) -> String { "one of \(names.joined(separator: ", "))" }

    private static func baseName(_ file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.split(separator: ".").first.map(String.init) ?? last
    }
}
