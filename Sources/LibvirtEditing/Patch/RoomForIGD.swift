package import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthTopology
import BerthXML

/// The IGD at 00:02.0, nothing else in its slot, and on a pc nothing where its LPC bridge belongs.
extension DomainPatch {
    /// As `GuestTopology.withRoomForIGD` of the guest that the domain makes, but written down: what has an address moves to another,
    /// what has none gets one from libvirt.
    ///
    /// `moving`: whether the IGD has to be in its place (`GuestTopology.wantsIGDInItsPlace`). `takenSlots` are those of the root bus, by whatever means. `adding`: whether a guest without the IGD gets it.
    /// `rom`: the path of an option ROM that it gets; nil keeps what is written.
    /// Errors: no IGD, or a share of one; no slot for a device that has to leave.
    package mutating func makeRoom(
        takenSlots: Set<UInt8>, adding: Bool, rom: String? = nil, moving: Bool = true
    ) throws(InputError) {
        renumberChassis()
        var free = RoomForIGD.free(takenSlots)
        if let index = written[.hostdev].firstIndex(where: \.isIGD) {
            try makeRoom(for: DeviceReference(kind: .hostdev, index: index), rom, moving: moving, &free)
        } else {
            try makeRoomForAnother(adding: adding, rom, &free)
        }
        try reassign()
    }

    private static let place = DomainPCIAddress(slot: Int(RoomForIGD.slot))

    private mutating func makeRoom(
        for igd: DeviceReference, _ rom: String?, moving: Bool, _ free: inout [UInt8]
    ) throws(InputError) {
        let device = written[igd.kind][igd.index]
        guard let element = device.element else { return }
        if device.address == .unassigned {
            throw InputError(
                "the IGD is kept away from the guest: its address has the type 'unassigned'", rule: "no-igd",
                at: written.location(of: device))
        }
        if let rom { setROM(XMLElement("rom", ["file": rom])) }
        guard moving else { return }
        try vacateLPCBridge(&free)
        if let old = device.address.pci, old.isSamePlace(as: Self.place) { return }
        let old = device.address.pci ?? assigned.igd?.address.pci
        try vacate(Self.place, except: igd, &free)
        move(igd, to: Self.place)
        say(
            .note, "the IGD moves \(old.map { "from \($0) " } ?? "")to \(Self.place)", "apply-address",
            at: element.first("address") ?? element)
    }

    private mutating func makeRoomForAnother(
        adding: Bool, _ rom: String?, _ free: inout [UInt8]
    ) throws(InputError) {
        if let share = written.shareOfIGD {
            throw InputError(
                "the host's driver provides this device and has to keep 0000:00:02.0; the IGD is not added beside it",
                rule: SharedGraphics.rule, at: written.location(of: share))
        }
        guard adding else {
            throw InputError(
                "no <hostdev> has the host's 0000:00:02.0 as its source; add one, or give the host with --host",
                rule: "no-igd", at: InputLocation(file: written.file, line: root.position?.line ?? 1))
        }
        try vacate(Self.place, except: nil, &free)
        try vacateLPCBridge(&free)
        var new = HostDeviceElement.start(PCIAddress(bus: 0, devfn: 2 << 3))
        if let rom { new.append(XMLElement("rom", ["file": rom])) }
        new.append(XMLElement("alias", ["name": Self.aliasOfIGD]))
        new.append(LibvirtAddress.element(Self.place))
        addIGD(new)
    }

    static let aliasOfIGD = "ua-igd"

    /// QEMU puts the bridge of an IGD there on a pc, if it can.
    private mutating func vacateLPCBridge(_ free: inout [UInt8]) throws(InputError) {
        guard written.machine.chipset == .i440fx else { return }
        try vacate(DomainPCIAddress(slot: Int(RoomForIGD.bridgeSlot)), except: nil, &free)
    }

    /// Moves everything in a slot whose function 0 is taken, all functions to the same other slot. Devices without an
    /// address of their own get another one from libvirt.
    private mutating func vacate(
        _ place: DomainPCIAddress, except igd: DeviceReference?, _ free: inout [UInt8]
    ) throws(InputError) {
        var tenants: [(reference: DeviceReference, element: XMLElement, address: DomainPCIAddress)] = []
        for kind in DomainDevice.Kind.allCases {
            for (index, device) in written[kind].enumerated() {
                let reference = DeviceReference(kind: kind, index: index)
                guard reference != igd, let element = device.element, let address = device.address.pci,
                    address.bus == place.bus, address.slot == place.slot
                else { continue }
                tenants.append((reference, element, address))
            }
        }
        guard let first = tenants.first else { return }
        guard let slot = free.popLast() else {
            throw InputError(
                "\(first.element.name) at \(first.address) has to make room for the IGD, and the root bus has no free slot",
                rule: "apply-address", at: first.element.location(file: written.file))
        }
        for (reference, element, old) in tenants {
            var new = old
            new.slot = Int(slot)
            let title = written[reference.kind][reference.index].title
            move(reference, to: new)
            renumberPort(reference, from: old, to: new)
            say(
                .note, "\(title) moves from \(old) to \(new)", "apply-address",
                at: element.first("address") ?? element)
        }
    }

    /// QEMU refuses a chassis number that two ports have, libvirt does not; a port without one has its index.
    private mutating func renumberChassis() {
        let ports = assigned[.controller].filter { Self.ports.contains($0.model) }
        var taken = Set(ports.compactMap { $0.target.chassis ?? $0.index })
        var seen: Set<Int> = []
        for port in ports {
            guard let number = port.target.chassis ?? port.index, !seen.insert(number).inserted,
                let element = port.element, let free = (1...255).first(where: { !taken.contains($0) }),
                let index = written[.controller].firstIndex(where: { $0.element?.position == element.position })
            else { continue }
            taken.insert(free)
            setTarget("chassis", "\(free)", of: DeviceReference(kind: .controller, index: index)) {
                $0.chassis = free
            }
            say(
                .note, "\(port.title) gets chassis \(free): another port has \(number), which QEMU refuses",
                "apply-chassis", at: element.first("target") ?? element)
        }
    }

    /// Those that have a chassis number.
    private static let ports: Set = ["pcie-root-port", "pcie-switch-downstream-port"]

    /// A port number that libvirt made of the address goes on doing so.
    private mutating func renumberPort(
        _ reference: DeviceReference, from old: DomainPCIAddress, to new: DomainPCIAddress
    ) {
        let device = written[reference.kind][reference.index]
        guard device.model == "pcie-root-port", device.element?.first("target") != nil,
            device.target.port == old.slot << 3 | old.function
        else { return }
        let number = new.slot << 3 | new.function
        setTarget("port", Hexadecimal.string(number), of: reference) { $0.port = number }
    }
}

extension DomainDevice {
    /// For messages: `pcie-root-port 3`, `video`.
    var title: String {
        guard kind == .controller else { return kind.name }
        return [isPCIController ? model : "\(type) controller", index.map { "\($0)" }].compactMap { $0 }.joined(
            separator: " ")
    }
}
