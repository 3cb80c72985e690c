package import BerthDiagnostics
import BerthPCI
package import BerthStack
package import BerthTopology

/// Reads a QEMU command line into a guest.
///
/// Positions in errors are those of the words: line and column in a file, or the number of the word where
/// arguments were passed one by one.
package struct CommandLineReader {
    let source: String
    private(set) var words: [CommandWord]
    var topology: GuestTopology
    var findings: [Finding] = []
    var arguments: [DeviceArgument] = []
    var backends: [String: MemoryBackend] = [:]
    var globals: [(driver: String, property: Property)] = []
    var hasDefaults = true
    /// Nobody makes an audio back end for cards that name none: so with defaults switched off, and beside one that is named.
    /// `-audio` makes one for all.
    var lacksDefaultSound = false
    var vga: String?
    /// Nil until an option speaks of networks; then there is no card by default.
    var nics: [DefaultDevice]?
    /// Sound cards that the machine makes, not `-device`.
    var sounds: [String] = []
    /// Devices of drives, which QEMU makes behind those of `-device`.
    var drives: [DeviceArgument] = []
    var oldOptions: [OldOption] = []
    private var unresolved = UnresolvedWords([])
    private var configurations: ConfigurationFiles
    private var machinePosition: Int?
    private var processorArguments = ProcessorArguments()
    private var signs = GuestSigns()
    private var hasPflash = false
    /// Of a drive that may be flash.
    private var driveFirmware: FirmwareKind?
    /// Sizes of ROM files, where the caller can look.
    let fileSize: (String) -> UInt64?

    /// `arguments` is everything after the program's name.
    ///
    /// Errors: an option we do not know at all, a value QEMU would refuse, a device on a bus that is not there.
    /// Warnings, in the second part of the answer: what could change the PCI tree and is not understood.
    package static func read(
        _ arguments: [String], source: String = "command line", stack: StackChoice = StackChoice(),
        fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        let words = arguments.enumerated().map {
            CommandWord($0.element, at: SourceLocation(file: source, column: $0.offset + 1))
        }
        return try read(words, source: source, stack: stack, fileSize: fileSize)
    }

    /// The same for words that know their places; a program's name in front is passed over. `configurations` are read where
    /// `-readconfig` names them.
    package static func read(
        _ words: [CommandWord], source: String, stack: StackChoice = StackChoice(),
        configurations: [ConfigurationFile] = [], fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        // Variables and the program's name stand before the first option.
        let arguments = Array(words.drop { !$0.text.hasPrefix("-") })
        var reader = CommandLineReader(
            source: source, words: arguments, configurations: ConfigurationFiles(configurations), fileSize: fileSize)
        reader.unresolved = UnresolvedWords(arguments)
        // `configure_accelerators` in system/vl.c @ QEMU 11.0: a program of that name tries KVM first.
        if words.prefix(words.count - arguments.count).last?.text.hasSuffix("kvm") == true {
            reader.processorArguments.accelerate("kvm")
        }
        do throws(InputError) {
            try reader.read(stack)
        } catch {
            throw reader.unresolved.blamed(for: error)
        }
        return (reader.topology, reader.findings + reader.unresolved.findings)
    }

    private mutating func read(_ stack: StackChoice) throws(InputError) {
        try readOptions()
        findings += configurations.findings
        settle(stack)
        settleHole()
        takeOldOptions()
        if hasPflash, let kind = driveFirmware { topology.firmwareKind = kind }
        try placeDevices()
        try settleProcessor()
        settleGuest()
    }

    /// Nobody gives an IGD to a guest that stays in its firmware.
    private mutating func settleGuest() {
        guard topology.igd != nil else { return }
        topology.guest = signs.windows ?? .linux(topology.stack.linux)
        findings += signs.notes(takenFor: topology.guest).map { text, position in
            Finding(.note, text, rule: "guest-os", at: location(position), assuming: .guestOS)
        }
    }

    private init(
        source: String, words: [CommandWord], configurations: ConfigurationFiles,
        fileSize: @escaping (String) -> UInt64?
    ) {
        self.source = source
        self.words = words
        self.configurations = configurations
        self.fileSize = fileSize
        topology = GuestTopology(
            name: "command line", machine: Machine(.pc), ram: GuestRAM(.mib(128)), firmware: FirmwareChoice(.standard),
            guest: .firmwareOnly)
    }

    /// Nothing of a command line names a release but the machine type.
    private mutating func settle(_ choice: StackChoice) {
        let answer = choice.answer(.init(machine: topology.machine.release))
        topology.stack = answer.stack
        let place = machinePosition.map { location($0) }
        if let finding = answer.finding(topology.machine, at: place) { findings.append(finding) }
    }

    /// The host bridge is not a `-device`: what is told of it is told globally.
    private mutating func settleHole() {
        let bridge = topology.machine.type == .pc ? "i440FX-pcihost" : "q35-pcihost"
        let told = globals.last { $0.driver == bridge && $0.property.name == "pci-hole64-size" }
        if let text = told?.property.value.description, let size = ByteCount(text) {
            topology.machine.hole64Size = size
        }
    }

    /// Of the word with this number, from 1.
    func location(_ position: Int) -> SourceLocation {
        words.indices.contains(position - 1)
            ? words[position - 1].location : SourceLocation(file: source, column: position)
    }

    /// Whether a shell would have replaced some of a word by what nobody here knows.
    func isResolved(_ position: Int) -> Bool {
        !words.indices.contains(position - 1) || words[position - 1].unresolved.isEmpty
    }

    private mutating func readOptions() throws(InputError) {
        var position = 0
        while position < words.count {
            let word = words[position]
            position += 1
            guard word.text.hasPrefix("-"), word.text.count > 1 else {
                // A bare word is the image of the first disk; it makes no PCI function.
                continue
            }
            let name = String(word.text.drop { $0 == "-" })
            guard let takesArgument = OptionTable.takesArgument(name) else {
                throw InputError(
                    "'\(word.text)' is not an option of QEMU that we know\(NearestName.hint(name, among: OptionTable.names))",
                    rule: "qemu-option", at: location(position))
            }
            guard takesArgument else {
                flag(name, position)
                continue
            }
            guard position < words.count else {
                throw InputError("'\(word.text)' requires an argument", rule: "qemu-option", at: location(position))
            }
            let value = words[position]
            position += 1
            if name == "readconfig" {
                words.insert(contentsOf: try configurations.words(value), at: position)
            } else if let old = RemovedOption.named(name) {
                oldOptions.append(OldOption(option: old, value: value.text, position: position - 1))
            } else if OptionTable.withArgument[name] == .understood {
                try option(name, value.text, position)
            }
        }
    }

    private mutating func flag(_ name: String, _ position: Int) {
        switch name {
        case "nodefaults": (hasDefaults, lacksDefaultSound) = (false, true)
        case "usb": topology.machine.hasUSB = true
        case "enable-kvm": processorArguments.accelerate("kvm")
        default:
            guard let old = RemovedOption.named(name) else { return }
            oldOptions.append(OldOption(option: old, value: "", position: position))
        }
    }

    mutating func accelerate(_ name: String) { processorArguments.accelerate(name) }

    private mutating func option(_ name: String, _ value: String, _ position: Int) throws(InputError) {
        switch name {
        case "machine", "M": try machine(value, position)
        case "m": try memory(value, position)
        case "device":
            signs.read(device: value, position)
            arguments.append(try DeviceArgument(value, position: position, at: location(position)))
        case "object": try object(value, position)
        case "global": global(value)
        case "fw_cfg": try firmwareFile(value, position)
        case "drive": drive(value, position)
        case "vga": vga = value
        case "nic", "net", "netdev": network(name, value, position)
        case "audio": sounds += Self.soundCards(OptionString(value)["model"] ?? "")
        // The first USB device brings the controller with it.
        case "usbdevice": topology.machine.hasUSB = true
        case "cpu": try processor(value, position)
        case "bios", "pflash": firmware(value)
        case "blockdev": driveFirmware = driveFirmware ?? FirmwareKind.ofImage(value)
        case "accel": processorArguments.accelerate(value)
        case "set": set(value, position)
        case "virtfs": addImplicit("virtio-9p-pci", position)
        case "audiodev": lacksDefaultSound = true
        case "tpmdev": signs.hasTPM = true
        default: break
        }
    }

    private mutating func machine(_ value: String, _ position: Int) throws(InputError) {
        let options = OptionString(value)
        if let name = options.implied ?? options["type"] {
            guard let machine = Machine(name: name) else {
                throw InputError(
                    "unsupported machine type '\(name)'; known are \(Machine.knownNames.joined(separator: ", "))",
                    rule: "machine-type", at: location(position))
            }
            machinePosition = position
            let before = topology.machine
            topology.machine = machine
            topology.machine.hasUSB = before.hasUSB
        }
        for (key, value) in options.pairs {
            switch key {
            case "max-ram-below-4g": topology.machine.maxRAMBelow4GiB = try ramBelow4GiB(value, position)
            case "usb": topology.machine.hasUSB = value == "on"
            case "pflash0": hasPflash = true
            case "accel": processorArguments.accelerate(value)
            case "sata": topology.machine.hasSATA = value == "on"
            case "cxl": topology.machine.cxlWindows = value == "on" ? .zero : nil
            case _ where key.hasPrefix("cxl-fmw.") && key.hasSuffix(".size"):
                let window = try size(value, key, position)
                topology.machine.cxlWindows = topology.machine.cxlWindows.map { $0 + window }
            case "smbus": topology.machine.hasSMBus = value == "on"
            case "acpi" where value == "off": switchOffACPI(position)
            case "x-south-bridge" where topology.machine.type == .pc: topology.machine.hasPIIX4 = value == "piix4-isa"
            default: break
            }
        }
    }

    mutating func switchOffACPI(_ position: Int) {
        topology.machine.hasACPI = false
        warn(
            "without ACPI BARs lie as with it; what firmware keeps at the end of RAM, and where Linux finds room, is not modelled",
            position)
    }

    private func ramBelow4GiB(_ text: String, _ position: Int) throws(InputError) -> ByteCount {
        let limit = try size(text, "max-ram-below-4g", position)
        if Machine.ramBelow4GiBBounds.contains(limit) { return limit }
        let bounds = Machine.ramBelow4GiBBounds
        throw InputError(
            "'max-ram-below-4g' is \(limit); expected \(bounds.lowerBound) to \(bounds.upperBound)",
            rule: "memory-size",
            at: location(position))
    }

    private mutating func memory(_ value: String, _ position: Int) throws(InputError) {
        let options = OptionString(value)
        guard let text = options.implied ?? options["size"] else {
            throw InputError("-m: missing 'size' option value", rule: "memory-size", at: location(position))
        }
        topology.ram.size =
            try text.allSatisfy(\.isNumber) ? size(text + "M", "size", position) : size(text, "size", position)
        topology.ram.maximum = try options["maxmem"].map { text throws(InputError) in
            try size(text, "maxmem", position)
        }
        topology.ram.slots = try slots(options["slots"], position)
        guard GuestRAM.bounds.contains(topology.ram.size) else {
            throw InputError(
                "-m: \(topology.ram.size) is not between \(GuestRAM.bounds.lowerBound) and \(GuestRAM.bounds.upperBound)",
                rule: "memory-size", at: location(position))
        }
        if let problem = topology.ram.problem { throw InputError(problem, rule: "memory-size", at: location(position)) }
    }

    private func slots(_ text: String?, _ position: Int) throws(InputError) -> Int {
        guard let text else { return 0 }
        guard let number = UInt64(number: text) else {
            throw InputError(
                "Parameter 'slots' expects a number, found '\(text)'", rule: "memory-size", at: location(position))
        }
        guard number <= UInt64(GuestRAM.largestSlots) else {
            throw InputError(
                "unsupported amount of memory slots: \(number)", rule: "memory-size", at: location(position))
        }
        return Int(number)
    }

    private mutating func object(_ value: String, _ position: Int) throws(InputError) {
        let object = try ObjectArgument(value, at: location(position))
        guard object.kind.hasPrefix("memory-backend-") else { return }
        guard let id = object["id"], let text = object["size"] else {
            throw InputError(
                "-object \(object.kind): parameters 'id' and 'size' are needed", rule: "qemu-object",
                at: location(position))
        }
        backends[id] = MemoryBackend(id: id, size: try size(text, "size", position), path: object["mem-path"])
    }

    private mutating func global(_ value: String) {
        let options = OptionString(value)
        if let driver = options["driver"], let property = options["property"], let value = options["value"] {
            globals.append((driver, Property(property, .text(value))))
        } else if let pair = options.pairs.first, let dot = pair.key.lastIndex(of: ".") {
            globals.append(
                (String(pair.key[..<dot]), Property(String(pair.key[pair.key.index(after: dot)...]), .text(pair.value)))
            )
        }
    }

    /// `-set device.ID.PROPERTY=VALUE`, for a device in front of it.
    private mutating func set(_ value: String, _ position: Int) {
        let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
        let path = parts[0].split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 2, path.count == 3, path[0] == "device" else {
            return warn("-set \(value) can change devices; it is not read", position)
        }
        guard let index = arguments.firstIndex(where: { $0["id"] == path[1] }) else {
            return warn("-set: there is no device \"\(path[1])\" defined", position)
        }
        if arguments[index].isJSON {
            warn(
                "-set cannot reach '\(path[1])', which is given as JSON: QEMU says there is no such device and does not "
                    + "start; libvirt has <qemu:override> instead. The property is taken as if it could", position)
        }
        arguments[index].properties.append(Property(path[2], .text(parts[1])))
    }

    private mutating func firmwareFile(_ value: String, _ position: Int) throws(InputError) {
        let options = OptionString(value)
        guard let name = options["name"] ?? options.implied else {
            throw InputError("-fw_cfg: parameter 'name' is missing", rule: "qemu-fw-cfg", at: location(position))
        }
        if let path = options["file"] {
            var size = fileSize(path).map { ByteCount($0) }
            if size == nil, name == FirmwareFile.opRegion {
                size = .kib(8)
                findings.append(
                    Finding(
                        .note, "'\(path)' is not here; 8 KiB are taken for its size, as an OpRegion without more has",
                        rule: "qemu-fw-cfg", at: location(position)))
            }
            topology.firmwareFiles.append(FirmwareFile(name, .file(path: path, size: size ?? .zero)))
        } else if let text = options["string"] {
            topology.firmwareFiles.append(FirmwareFile(name, .text(text)))
        }
    }

    private mutating func processor(_ value: String, _ position: Int) throws(InputError) {
        signs.read(processor: value, position)
        do throws(ProcessorArguments.Refusal) {
            try processorArguments.read(value, position)
        } catch {
            throw InputError("-cpu: \(error.message)", rule: "processor", at: location(error.position))
        }
    }

    /// When all devices are there: whether one is the host's graphics decides what the processor can be.
    private mutating func settleProcessor() throws(InputError) {
        let hasIGD = topology.igd != nil || topology.sharedGraphics != nil
        do throws(ProcessorArguments.Refusal) {
            let (processor, note) = try processorArguments.processor(
                hasIGD: hasIGD, machine: topology.machine, version: topology.machineVersion, release: topology.qemu)
            topology.processor = processor
            guard let note else { return }
            findings.append(
                Finding(
                    note.severity, note.message, rule: "qemu-option", at: location(note.position),
                    assuming: note.assumption))
        } catch {
            throw InputError("-cpu: \(error.message)", rule: "processor", at: location(error.position))
        }
    }

    mutating func firmware(_ path: String) {
        if let kind = FirmwareKind.ofImage(path) { topology.firmwareKind = kind }
    }

    private func size(_ text: String, _ key: String, _ position: Int) throws(InputError) -> ByteCount {
        if let size = ByteCount(text) { return size }
        throw InputError(
            "parameter '\(key)' expects a size, found '\(text)'", rule: "qemu-size", at: location(position))
    }

    mutating func warn(_ message: String, _ position: Int) {
        findings.append(Finding(.warning, message, rule: "qemu-option", at: location(position)))
    }
}
