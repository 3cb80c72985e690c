package import BerthDiagnostics
import BerthPCI
import BerthTopology
import BerthXML

/// A word of a QEMU command line, and what of the document it was made from.
package struct NativeWord: Hashable, Sendable {
    package var text: String
    package var location: InputLocation
}

extension DomainArguments {
    /// What libvirt starts QEMU with, as far as it decides the guest's PCI tree, memory and firmware.
    ///
    /// Notes say what is assumed where only the host could tell; an error says that there is no memory.
    package static func commandLine(_ domain: AssignedDomain) -> (words: [NativeWord], findings: [Finding]) {
        var line = CommandLineInMaking(domain)
        line.add("-nodefaults", "-no-user-config")
        line.addMachine()
        line.addProcessor()
        line.addMemory()
        line.addFirmware()
        line.addDevices()
        for word in domain.passthrough.arguments {
            line.words.append(
                NativeWord(text: word.text, location: word.element.location(file: domain.file)))
        }
        return (line.words, line.findings)
    }
}

/// One command line.
private struct CommandLineInMaking {
    let domain: AssignedDomain
    var words: [NativeWord] = []
    private(set) var findings: [Finding] = []

    init(_ domain: AssignedDomain) { self.domain = domain }

    mutating func add(_ texts: String..., from element: XMLElement? = nil) {
        let place = (element ?? domain.element).location(file: domain.file)
        words += texts.map { NativeWord(text: $0, location: place) }
    }

    private mutating func note(
        _ severity: Severity, _ message: String, _ element: XMLElement?, rule: DomainRule = .domainDefault
    ) {
        let place = (element ?? domain.element).location(file: domain.file)
        findings.append(Finding(severity, message, rule: rule.id, at: place))
    }

    mutating func addMachine() {
        var name = domain.machine.name
        if Machine(name: name) == nil, domain.machine.chipset != .none {
            let plain = domain.machine.chipset == .q35 ? "q35" : "pc"
            note(.warning, "'\(name)' is a distribution's machine; \(plain) is taken for it", domain.machine.element)
            name = plain
        }
        let hasACPI = domain.element.first("features")?.first("acpi") != nil
        let usb = domain[.controller].contains { $0.type == "usb" && $0.model.isEmpty }
        add(
            "-machine", "\(name),usb=\(usb ? "on" : "off")\(hasACPI ? "" : ",acpi=off")", from: domain.machine.element)
    }

    /// KVM shows the vendor of the host's processor, and a host with an IGD is Intel's.
    mutating func addProcessor() {
        let cpu = domain.element.first("cpu")
        let model = cpu?.first("model")
        let bits = cpu?.first("maxphysaddr")?["bits"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
        let pages = cpu?.elements("feature").last { $0["name"] == "pdpe1gb" }
        var options = ""
        if let pages { options += ",pdpe1gb=\(["disable", "forbid"].contains(pages["policy"] ?? "") ? "off" : "on")" }
        guard domain.written.hypervisor == "kvm" else {
            if let vendor = model?["vendor_id"] { options += ",vendor=\(vendor)" }
            if let bits { options += ",phys-bits=\(bits)" }
            let name = model.map { $0.text.filter { !$0.isWhitespace } } ?? ""
            return add("-cpu", (name.isEmpty ? "qemu64" : name) + options, from: cpu)
        }
        // 40 bits is QEMU's default for every model; a processor passed through has the host's.
        let isHost = cpu?["mode"] == "host-passthrough" || cpu?["mode"] == "maximum"
        let assumed = bits ?? (isHost ? 39 : 40)
        add("-cpu", "qemu64,vendor=GenuineIntel,phys-bits=\(assumed)\(options)", from: cpu)
        if isHost, bits == nil {
            note(
                .note,
                "the processor is the host's: Intel with 39 physical address bits is assumed; "
                    + "<maxphysaddr mode='emulate' bits='…'/> tells", cpu)
        }
    }

    /// Memory devices are part of `<memory>`; cells of a NUMA topology replace it.
    mutating func addMemory() {
        let memory = domain.element.first("memory")
        let cells = domain.element.first("cpu")?.first("numa")?.elements("cell") ?? []
        let sizes = cells.compactMap { cell -> UInt64? in
            guard let text = cell["memory"] else { return nil }
            var element = XMLElement("memory", text: text)
            element["unit"] = cell["unit"]
            return ScaledSize.bytes(element, defaultUnit: 1024)
        }
        let plugged = domain[.memory].compactMap { device in
            device.element?.first("target")?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1024) }
        }
        let mebibyte: UInt64 = 1 << 20
        func sum(_ sizes: [UInt64]) -> UInt64 {
            sizes.reduce(0) { $0.addingReportingOverflow($1.dividedRoundingUp(by: mebibyte)).partialValue }
        }
        let written = domain.memory.size.rawValue.dividedRoundingUp(by: mebibyte)
        if written == 0, sum(sizes) == 0 {
            note(
                .error, "Memory size must be specified via <memory> or in the <numa> configuration", memory,
                rule: .memorySize)
        }
        let initial = sizes.isEmpty ? written - min(written, sum(plugged)) : sum(sizes)
        var value = "size=\(initial)M"
        if let maximum = domain.memory.maximum {
            value += ",slots=\(domain.memory.slots),maxmem=\(maximum.rawValue.dividedRoundingUp(by: mebibyte))M"
        }
        add("-m", value, from: memory)
    }

    mutating func addFirmware() {
        guard let os = domain.element.first("os") else { return }
        if os["firmware"] == "efi" {
            add("-drive", "if=pflash,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd", from: os)
        } else if let loader = os.first("loader") {
            let path = loader.text.filter { !$0.isNewline }
            if loader["type"] == "pflash" {
                add("-drive", "if=pflash,unit=0,readonly=on,file=\(path)", from: loader)
            } else {
                add("-bios", path, from: loader)
            }
        }
        for entry in domain.element.elements("sysinfo").filter({ $0["type"] == "fwcfg" }).flatMap({
            $0.elements("entry")
        }) {
            guard let name = entry["name"] else { continue }
            let value = entry["file"].map { "file=\($0)" } ?? "string=\(entry.text)"
            add("-fw_cfg", "name=\(name),\(value)", from: entry)
        }
    }

    mutating func addDevices() {
        let isJSON = !domain.passthrough.removedCapabilities.contains("device.json+hotplug")
        let aliases = DomainAliases(domain)
        for (index, device) in domain[.shmem].enumerated() where device.model == "ivshmem-plain" {
            let size = device.element?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1) } ?? 4 << 20
            let alias = aliases[DeviceReference(kind: .shmem, index: index)]
            addBackend("shmmem-\(alias)", size, "/dev/shm/\(device[attribute: "name"] ?? "")", device)
        }
        for (index, device) in domain[.memory].enumerated() where device.model.hasPrefix("virtio-") {
            let size = device.element?.first("target")?.first("size").flatMap {
                ScaledSize.bytes($0, defaultUnit: 1024)
            }
            let alias = aliases[DeviceReference(kind: .memory, index: index)]
            addBackend("mem\(alias)", size ?? 0, device.element?.first("source")?.first("path")?.text, device)
        }
        for (index, device) in domain[.pstore].enumerated() {
            let size = device.element?.first("size").flatMap { ScaledSize.bytes($0, defaultUnit: 1024) }
            let alias = aliases[DeviceReference(kind: .pstore, index: index)]
            addBackend("mem\(alias)", size ?? 0, device.element?.first("path")?.text, device)
        }
        for device in DomainArguments.devices(domain) {
            let place = device.location ?? domain.element.location(file: domain.file)
            words.append(NativeWord(text: "-device", location: place))
            words.append(NativeWord(text: isJSON ? device.json : device.option, location: place))
        }
    }

    private mutating func addBackend(_ id: String, _ size: UInt64, _ path: String?, _ device: DomainDevice) {
        var members = [
            Property("qom-type", .text(path == nil ? "memory-backend-ram" : "memory-backend-file")),
            Property("id", .text(id)),
        ]
        if let path { members.append(Property("mem-path", .text(path))) }
        members += [Property("size", .number(size)), Property("share", .bool(true))]
        add("-object", JSONText.object(members), from: device.element)
    }
}
