import BerthDiagnostics
import BerthStack
import BerthXML

/// Reads one device element: what all devices have, then what its kind has.
///
/// Source: `virDomainDeviceInfoParseXML` and the `…DefParseXML` functions in src/conf/domain_conf.c @ 9.0.0.
extension ValueReader {
    mutating func device(_ element: XMLElement, _ kind: DomainDevice.Kind) -> DomainDevice {
        var device = DomainDevice(kind, element: element)
        readKind(&device, element)
        let isNone = device.model == "none" && (kind == .memballoon || kind == .controller && device.type == "usb")
        if !isNone { readInformation(&device, element) }
        if kind == .controller { readUSBMaster(&device) }
        return device
    }

    private mutating func readInformation(_ device: inout DomainDevice, _ element: XMLElement) {
        if let alias = element.first("alias")?["name"], Self.isUserAlias(alias) { device.alias = alias }
        if let master = element.first("master") {
            device.masterPort = Int(unsigned(master, "startport", base: 10))
        }
        let kind = device.kind
        if [.disk, .interface, .hostdev, .redirdev].contains(kind), let boot = element.first("boot") {
            if boot["order"] == nil {
                refuse("Missing required attribute 'order' in element 'boot'", .libvirtValue, boot)
            } else {
                device.bootOrder = Int(unsigned(boot, "order", base: 10, isZeroAllowed: false))
            }
        }
        if [.interface, .hostdev].contains(kind), let rom = element.first("rom") {
            let isEnabled = yesNo(rom, "enabled")
            let bar = onOff(rom, "bar")
            if isEnabled == false, bar != nil || rom["file"] != nil {
                refuse("ROM tuning is not supported when ROM is disabled", .romDisabled, rom)
            }
        }
        if let acpi = element.first("acpi"), acpi["index"] != nil {
            device.acpiIndex = Int(unsigned(acpi, "index", base: 10, isZeroAllowed: false))
        }
        device.address = address(of: element)
    }

    /// Aliases without `ua-`, or with other characters, are dropped.
    private static func isUserAlias(_ text: String) -> Bool {
        text.hasPrefix("ua-")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private mutating func readKind(_ device: inout DomainDevice, _ element: XMLElement) {
        switch device.kind {
        case .controller: readController(&device, element)
        case .disk: readDisk(&device, element)
        case .interface: readInterface(&device, element)
        case .hostdev: readHostDevice(&device, element)
        case .video: readVideo(&device, element)
        case .sound:
            device.model = choice(element, "model", among: ModelNames.sound, isRequired: true) ?? ""
        case .filesystem:
            let driver = element.first("driver")
            device.type = driver.flatMap { choice($0, "type", among: ModelNames.filesystemDrivers) } ?? ""
            device.model = choice(element, "model", among: ModelNames.virtio) ?? ""
        case .memballoon:
            device.model = choice(element, "model", among: ModelNames.balloon, isRequired: true) ?? ""
        case .watchdog:
            named(
                &device, element, ModelNames.watchdog, "watchdog", missing: "watchdog must contain model name",
                isOnPCI: false)
        case .rng: named(&device, element, ModelNames.rng, "RNG", missing: "missing RNG device model")
        case .shmem:
            let model = element.first("model")
            device.model = model.flatMap { choice($0, "type", among: ModelNames.shmem) } ?? "ivshmem"
            if element["name"] == nil {
                refuse("shmem element must contain 'name' attribute", .missingValue, element)
            }
        case .input: readInput(&device, element)
        case .serial, .parallel, .channel, .console: readCharacterDevice(&device, element)
        case .iommu:
            device.model = choice(element, "model", among: ModelNames.iommu, isRequired: true) ?? ""
            let driver = element.first("driver")
            device.interrupts.areRemapped = driver.flatMap { onOff($0, "intremap") }
            device.interrupts.areExtended = driver.flatMap { onOff($0, "eim") }
        case .vsock:
            device.model = choice(element, "model", among: ["default"] + ModelNames.virtio) ?? "virtio"
            if device.model == "default" { device.model = "virtio" }
        case .memory: device.model = choice(element, "model", among: ModelNames.memory, isRequired: true) ?? ""
        case .graphics, .audio, .hub, .smartcard, .redirdev: device.type = element["type"] ?? ""
        case .tpm: device.model = element["model"] ?? ""
        case .panic: device.model = choice(element, "model", among: ModelNames.panic) ?? ""
        case .crypto: device.model = choice(element, "model", among: ["virtio"], isRequired: true) ?? ""
        case .pstore: device.type = choice(element, "backend", among: ["acpi-erst"], isRequired: true) ?? ""
        case .nvram: break
        }
    }

    private mutating func named(
        _ device: inout DomainDevice, _ element: XMLElement, _ known: LibvirtNames, _ what: String, missing: String,
        isOnPCI: Bool = true
    ) {
        guard let model = element["model"] else { return refuse(missing, .missingValue, element) }
        // Of a later libvirt's it is known what it is, whoever reads it here.
        if known.contains(model) { device.model = model }
        guard known.contains(model, in: libvirt) else {
            let message = "unknown \(what) model '\(model)'"
            return isOnPCI
                ? refuse(message, .deviceModel, element, attribute: "model")
                : leaveOut(message, .deviceModel, element, attribute: "model")
        }
        device.model = model
    }

    private mutating func readDisk(_ device: inout DomainDevice, _ element: XMLElement) {
        let target = element.first("target")
        device.type = target.flatMap { choice($0, "bus", among: ModelNames.diskBuses) } ?? ""
        device.model = choice(element, "model", among: ModelNames.disks) ?? ""
        _ = choice(element, "device", among: ["disk", "cdrom", "floppy", "lun"])
    }

    /// Models that libvirt does not know are taken as they are.
    private func readInterface(_ device: inout DomainDevice, _ element: XMLElement) {
        device.type = element["type"] ?? "user"
        let model = element.first("model")?["type"] ?? ""
        let known = ModelNames.interfaces.names(in: libvirt).first { $0.lowercased() == model.lowercased() }
        device.model = known ?? model
        if device.model.isEmpty, device.type != "hostdev" {
            device.model = device.type == "vdpa" ? "virtio" : "rtl8139"
        }
    }

    private mutating func readVideo(_ device: inout DomainDevice, _ element: XMLElement) {
        guard let model = element.first("model"), let type = model["type"], type != "default" else {
            // What QEMU has decides; every QEMU of a distribution has Cirrus (`qemuDomainDefaultVideoDevice`).
            device.model = "cirrus"
            return
        }
        guard ModelNames.video.contains(type) else {
            return refuse("unknown video model '\(type)'", .deviceModel, model, attribute: "type")
        }
        device.model = type
    }

    private mutating func readInput(_ device: inout DomainDevice, _ element: XMLElement) {
        guard let type = element["type"] else { return refuse("missing input device type", .missingValue, element) }
        guard ModelNames.inputs.contains(type) else {
            let message = "unknown input device type '\(type)'"
            return element["bus"] == "virtio" || element["model"] != nil
                ? refuse(message, .deviceModel, element, attribute: "type")
                : leaveOut(message, .deviceModel, element, attribute: "type")
        }
        if let model = element["model"] {
            guard ModelNames.virtio.contains(model) else {
                return refuse("unknown input model '\(model)'", .deviceModel, element, attribute: "model")
            }
            device.model = model
        }
        switch (element["bus"], type) {
        case (let bus?, _):
            guard ModelNames.inputBuses.contains(bus) else {
                return leaveOut("unknown input bus type '\(bus)'", .deviceModel, element, attribute: "bus")
            }
            device.type = bus
        case (nil, "mouse"), (nil, "keyboard"): device.type = "ps2"
        case (nil, "passthrough"): device.type = "virtio"
        case (nil, "evdev"): device.type = "none"
        default: device.type = "usb"
        }
    }

    private mutating func readCharacterDevice(_ device: inout DomainDevice, _ element: XMLElement) {
        let target = element.first("target")
        device.model = target?.first("model")?["name"] ?? ""
        guard let type = target?["type"] else {
            if device.kind == .channel {
                refuse("target type must be specified for channel device", .missingValue, element)
            }
            device.type = device.kind == .serial ? "isa-serial" : ""
            return
        }
        let known =
            device.kind == .serial
            ? ModelNames.serialTargets
            : device.kind == .channel
                ? ModelNames.channelTargets : device.kind == .console ? ModelNames.consoleTargets : [type]
        guard known.contains(type) else {
            device.type = type
            return leaveOut(
                "unknown target type '\(type)' specified for character device", .deviceModel, target ?? element,
                attribute: "type")
        }
        device.type = device.kind == .serial && type == "none" ? "isa-serial" : type
    }
}
