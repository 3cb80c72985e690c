import BerthPCI

/// The functions that come with a machine, as read back from QEMU 7.2.
///
/// Source: hw/i386/pc_piix.c `pc_init1`, hw/i386/pc_q35.c `pc_q35_init` @ QEMU 7.2.
enum MachineFunctions {
    static func of(_ machine: Machine) -> [PCIFunction] {
        switch machine.type {
        case .pc: i440FX(machine)
        case .q35: q35(machine)
        }
    }

    private static func i440FX(_ machine: Machine) -> [PCIFunction] {
        let isPIIX4 = machine.hasPIIX4
        var functions = [
            function("i440FX", 0, 0, 0x1237, 0x060000, revision: 2),
            function(isPIIX4 ? "piix4-isa" : "PIIX3", 1, 0, isPIIX4 ? 0x7110 : 0x7000, 0x060100, multifunction: true),
            function(
                isPIIX4 ? "piix4-ide" : "piix3-ide", 1, 1, isPIIX4 ? 0x7111 : 0x7010, 0x010180,
                [BAR(.bar(4), .io(size: 16))]),
        ]
        if machine.hasUSB {
            functions.append(
                function("piix3-usb-uhci", 1, 2, 0x7020, 0x0c0300, [BAR(.bar(4), .io(size: 32))], revision: 1))
        }
        if machine.hasACPI { functions.append(function("PIIX4_PM", 1, 3, 0x7113, 0x068000, revision: 3)) }
        return functions
    }

    private static func q35(_ machine: Machine) -> [PCIFunction] {
        var functions = [function("mch", 0, 0, 0x29c0, 0x060000)]
        if machine.hasUSB {
            let ports: [BAR] = [BAR(.bar(4), .io(size: 32))]
            let memory: [BAR] = [BAR(.bar(0), .memory32(size: .kib(4), prefetchable: false))]
            functions += [
                function("ich9-usb-uhci1", 0x1d, 0, 0x2934, 0x0c0300, ports, revision: 3, multifunction: true),
                function("ich9-usb-uhci2", 0x1d, 1, 0x2935, 0x0c0300, ports, revision: 3, multifunction: true),
                function("ich9-usb-uhci3", 0x1d, 2, 0x2936, 0x0c0300, ports, revision: 3, multifunction: true),
                function("ich9-usb-ehci1", 0x1d, 7, 0x293a, 0x0c0320, memory, revision: 3, multifunction: true),
            ]
        }
        functions.append(function("ICH9-LPC", 0x1f, 0, 0x2918, 0x060100, revision: 2, multifunction: true))
        if machine.hasSATA {
            let bars = [
                BAR(.bar(4), .io(size: 32)), BAR(.bar(5), .memory32(size: .kib(4), prefetchable: false)),
            ]
            functions.append(function("ich9-ahci", 0x1f, 2, 0x2922, 0x010601, bars, revision: 2, multifunction: true))
        }
        if machine.hasSMBus {
            let bars = [BAR(.bar(4), .io(size: 64))]
            functions.append(function("ICH9-SMB", 0x1f, 3, 0x2930, 0x0c0500, bars, revision: 2, multifunction: true))
        }
        return functions
    }

    private static func function(
        _ model: String, _ slot: UInt8, _ number: UInt8, _ device: UInt16, _ code: UInt32, _ bars: [BAR] = [],
        revision: UInt8 = 0, multifunction: Bool = false
    ) -> PCIFunction {
        PCIFunction(
            name: model, qdevID: nil, model: model, bus: 0, devfn: slot << 3 | number, vendor: 0x8086, device: device,
            subsystem: .init(vendor: 0x1af4, device: 0x1100), classCode: ClassCode(rawValue: code),
            revision: revision, header: .endpoint, isMultifunction: multifunction, bars: bars, portType: nil,
            bridge: nil, origin: .machine)
    }
}
