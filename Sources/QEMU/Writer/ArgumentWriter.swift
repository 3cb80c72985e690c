import BerthDiagnostics
import BerthPCI
package import BerthStack
package import BerthTopology

/// One option of QEMU's and its argument.
package struct QEMUOption: Hashable, Sendable {
    package var name: String
    package var value: String?

    package init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    /// As separate words, to start a process with.
    package var words: [String] { ["-\(name)"] + (value.map { [$0] } ?? []) }

    /// As a POSIX shell reads it.
    package var shellText: String { words.map(ShellQuoting.quote).joined(separator: " ") }
}

/// Quoting for POSIX shells.
package enum ShellQuoting {
    /// Plain words stay as they are, everything else goes into single quotes.
    package static func quote(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=,+@%".contains($0)) }
        return isPlain
            ? word : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
    }
}

/// Writes a guest as QEMU arguments: every device with id, bus and slot, so that nothing is left to QEMU.
///
/// Disks, network and character back ends are placeholders that hold nothing: what is behind a device does
/// not change the PCI tree.
package enum ArgumentWriter {
    /// What stands for the IGD.
    package enum Assignment: Hashable, Sendable {
        /// `vfio-pci` with the host's device.
        case real
        /// `pci-testdev` with a 256 MiB BAR, for machines without an IGD.
        case standIn
    }

    /// Errors: a BAR that no QEMU can make, a value with a NUL byte.
    package static func write(
        _ plan: EmittablePlan, assignment: Assignment = .real
    ) throws(EmissionRefusal) -> [QEMUOption] {
        try write(asItIs: plan.topology, assignment: assignment)
    }

    /// A guest that nobody planned: its IGD has the regions that QEMU and firmware give it.
    package static func write(
        asItIs topology: GuestTopology, assignment: Assignment = .real
    ) throws(EmissionRefusal) -> [QEMUOption] {
        _ = try topology.emittableTree()
        var options = [
            QEMUOption("nodefaults"), QEMUOption("machine", machine(topology.machine)),
            QEMUOption("m", memory(topology.ram)),
        ]
        if topology.processor != .qemu64 { options.append(QEMUOption("cpu", processor(topology.processor))) }
        options += flash(topology.firmwareKind)
        // Behind a port the IGD comes when the port is there.
        let isOnRoot = topology.igd?.slot.bus == topology.rootBus
        if let igd = topology.igd, isOnRoot { options.append(assigned(igd, assignment)) }
        for index in creationOrder(topology) { options += device(topology.devices[index], number: index + 1) }
        if let igd = topology.igd, !isOnRoot { options.append(assigned(igd, assignment)) }
        for file in topology.firmwareFiles { options.append(try firmwareFile(file)) }
        return options
    }

    /// One logical option a line, ready for a shell.
    package static func text(_ options: [QEMUOption], program: String = "qemu-system-x86_64") -> String {
        ([program] + options.map { "    \($0.shellText)" }).joined(separator: " \\\n") + "\n"
    }

    private static func machine(_ machine: Machine) -> String {
        var text = machine.name
        if let limit = machine.maxRAMBelow4GiB { text += ",max-ram-below-4g=\(limit.rawValue)" }
        if machine.hasUSB { text += ",usb=on" }
        if let windows = machine.cxlWindows {
            text += ",cxl=on"
            // Which host bridges a window leads to is nothing that a plan changes.
            if windows > .zero { text += ",cxl-fmw.0.size=\(windows.qemuText)" }
        }
        if !machine.hasSATA { text += ",sata=off" }
        if !machine.hasSMBus { text += ",smbus=off" }
        if !machine.hasACPI { text += ",acpi=off" }
        if machine.hasPIIX4 { text += ",x-south-bridge=piix4-isa" }
        return text
    }

    private static func memory(_ ram: GuestRAM) -> String {
        var text = ram.size.qemuText
        if ram.size.rawValue % (1 << 20) != 0 { text = "\(ram.size.rawValue)B" }
        if let maximum = ram.maximum { text += ",slots=\(ram.slots),maxmem=\(maximum.qemuText)" }
        return text
    }

    private static func processor(_ processor: Processor) -> String {
        let vendor = processor.vendor.identification
        let guestBits = processor.guestPhysicalAddressBits.map { ",guest-phys-bits=\($0)" } ?? ""
        return "qemu64,vendor=\(vendor),phys-bits=\(processor.physicalAddressBits)\(guestBits)"
            + (processor.hasGiantPages ? ",pdpe1gb=on" : "")
    }

    /// The images of a firmware that is not built in; `snapshot` keeps the template of the variables clean.
    package static func flash(_ firmware: FirmwareKind) -> [QEMUOption] {
        guard let flash = firmware.traits.flash else { return [] }
        return [
            QEMUOption("drive", "if=pflash,format=raw,readonly=on,file=\(flash.code)"),
            QEMUOption("drive", "if=pflash,format=raw,snapshot=on,file=\(flash.variables)"),
        ]
    }

    private static func assigned(_ igd: IGDAssignment, _ assignment: Assignment) -> QEMUOption {
        let place =
            "id=\(OptionText.escaped(igd.id)),bus=\(OptionText.escaped(igd.slot.bus.rawValue)),addr=\(igd.slot.slotText)"
        if assignment == .standIn {
            return QEMUOption(
                "device", "pci-testdev,\(place),membar=256M" + (igd.isMultifunction ? ",multifunction=on" : ""))
        }
        var text = "vfio-pci,host=\(igd.host),\(place)" + (igd.isMultifunction ? ",multifunction=on" : "")
        switch igd.rom {
        case .none: text += ",rombar=0"
        case .hostShadow: break
        case .file(let path, _): text += ",romfile=\(OptionText.escaped(path))"
        }
        for property in igd.properties { text += ",\(property.name)=\(OptionText.escaped(property.value.description))" }
        return QEMUOption("device", text)
    }

    /// A bridge before what is behind it; otherwise as given.
    private static func creationOrder(_ topology: GuestTopology) -> [Int] {
        var known: Set<BusName> = [topology.rootBus]
        var order: [Int] = []
        var waiting = Array(topology.devices.indices)
        var count = -1
        while count != waiting.count {
            count = waiting.count
            waiting.removeAll { index in
                let device = topology.devices[index]
                guard known.contains(device.slot.bus) else { return false }
                known.insert(BusName(device.id))
                order.append(index)
                return true
            }
        }
        return order
    }

    static func device(_ device: Device, number: Int) -> [QEMUOption] {
        if let socket = device.userSocket { return [served(device, socket)] }
        var options: [QEMUOption] = []
        var text =
            "\(device.model),id=\(OptionText.escaped(device.id)),bus=\(OptionText.escaped(device.slot.bus.rawValue)),addr=\(device.slot.slotText)"
        if let multifunction = device.multifunction { text += ",multifunction=\(multifunction ? "on" : "off")" }
        for property in device.properties {
            text += ",\(property.name)=\(OptionText.escaped(property.value.description))"
        }
        if let backend = device.backend {
            let kind =
                backend.path.map { "memory-backend-file,mem-path=\(OptionText.escaped($0)),share=on" }
                ?? "memory-backend-ram,share=on"
            options.append(
                QEMUOption("object", "\(kind),id=\(OptionText.escaped(backend.id)),size=\(backend.size.qemuText)"))
            if device["memdev"] == nil { text += ",memdev=\(OptionText.escaped(backend.id))" }
        }
        let extra = Placeholder.needed(by: device, number: number)
        options += extra.options
        text += extra.properties
        return options + [QEMUOption("device", text)]
    }

    /// A function of a server's, which only JSON can say.
    private static func served(_ device: Device, _ socket: String) -> QEMUOption {
        var members = [
            Property("driver", .text(device.model)), Property("id", .text(device.id)),
            Property("bus", .text(device.slot.bus.rawValue)), Property("addr", .text(device.slot.slotText)),
        ]
        if let multifunction = device.multifunction { members.append(Property("multifunction", .bool(multifunction))) }
        members += device.properties.filter { $0.name != "socket" }
        return QEMUOption("device", JSONText.object(members.map(\.member) + [UserDevice.member(socket)]))
    }

    private static func firmwareFile(_ file: FirmwareFile) throws(EmissionRefusal) -> QEMUOption {
        switch file.content {
        case .file(let path, _):
            return QEMUOption("fw_cfg", "name=\(OptionText.escaped(file.name)),file=\(OptionText.escaped(path))")
        case .text(let text):
            return QEMUOption("fw_cfg", "name=\(OptionText.escaped(file.name)),string=\(OptionText.escaped(text))")
        case .number:
            throw EmissionRefusal(
                "qemu-fw-cfg", "QEMU takes the binary content of fw_cfg '\(file.name)' from a file only; name one")
        }
    }
}
