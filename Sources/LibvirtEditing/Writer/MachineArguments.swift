import BerthDiagnostics
import BerthPCI
import BerthTopology

/// What libvirt has no element for and QEMU takes beside the devices: machine options and fw_cfg files.
enum MachineArguments {
    static func arguments(_ topology: GuestTopology) throws(EmissionRefusal) -> [String] {
        var options: [String] = []
        let machine = topology.machine
        if let limit = machine.maxRAMBelow4GiB { options.append("max-ram-below-4g=\(limit.qemuText)") }
        if machine.type == .q35 {
            if !machine.hasSATA { options.append("sata=off") }
            if !machine.hasSMBus { options.append("smbus=off") }
        }
        if machine.hasPIIX4 { options.append("x-south-bridge=piix4-isa") }
        // QEMU merges a second -machine into the first (`qemu_init` in softmmu/vl.c @ 7.2).
        var arguments = options.isEmpty ? [] : ["-machine", options.joined(separator: ",")]
        for file in topology.firmwareFiles { arguments += ["-fw_cfg", try firmwareFile(file)] }
        return arguments
    }

    /// `<sysinfo type='fwcfg'>` takes only names that start with `opt/`, and not all of those
    /// (`qemuValidateDomainDefSysinfo` @ 9.0.0), so all files are arguments.
    private static func firmwareFile(_ file: FirmwareFile) throws(EmissionRefusal) -> String {
        switch file.content {
        case .file(let path, _):
            guard !path.isEmpty else {
                throw EmissionRefusal("fw-cfg-file", "the fw_cfg file '\(file.name)' has no path on the host")
            }
            return "name=\(OptionText.escaped(file.name)),file=\(OptionText.escaped(path))"
        case .text(let text): return "name=\(OptionText.escaped(file.name)),string=\(OptionText.escaped(text))"
        case .number(let number):
            throw EmissionRefusal(
                "fw-cfg-file",
                "QEMU takes the number \(Hexadecimal.string(number)) for the fw_cfg file '\(file.name)' only as a file "
                    + "of 8 bytes, little endian; name one")
        }
    }
}
