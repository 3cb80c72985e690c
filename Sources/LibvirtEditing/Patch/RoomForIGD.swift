import BerthLibvirtDomain
package import BerthDiagnostics
import BerthPCI
import BerthTopology
import BerthXML

/// The IGD at 00:02.0, nothing else in its slot, and on a pc nothing where its LPC bridge belongs.
extension DomainPatch {
    /// Drivers and firmware look for the device at 00:02.0 and for the bridge at 00:1f.0
    /// (SeaBIOS `intel_igd_setup`, QEMU `vfio_probe_igd_bar4_quirk`, i915 `intel_pch_type`).
    ///
    /// `takenSlots` are those of the root bus, by whatever means. `adding`: whether a guest without the IGD gets it.
    /// `rom`: the path of an option ROM that it gets; nil keeps what is written.
    /// Errors: no IGD, or a share of one; no slot for a device that has to leave.
    package mutating func makeRoom(takenSlots: Set<UInt8>, adding: Bool, rom: String? = nil) throws(InputError) {
        renumberChassis()
        let place = DomainPCIAddress(slot: 2)
        var free = Array((3..<UInt8(0x1f)).filter { !takenSlots.contains($0) }.reversed())
        guard let igd = written.igd, let element = igd.element else {
            if let share = written.shareOfIGD {
                throw InputError(
                    "the host's driver provides this device and has to keep 0000:00:02.0; the IGD is not added beside it",
                    rule: SharedGraphics.rule, at: written.location(of: share))
            }
            guard adding else {
                throw InputError(
                    "no <hostdev> has the host's 0000:00:02.0 as its source; add one, or give the host with --host",
                    rule: "no-igd", at: SourceLocation(file: written.file, line: root.position?.line ?? 1))
            }
            try vacate(place, except: nil, &free)
            try vacateLPCBridge(&free)
            var new = HostDeviceElement.start(PCIAddress(bus: 0, devfn: 2 << 3))
            if let rom { new.append(XMLElement("rom", ["file": rom])) }
            new.append(XMLElement("alias", ["name": Self.aliasOfIGD]))
            new.append(LibvirtAddress.element(place))
            return addDevice(new)
        }
        if igd.address == .unassigned {
            throw InputError(
                "the IGD is kept away from the guest: its address has the type 'unassigned'", rule: "no-igd",
                at: written.location(of: igd))
        }
        try vacateLPCBridge(&free)
        if let rom { setROM(XMLElement("rom", ["file": rom]), of: element) }
        if let old = igd.address.pci, old.isSamePlace(as: place) { return }
        try vacate(place, except: element, &free)
        let old = igd.address.pci ?? assigned.igd?.address.pci
        editor.setAddress(place, of: element)
        say(
            .note, "the IGD moves \(old.map { "from \($0) " } ?? "")to \(place)", "apply-address",
            at: element.first("address") ?? element)
    }

    static let aliasOfIGD = "ua-igd"

    /// QEMU puts the bridge of an IGD there on a pc, if it can.
    private mutating func vacateLPCBridge(_ free: inout [UInt8]) throws(InputError) {
        guard written.machine.chipset == .i440fx else { return }
        try vacate(DomainPCIAddress(slot: 0x1f), except: nil, &free)
    }

    /// Moves everything in a slot whose function 0 is taken, all functions to the same other slot. Devices without an
    /// address of their own get another one from libvirt.
    private mutating func vacate(
        _ place: DomainPCIAddress, except igd: XMLElement?, _ free: inout [UInt8]
    ) throws(InputError) {
        let tenants = written.devices.compactMap { device -> (DomainDevice, XMLElement, DomainPCIAddress)? in
            guard let element = device.element, element.position != igd?.position,
                let address = device.address.pci, address.bus == place.bus, address.slot == place.slot
            else { return nil }
            return (device, element, address)
        }
        guard let first = tenants.first else { return }
        guard let slot = free.popLast() else {
            throw InputError(
                "\(first.1.name) at \(first.2) has to make room for the IGD, and the root bus has no free slot",
                rule: "apply-address", at: written.location(of: first.0))
        }
        for (device, element, old) in tenants {
            var new = old
            new.slot = Int(slot)
            editor.setAddress(new, of: element)
            renumberPort(device, from: old, to: new)
            say(
                .note, "\(device.title) moves from \(old) to \(new)", "apply-address",
                at: element.first("address") ?? element)
        }
    }

    /// QEMU refuses a chassis number that two ports have, libvirt does not; a port without one has its index.
    private mutating func renumberChassis() {
        let ports = assigned[.controller].filter { PCIConnectPorts.models.contains($0.model) }
        var taken = Set(ports.compactMap { $0.target.chassis ?? $0.index })
        var seen: Set<Int> = []
        for port in ports {
            guard let number = port.target.chassis ?? port.index, !seen.insert(number).inserted,
                let element = port.element, let free = (1...255).first(where: { !taken.contains($0) })
            else { continue }
            taken.insert(free)
            if let target = element.first("target") {
                editor.set("chassis", to: "\(free)", of: target)
            } else {
                editor.append(XMLElement("target", ["chassis": "\(free)"]), to: element)
            }
            say(
                .note, "\(port.title) gets chassis \(free): another port has \(number), which QEMU refuses",
                "apply-chassis", at: element.first("target") ?? element)
        }
    }

    /// A port number that libvirt made of the address goes on doing so.
    private mutating func renumberPort(_ device: DomainDevice, from old: DomainPCIAddress, to new: DomainPCIAddress) {
        guard device.model == "pcie-root-port", let target = device.element?.first("target"),
            device.target.port == old.slot << 3 | old.function
        else { return }
        editor.set("port", to: LibvirtAddress.hexadecimal(new.slot << 3 | new.function, 1), of: target)
    }
}

/// Ports that have a chassis number.
private enum PCIConnectPorts {
    static let models: Set<String> = ["pcie-root-port", "pcie-switch-downstream-port"]
}

extension DomainDevice {
    /// For messages: `pcie-root-port 3`, `video`.
    var title: String {
        guard kind == .controller else { return kind.name }
        return [isPCIController ? model : "\(type) controller", index.map { "\($0)" }].compactMap { $0 }.joined(
            separator: " ")
    }
}
