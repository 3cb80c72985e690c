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
        case "virtio": addImplicit("virtio-blk-pci", position)
        default: break
        }
    }

    /// `-nic`/`-net nic`: a card each; `none` means that there is none by default either.
    mutating func network(_ option: String, _ value: String) {
        let options = OptionString(value)
        if options.implied == "none" || value == "none" {
            nics = nics ?? []
        } else if option == "nic" || options.implied == "nic" {
            // What it is by default, the machine says, which may come later.
            let model = options["model"].map { $0 == "virtio" ? "virtio-net-pci" : $0 }
            var card = DefaultDevice(model ?? "")
            // `net_param_nic` in net/net.c @ QEMU 7.2 leaves the number of vectors at 0.
            if option == "nic", card.model.hasPrefix("virtio-net") {
                card.properties = [Property("vectors", .number(0))]
            }
            nics = (nics ?? []) + [card]
        }
    }

    private var defaultNIC: String {
        topology.machine.type == .q35 && topology.machineVersion.defaultsToE1000E ? "e1000e" : "e1000"
    }
    private var defaultDisplay: String { topology.machineVersion.defaultsToStandardVGA ? "std" : "cirrus" }

    mutating func addImplicit(_ driver: String, _ position: Int) {
        if let argument = try? DeviceArgument(driver, position: position, at: location(position)) {
            arguments.append(argument)
        }
    }

    /// Display and network card of the machine first, then `-device` in option form, then in JSON form:
    /// QEMU 7.2 parses the former while it sets up, the latter when all is there.
    mutating func placeDevices() throws(InputError) {
        var free = FreeSlots(topology)
        for (number, made) in defaultDevices().enumerated() {
            guard let devfn = free.take(on: topology.rootBus) else { break }
            topology.devices.append(
                Device(
                    id: "default-\(number)-\(made.model)", model: made.model, at: Slot(topology.rootBus, devfn: devfn),
                    properties: made.properties))
        }
        for argument in arguments.filter({ !$0.isJSON }) + arguments.filter(\.isJSON) {
            if let refusal = ReleaseRefusals.refusal(argument, topology.qemu) {
                throw InputError(
                    "QEMU \(topology.qemu) does not take this device: \(refusal)", rule: "qemu-device",
                    at: location(argument.position))
            }
            if OptionTable.isOffPCI(argument.driver) { continue }
            let device = try device(argument, &free)
            if let owner = HostFunctions.owner(of: argument.driver) {
                try assign(device, owner)
            } else {
                topology.devices.append(device)
            }
        }
    }

    private func defaultDevices() -> [DefaultDevice] {
        var devices: [DefaultDevice] = []
        let displays: Set<String> = [
            "VGA", "cirrus-vga", "vmware-svga", "qxl-vga", "virtio-vga", "ati-vga",
        ]
        let hasDisplay = arguments.contains { displays.contains($0.driver) }
        switch vga ?? (hasDefaults && !hasDisplay ? defaultDisplay : "none") {
        case "std": devices.append(DefaultDevice("VGA"))
        case "cirrus": devices.append(DefaultDevice("cirrus-vga"))
        case "qxl": devices.append(DefaultDevice("qxl-vga"))
        case "vmware": devices.append(DefaultDevice("vmware-svga"))
        case "virtio": devices.append(DefaultDevice("virtio-vga"))
        default: break
        }
        let cards = nics ?? (hasDefaults ? [DefaultDevice("")] : [])
        return devices
            + cards.map { card in
                var card = card
                if card.model.isEmpty { card.model = defaultNIC }
                return card
            }
    }

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
        return device
    }

    /// Where a device goes that names no bus: the root bus of the expander made last, which QEMU meets before
    /// the machine's own.
    ///
    /// Source: `qbus_find_recursive` in softmmu/qdev-monitor.c, `bus_add_child` in hw/core/qdev.c (newest
    /// first), `pxb_dev_realize_common` in hw/pci-bridge/pci_expander_bridge.c @ QEMU 7.2.
    private var defaultBus: BusName {
        let expander = topology.devices.last { ["pxb", "pxb-pcie"].contains($0.model) }
        return expander.map { BusName($0.model == "pxb" ? "\($0.id)-internal" : $0.id) } ?? topology.rootBus
    }

    /// An assigned host device: the IGD, if it is one. What others look like only their owner knows; they take their
    /// place, with no BARs.
    private mutating func assign(_ device: Device, _ owner: String) throws(InputError) {
        let host = device.hostFunction
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
        igd.properties = device.properties.filter { $0.name.hasPrefix("x-") }
        if let size = try stolenMemory(of: igd) { igd.stolenMemory = size }
        topology.igd = igd
        findings.append(
            Finding(
                .warning,
                "the identity of the IGD '\(device.id)' is not known; Kaby Lake is assumed unless --host tells",
                rule: "qemu-option", at: device.location, assuming: .igdIdentity))
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
    /// An empty model is the machine's own.
    init(_ model: String) { self.model = model }
}
