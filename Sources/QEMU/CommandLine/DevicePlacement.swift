import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// Devices in the order in which QEMU makes them, each with a slot.
extension CommandLineReader {
    mutating func drive(_ value: String, _ position: Int) {
        let options = OptionString(value)
        switch options["if"] {
        case "pflash": firmware(options["file"] ?? "")
        // `drive_new` in blockdev.c @ QEMU 7.2 adds it when all options are read.
        case "virtio": drives += implicit("virtio-blk-pci", position)
        default: break
        }
    }

    /// `-nic` and `-net nic`: a card each. Whatever is said of networks, there is no card by default any more.
    ///
    /// Source: `default_net` in softmmu/vl.c @ QEMU 7.2.
    mutating func network(_ option: String, _ value: String, _ position: Int) {
        let options = OptionString(value)
        nics = nics ?? []
        guard option != "netdev", value != "none", option == "nic" || options.implied == "nic" else { return }
        // What it is by default, the machine says, which may come later.
        let named = options["model"].map { $0 == "virtio" ? "virtio-net-pci" : $0 }
        var card = DefaultDevice(named ?? "")
        // `net_param_nic` in net/net.c @ QEMU 7.2 leaves the number of vectors at 0.
        if option == "nic", card.model.hasPrefix("virtio-net") {
            card.properties = [Property("vectors", .number(0))]
        }
        if option == "net" { card.place = options["addr"] }
        card.position = position
        nics?.append(card)
    }

    private var defaultNIC: String {
        topology.machine.type == .q35 && topology.machineVersion.defaultsToE1000E ? "e1000e" : "e1000"
    }
    private var defaultDisplay: String { topology.machineVersion.defaultsToStandardVGA ? "std" : "cirrus" }

    mutating func addImplicit(_ driver: String, _ position: Int) { arguments += implicit(driver, position) }

    private func implicit(_ driver: String, _ position: Int) -> [DeviceArgument] {
        (try? DeviceArgument(driver, position: position, at: location(position))).map { [$0] } ?? []
    }

    /// Display, network and sound cards of the machine first, then `-device` in option form and drives, then in JSON form:
    /// QEMU 7.2 parses the former while it sets up, the latter when all is there.
    mutating func placeDevices() throws(InputError) {
        var free = FreeSlots(topology)
        for (number, made) in try defaultDevices().enumerated() where !SlotlessModels.has(made.model) {
            let given = topology.qemu.ignoresPlacesOfCards ? nil : made.place.flatMap(SlotSyntax.devfn)
            if let given { free.occupy(topology.rootBus, given) }
            guard let devfn = given ?? free.take(on: topology.rootBus) else { break }
            let device = Device(
                id: "default-\(number)-\(made.model)", model: made.model, at: Slot(topology.rootBus, devfn: devfn),
                properties: made.properties)
            free.occupy(topology.rootBus, beside: device, topology.qemu)
            topology.devices.append(device)
        }
        for argument in arguments.filter({ !$0.isJSON }) + drives + arguments.filter(\.isJSON) {
            try checkSound(argument)
            // With the function of its own there already (10.1), it makes none.
            if SlotlessModels.has(argument.driver) || argument.driver == "amd-iommu" && argument["pci-id"] != nil {
                continue
            }
            checkProperties(argument)
            var device = try device(argument, &free)
            if argument.driver == "amd-iommu" {
                guard topology.machine.type == .q35 else {
                    throw InputError(
                        "'amd-iommu': Parameter 'driver' expects a dynamic sysbus device type for the machine",
                        rule: "qemu-device", at: location(argument.position))
                }
                device.described = HostFunctions.amdIOMMU(topology.qemu, device.slot.devfn)
            }
            if let owner = HostFunctions.owner(of: argument.driver) {
                try assign(device, owner, argument.position)
            } else {
                topology.devices.append(device)
            }
        }
    }

    private mutating func defaultDevices() throws(InputError) -> [DefaultDevice] {
        var devices: [DefaultDevice] = []
        let hasDisplay =
            arguments.contains { Self.displays.contains($0.driver) }
            || globals.contains { Self.displays.contains($0.driver) }
        switch vga ?? (hasDefaults && !hasDisplay ? defaultDisplay : "none") {
        case "std": devices.append(DefaultDevice("VGA"))
        case "cirrus": devices.append(DefaultDevice("cirrus-vga"))
        case "qxl": devices.append(DefaultDevice("qxl-vga"))
        case "vmware": devices.append(DefaultDevice("vmware-svga"))
        case "virtio": devices.append(DefaultDevice("virtio-vga"))
        default: break
        }
        return try devices + cards() + sounds.map { DefaultDevice($0) }
    }

    /// The machine's network cards. A model that is none was an error until 9.0, and since leaves the network without a card.
    ///
    /// Source: `qemu_find_nic_model` in net/net.c @ QEMU 7.2, `qemu_create_nic_bus_devices` and `net_check_clients` @ 9.0.
    private mutating func cards() throws(InputError) -> [DefaultDevice] {
        var cards: [DefaultDevice] = []
        for card in nics ?? (hasDefaults ? [DefaultDevice("")] : []) {
            var card = card
            if card.model.isEmpty { card.model = defaultNIC }
            if isCard(card.model) {
                cards.append(card)
            } else if topology.qemu.ignoresUnknownCards {
                warn(
                    "QEMU makes no network card of the model '\(card.model)': not supported by this machine",
                    card.position)
            } else {
                throw InputError(
                    "Unsupported NIC model: \(card.model)", rule: "qemu-device", at: location(card.position))
            }
        }
        return cards
    }

    private func isCard(_ model: String) -> Bool {
        if model == "ne2k_isa" { return true }
        return DeviceCatalogue.model(named: model, of: topology.qemu)?.classCode.baseAndSub == 0x0200
    }

    /// Who names one of these, even for a `-global`, gets no display by default (`default_list` in softmmu/vl.c @ QEMU 7.2).
    private static let displays: Set<String> = [
        "VGA", "isa-vga", "cirrus-vga", "isa-cirrus-vga", "vmware-svga", "qxl-vga", "virtio-vga", "ati-vga",
        "vhost-user-vga", "virtio-vga-gl", "virtio-vga-rutabaga",
    ]

    private mutating func device(_ argument: DeviceArgument, _ free: inout FreeSlots) throws(InputError) -> Device {
        let place = location(argument.position)
        let bus = argument["bus"].map { BusName($0) } ?? defaultBus
        let devfn: UInt8
        if let addr = argument["addr"] {
            guard let value = SlotSyntax.devfn(addr) else {
                throw InputError(
                    "'\(argument.driver)': property 'addr' doesn't take value '\(addr)'; expected slot[.function] in hexadecimal, slot at most 1f, function at most 7",
                    rule: "qemu-addr", at: place)
            }
            devfn = value
            free.occupy(bus, devfn)
        } else {
            guard let value = free.take(on: bus) else {
                throw InputError("'\(argument.driver)': no slot is free on bus '\(bus)'", rule: "qemu-addr", at: place)
            }
            devfn = value
        }
        let id = argument["id"] ?? "\(argument.driver)#\(argument.position)"
        var device = Device(id: id, model: argument.driver, at: Slot(bus, devfn: devfn))
        free.occupy(bus, beside: device, topology.qemu)
        device.location = place
        device.properties = globals.filter { $0.driver == argument.driver }.map(\.property)
        for property in argument.properties where !["id", "bus", "addr"].contains(property.name) {
            if property.name == "multifunction" {
                device.multifunction = ["on", "true", "yes"].contains(property.value.description)
            } else {
                device.properties.append(property)
            }
        }
        if let name = argument["memdev"] {
            guard let backend = backends[name] else {
                throw InputError(
                    "'\(id)': no memory backend '\(name)'\(NearestName.hint(name, among: backends.keys.sorted()))",
                    rule: "qemu-object", at: place)
            }
            device.backend = backend
        }
        if let file = argument["romfile"], let size = fileSize(file) { device.romSize = ByteCount(size) }
        if argument.driver == UserDevice.model, topology.qemu.takesUserDevices {
            device.described = HostFunctions.unknown
            findings.append(
                Finding(
                    .warning,
                    "what '\(id)' is only its server knows; it is there without BARs. Describe it in a topology file with "
                        + "identity, class and bars", rule: "unknown-device", at: place))
        }
        return device
    }

    /// Source: `audio_init` in audio/audio.c, `qemu_create_early_backends` in system/vl.c @ QEMU 10.0; the devices are those
    /// of which Tests/Recorders/verdicts.py recorded it, and `virtio-sound-pci`.
    private func checkSound(_ argument: DeviceArgument) throws(InputError) {
        guard lacksDefaultSound, topology.qemu.wantsAudioBackEnd, argument["audiodev"] == nil,
            Self.soundDevices.contains(argument.driver), !words.contains(where: { $0.text == "-audio" })
        else { return }
        throw InputError(
            "'\(argument.driver)': no default audio driver available; give it 'audiodev=' and an -audiodev",
            rule: "qemu-audio", at: location(argument.position))
    }

    private static let soundDevices: Set = [
        "AC97", "ac97", "ES1370", "es1370", "virtio-sound-pci", "hda-duplex", "hda-micro", "hda-output", "sb16",
        "cs4231a",
        "usb-audio",
    ]

    /// Where a device goes that names no bus: the root bus of the expander made last, which QEMU meets before
    /// the machine's own.
    ///
    /// Source: `qbus_find_recursive` in softmmu/qdev-monitor.c, `bus_add_child` in hw/core/qdev.c (newest
    /// first), `pxb_dev_realize_common` in hw/pci-bridge/pci_expander_bridge.c @ QEMU 7.2.
    private var defaultBus: BusName {
        let expander = topology.devices.last { Expander.models[$0.model] != nil }
        return expander.map { BusName($0.model == "pxb" ? "\($0.id)-internal" : $0.id) } ?? topology.rootBus
    }

    /// An assigned host device: the IGD, if it is one. What others look like only their owner knows; they take their
    /// place, with no BARs.
    private mutating func assign(_ device: Device, _ owner: String, _ position: Int) throws(InputError) {
        let host = device.hostFunction
        if host == nil, !isResolved(position) {
            throw InputError(
                "'\(device.id)': its host device is not known", rule: "shell-variable", at: device.location)
        }
        // Users turn x-igd-opregion off for a virtual function, which is no IGD for that.
        let isIGD =
            host?.isIGD == true
            || host?.isVirtualFunctionOfIGD != true && device.properties.contains { $0.name.hasPrefix("x-igd-") }
        guard isIGD, topology.igd == nil, let host else {
            var other = device
            other.described = HostFunctions.unknown
            topology.devices.append(other)
            findings.append(
                Finding(
                    .warning,
                    "the BARs of '\(device.id)' are \(owner) and not known; it is there without any. Describe it in a "
                        + "topology file with identity, class and bars", rule: "unknown-device", at: device.location))
            return
        }
        // Kaby Lake stands for an IGD whose host is not known; --host replaces it.
        var igd = IGDAssignment(
            id: device.id, slot: device.slot, host: host, device: 0x5916, stolenMemory: .mib(64), rom: rom(of: device))
        igd.location = device.location
        igd.isMultifunction = device.multifunction ?? false
        igd.properties = device.properties.filter { $0.name.hasPrefix("x-") }
        igd.showIdentity(topology.qemu)
        if let size = try stolenMemory(of: igd) { igd.stolenMemory = size }
        topology.igd = igd
        findings.append(identity(of: igd))
    }

    /// What is assumed of an IGD whose host is not known.
    private func identity(of igd: IGDAssignment) -> Finding {
        let message =
            igd.shownDevice.map {
                "the guest and QEMU take '\(igd.id)' for \(Hexadecimal.plain(igd.shownVendor, digits: 4)):"
                    + "\(Hexadecimal.plain($0, digits: 4)), as x-pci-device-id says; what the host has, --host tells"
            } ?? "the identity of the IGD '\(igd.id)' is not known; Kaby Lake is assumed unless --host tells"
        return Finding(
            igd.shownDevice == nil ? .warning : .note, message, rule: "qemu-option", at: igd.location,
            assuming: .igdIdentity)
    }

    /// Names properties that the release's QEMU does not have: it refuses them.
    mutating func checkProperties(_ argument: DeviceArgument) {
        for property in argument.properties
        where ReleaseProperties.has(property.name, model: argument.driver, topology.qemu) == false {
            warn(
                "QEMU \(topology.qemu) refuses '\(argument.driver)' with '\(property.name)', which it does not have",
                argument.position)
        }
    }

    /// What `x-igd-gms` asks for; nil without it, and for a code that stands for no size, of which QEMU itself complains.
    ///
    /// Errors: what QEMU's property of type uint32 does not take.
    private func stolenMemory(of igd: IGDAssignment) throws(InputError) -> ByteCount? {
        guard let given = igd[property: "x-igd-gms"] else { return nil }
        guard let number = UInt64(number: given.description) else {
            throw InputError(
                "'\(igd.id)': Parameter 'x-igd-gms' expects integer, found '\(given)'", rule: "qemu-property",
                at: igd.location)
        }
        guard number <= UInt32.max else {
            throw InputError(
                "'\(igd.id)': Parameter 'x-igd-gms' expects uint32_t, and \(given) is more than that holds",
                rule: "qemu-property", at: igd.location)
        }
        guard let gms = UInt8(exactly: number), let encoding = igd.platform?.stolenEncoding, encoding.isValidGMS(gms)
        else { return nil }
        return encoding.size(gms: gms)
    }

    private func rom(of device: Device) -> IGDAssignment.ROM {
        if let file = device["romfile"]?.description, !file.isEmpty {
            // A video BIOS is of no use to OVMF, an EFI driver none to SeaBIOS.
            return .file(path: file, contents: topology.firmwareKind.isUEFI ? .vfioIgdPkg : .vbios)
        }
        return ["0", "off"].contains(device["rombar"]?.description ?? "1") || device["romfile"] != nil
            ? .none : .hostShadow
    }
}

/// Which slots of which bus QEMU takes for free: those without a function 0, lowest first.
///
/// Source: `do_pci_register_device` in hw/pci/pci.c @ QEMU 7.2.
struct FreeSlots {
    private var used: [BusName: Set<UInt8>] = [:]

    init(_ topology: GuestTopology) {
        let own: [UInt8] =
            topology.machine.type == .pc ? [0, 1] : topology.machine.hasUSB ? [0, 0x1d, 0x1f] : [0, 0x1f]
        used[topology.rootBus] = Set(own)
    }

    mutating func occupy(_ bus: BusName, _ devfn: UInt8) {
        if devfn & 7 == 0 { used[bus, default: []].insert(devfn >> 3) }
    }

    /// What stands in the way of others though nobody sees it.
    mutating func occupy(_ bus: BusName, beside device: Device, _ release: QEMURelease) {
        // The bridge in it.
        if device.model == "pxb" { occupy(BusName("\(device.id)-internal"), 0) }
        for devfn in VirtualFunctions.places(of: device.model, at: device.slot.devfn, release) { occupy(bus, devfn) }
    }

    /// The devfn of function 0 in the first empty slot.
    mutating func take(on bus: BusName) -> UInt8? {
        guard let slot = (0..<UInt8(32)).first(where: { !used[bus, default: []].contains($0) }) else { return nil }
        occupy(bus, slot << 3)
        return slot << 3
    }
}

/// A device that QEMU makes without a `-device`.
struct DefaultDevice {
    var model: String
    var properties: [Property] = []
    /// As `addr=` has it.
    var place: String?
    /// The number of its word.
    var position = 1
    /// An empty model is the machine's own.
    init(_ model: String) { self.model = model }
}
