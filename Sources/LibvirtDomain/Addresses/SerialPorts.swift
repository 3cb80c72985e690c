import BerthDiagnostics

/// Ports for channels and consoles; when all are taken, another controller.
///
/// Source: `qemuDomainAssignVirtioSerialAddresses` in src/qemu/qemu_domain_address.c,
/// `virDomainVirtioSerialAddrReserve`, `virDomainVirtioSerialAddrNext` in src/conf/domain_addr.c @ 9.0.0.
extension DomainDefaults {
    mutating func assignSerialPorts() {
        var used: [Int: Set<Int>] = [:]
        let addressed = DomainDevice.Kind.allCases.flatMap { kind in
            domain[kind].enumerated().filter { !$0.element.isConsoleOfSerial(at: $0.offset) }.map(\.element)
        }
        for device in addressed {
            guard case .virtioSerial(let controller, _, let port) = device.address, port > 0 else { continue }
            guard let count = portCount(controller) else {
                return refuse("virtio serial controller \(controller) is missing", .virtioSerialPort, device)
            }
            guard port < count else {
                return refuse(
                    "virtio serial controller \(controller) does not have port \(port)", .virtioSerialPort, device)
            }
            guard used[controller, default: []].insert(port).inserted else {
                return refuse(
                    "virtio serial port \(port) on controller \(controller) is already occupied", .virtioSerialPort,
                    device)
            }
        }
        for kind in [DomainDevice.Kind.console, .channel] {
            for index in domain[kind].indices where domain[kind][index].type == "virtio" {
                guard assign(DeviceReference(kind: kind, index: index), &used) else { return }
            }
        }
    }

    /// False where libvirt gives up.
    private mutating func assign(_ reference: DeviceReference, _ used: inout [Int: Set<Int>]) -> Bool {
        let device = domain[reference.kind][reference.index]
        var chosen: Int?
        if case .virtioSerial(let controller, _, let port) = device.address {
            if port > 0 { return true }
            chosen = controller
        }
        // Port 0 is for consoles.
        let first = reference.kind == .console && chosen == nil ? 0 : 1
        let known = domain[.controller].filter { $0.type == "virtio-serial" }.compactMap(\.index).sorted()
        var place: (controller: Int, port: Int)?
        for index in chosen.map({ [$0] }) ?? known {
            let taken = used[index] ?? []
            let count = portCount(index) ?? 0
            guard first < count, let port = (first..<count).first(where: { !taken.contains($0) }) else { continue }
            place = (index, port)
            break
        }
        if place == nil, let chosen {
            refuse("Unable to find a free port on virtio-serial controller \(chosen)", .virtioSerialPort, device)
            return false
        }
        let (controller, port) = place ?? ((0...).first { !known.contains($0) } ?? 0, first)
        used[controller, default: []].insert(port)
        addController("virtio-serial", controller)
        // Libvirt forgets the port it found for a console.
        guard reference.kind == .channel else { return true }
        domain.update(reference) { $0.address = .virtioSerial(controller: controller, bus: 0, port: port) }
        return true
    }

    /// Nil without such a controller; no more than QEMU has, which bounds the search.
    private func portCount(_ index: Int) -> Int? {
        guard let controller = controller("virtio-serial", index) else { return nil }
        return min(
            controller[attribute: "ports"].flatMap { LibvirtNumber.signed($0, base: 10) }.map { Int($0) } ?? 31, 511)
    }
}
