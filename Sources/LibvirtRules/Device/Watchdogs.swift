import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Watchdogs and panic devices: what ends a guest that hangs.
enum Watchdogs: RuleTable {
    static let all = [once, onceOfModel, place, machine, action, panicMachine, panicAddress, panicOnce]

    private static let watchdog = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef"]
    private static let panic = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefPanic"]

    private static let once = RuleRow.domain(
        "watchdog-once", "there is one watchdog", releases: .until(9, 1), remedy: "remove one <watchdog>",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
            "libvirt 9.1.0 NEWS.rst: Support for multiple watchdogs",
        ],
        "Later releases take several, because a q35 has one itself."
    ) { domain, report in
        guard domain.isX86 else { return }
        for device in domain.devices("watchdog").dropFirst() {
            report.refuse("only a single watchdog device is supported", at: device)
        }
    }

    private static let onceOfModel = RuleRow.domain(
        "watchdog-model-once", "there is one watchdog of a model that is a part of the board", releases: .since(9, 1),
        remedy: "remove one <watchdog>",
        sources: ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDefWatchdogs"],
        "Several are taken only because a q35 has one itself."
    ) { domain, report in
        guard domain.isX86 else { return }
        var seen: Set<String> = []
        for device in domain.devices("watchdog") {
            guard let model = device["model"], model != "i6300esb", !seen.insert(model).inserted else { continue }
            report.refuse("domain can only have one watchdog with model '\(model)'", at: device, "model")
        }
    }

    private static let action = RuleRow.domain(
        "watchdog-action", "all watchdogs do the same", releases: .since(9, 1), remedy: "write the same action=",
        sources: ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef"],
        "QEMU has one action for the machine. A q35 that names no itco has one with the action of the first."
    ) { domain, report in
        guard domain.isX86 else { return }
        let devices = domain.devices("watchdog")
        for device in devices.dropFirst() where (device["action"] ?? "reset") != (devices[0]["action"] ?? "reset") {
            report.refuse(
                "watchdogs with different actions are not supported with this QEMU binary", at: device, "action")
        }
    }

    private static let place = RuleRow.devices(
        "watchdog", "watchdog-address", "a watchdog has an address of its bus", remedy: "remove <address>",
        sources: watchdog + ["libvirt 9.1.0 src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef"],
        "i6300esb is on PCI, ib700 at a fixed place on ISA, itco a part of ICH9, diag288 on no bus."
    ) { device, domain, report in
        guard domain.isX86, let address = device.first("address")?["type"] else { return }
        switch device["model"] {
        case "i6300esb" where address != "pci":
            report.refuse("i6300esb model of watchdog can go only on PCI bus", at: device)
        case "ib700":
            report.refuse("ib700 model of watchdog does not support configuring the address", at: device)
        case "diag288":
            report.refuse("diag288 model of watchdog is virtual and cannot go on any bus.", at: device)
        case "itco":
            report.refuse("itco model of watchdog is part of the machine and cannot have any address set.", at: device)
        default: break
        }
    }

    private static let machine = RuleRow.devices(
        "watchdog", "watchdog-machine", "a watchdog is one of the machine", remedy: "write model='i6300esb'",
        sources: watchdog + [
            "libvirt 9.1.0 src/qemu/qemu_validate.c qemuValidateDomainWatchdogDef",
            "libvirt 9.3.0 NEWS.rst: qemu: Improve validation of watchdog devices",
        ],
        "itco is a part of q35, diag288 of s390x, ib700 a card for the ISA bus of a pc; that is checked from 9.3 on."
    ) { device, domain, report in
        guard domain.isX86, device.first("address")?["type"] == nil else { return }
        switch device["model"] {
        case "diag288":
            report.refuse("diag288 model of watchdog is allowed for s390 and s390x only", at: device)
        case "ib700" where domain.chipset != .i440fx && domain.isRead(by: .since(9, 3)):
            report.refuse("ib700 model of watchdog cannot be used with this machine type", at: device)
        case "itco" where domain.chipset != .q35:
            report.refuse("itco model of watchdog is only part of q35 machine", at: device)
        default: break
        }
    }

    private static let panicMachine = RuleRow.devices(
        "panic", "panic-machine", "a panic device is one of x86", remedy: "write model='isa'", sources: panic,
        "s390 and pseries guests have their own."
    ) { device, domain, report in
        guard domain.isX86 else { return }
        switch device["model"] {
        case "s390": report.refuse("only S390 guests support panic device of model 's390'", at: device)
        case "pseries": report.refuse("only pSeries guests support panic device of model 'pseries'", at: device)
        default: break
        }
    }

    private static let panicAddress = RuleRow.devices(
        "panic", "panic-address", "an ISA panic device has an ISA address, pvpanic one on PCI, Hyper-V's none",
        remedy: "remove <address>",
        sources: panic, "Hyper-V's is a register of the processor."
    ) { device, domain, report in
        guard domain.isX86, let address = device.first("address")?["type"] else { return }
        switch device["model"] ?? "isa" {
        case "s390", "pseries": break
        case "hyperv":
            report.refuse("setting the panic device address is not supported for model 'hyperv'", at: device)
        case "pvpanic":
            if address != "pci" { report.refuse("pvpanic is supported only with PCI address type", at: device) }
        default:
            if address != "isa" { report.refuse("panic is supported only with ISA address type", at: device) }
        }
    }

    private static let panicOnce = RuleRow.domain(
        "panic-once", "there is one panic device of a model", remedy: "remove one <panic>", sources: panic,
        "Both would be at the same place."
    ) { domain, report in
        guard domain.isX86 else { return }
        var seen: Set<String> = []
        for device in domain.devices("panic") {
            let model = device["model"] ?? "isa"
            guard !seen.insert(model).inserted else { continue }
            report.refuse("Multiple panic devices with model '\(model)'", at: device)
        }
    }
}
