import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

/// From i440FX and PIIX3 to MCH and ICH9.
extension DomainConversion {
    mutating func convertToQ35() {
        convertMachine(to: .q35)
        if let root = controllers("pci").first(where: { $0.index == 0 || $0.model == "pci-root" })?.element {
            editor.set("model", to: "pcie-root", of: root)
            if let target = root.first("target") {
                editor.remove(target)
                say(.note, "the root bus of a q35 never takes hot-plugged devices", "convert-hotplug", at: target)
            }
        }
        for device in placed { take(device.address) }
        // ICH9's own.
        take(bus: 0, slot: 0x1f)
        convertDrivesToSATA()
        convertUSBToQ35()
        convertExpandersToQ35()
        placeBridges()
        addMissingBridges()
        moveFromICH9()
        convertWatchdogs()
        writeAddresses()
        sayWhatQ35Loses()
        convertArguments(from: "pci.0", to: "pcie.0")
    }

    /// PIIX3's USB is part of it; a q35 gets what libvirt would give it.
    private mutating func convertUSBToQ35() {
        for controller in controllers("usb") where ["", "piix3-uhci"].contains(controller.model) {
            guard let element = controller.element, (controller.index ?? 0) == 0 else { continue }
            let old = element["model"] ?? "piix3-uhci"
            editor.set("model", to: "qemu-xhci", of: element)
            say(
                .note, "the USB controller \(old) becomes qemu-xhci: Windows 7 has no driver for it", "convert-usb",
                at: element)
            for index in placed.indices where placed[index].element.position == element.position {
                if let slot = freeSlot(on: 0) { placed[index].address = DomainPCIAddress(slot: slot) }
            }
        }
    }

    /// A pxb takes conventional devices, a pxb-pcie none: a bridge between them has its index, so that addresses behind
    /// it stay.
    private mutating func convertExpandersToQ35() {
        var next = nextIndex
        for controller in controllers("pci") where controller.model == "pci-expander-bus" {
            guard let element = controller.element, let index = controller.index else { continue }
            var bridge = XMLElement("controller", ["type": "pci", "index": "\(index)", "model": "dmi-to-pci-bridge"])
            bridge.append(XMLElement("model", ["name": "i82801b11-bridge"]))
            bridge.append(LibvirtAddress.element(DomainPCIAddress(bus: next, slot: 0)))
            editor.set("model", to: "pcie-expander-bus", of: element)
            editor.set("index", to: "\(next)", of: element)
            if let model = element.first("model") { editor.set("name", to: "pxb-pcie", of: model) }
            editor.insert(bridge, after: element)
            say(
                .note, "the expander bus gets index \(next), and a dmi-to-pci-bridge with index \(index) on it",
                "convert-controller", at: element)
            next += 1
        }
    }

    private var nextIndex: Int {
        (controllers("pci").compactMap(\.index) + placed.map(\.address.bus)).reduce(0, max) + 1
    }

    /// Where a controller is missing, libvirt adds a bridge on a pc, but a port for one device on a q35.
    private mutating func addMissingBridges() {
        let known = Set(controllers("pci").compactMap(\.index)).union([0])
        let missing = Set(placed.map(\.address.bus)).subtracting(known).sorted()
        guard let last = domain[.controller].last(where: { $0.element != nil })?.element ?? placed.first?.element else {
            return
        }
        for index in missing {
            guard let slot = freeSlot(on: 0) else {
                say(.error, "no slot is left on bus 0 for a bridge with index \(index)", "convert-address", at: last)
                continue
            }
            var bridge = XMLElement("controller", ["type": "pci", "index": "\(index)", "model": "pci-bridge"])
            bridge.append(LibvirtAddress.element(DomainPCIAddress(slot: slot)))
            editor.insert(bridge, after: last)
        }
    }

    /// A bridge for conventional devices has a place on the root bus of a q35 only where somebody chose it.
    private mutating func placeBridges() {
        for controller in controllers("pci") where controller.model == "pci-bridge" && controller.address.pci == nil {
            guard let element = controller.element else { continue }
            guard let slot = freeSlot(on: 0) else {
                say(.error, "no slot is left on bus 0 for this bridge", "convert-address", at: element)
                continue
            }
            editor.setAddress(DomainPCIAddress(slot: slot), of: element)
        }
    }

    /// ib700 is a card for the ISA bus, and libvirt has it on a pc only, from 9.3 on.
    private mutating func convertWatchdogs() {
        for watchdog in domain[.watchdog] where watchdog.model == "ib700" {
            guard let element = watchdog.element else { continue }
            editor.set("model", to: "i6300esb", of: element)
            say(.note, "the watchdog ib700 becomes an i6300esb", "convert-watchdog", at: element)
        }
    }

    /// Whatever sits on the LPC bridge, SATA or SMBus.
    private mutating func moveFromICH9() {
        for index in placed.indices where !placed[index].isSettled {
            let address = placed[index].address
            guard address.bus == 0, address.slot == 0x1f, [0, 2, 3].contains(address.function) else { continue }
            guard let slot = freeSlot(on: 0) else {
                say(.error, "no slot is left on bus 0 for this device", "convert-address", at: placed[index].element)
                continue
            }
            placed[index].address.slot = slot
            placed[index].address.function = 0
        }
    }

    private mutating func sayWhatQ35Loses() {
        let onRoot = placed.filter { !$0.isSettled && !$0.device.isPCIController && $0.address.bus == 0 }
        if let first = onRoot.first {
            let what = onRoot.count == 1 ? "1 device" : "\(onRoot.count) devices"
            say(
                .warning,
                "\(what) on the root bus can no longer be unplugged while the guest runs; behind a pcie-root-port it could",
                "convert-hotplug", at: first.element)
        }
        for hostdev in domain[.hostdev] where hostdev.hostAddress?.isIGD == true {
            guard let element = hostdev.element else { continue }
            say(
                .warning, "QEMU has no legacy mode for an IGD on a q35, whose LPC bridge sits at 00:1f.0",
                "convert-igd", at: element)
        }
    }
}
