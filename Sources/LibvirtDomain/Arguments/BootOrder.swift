import BerthXML

/// `bootindex` by device: each device's own order, or that of `<os>` for the first disk, CD, floppy and card.
///
/// Source: `qemuProcessPrepareDeviceBootorder` in src/qemu/qemu_process.c, `virDomainDefBootOrderPostParse` in
/// src/conf/domain_postparse.c @ 9.0.0.
struct BootOrder {
    private var indices: [DeviceReference: Int] = [:]

    init(_ domain: AssignedDomain) {
        for kind in DomainDevice.Kind.allCases {
            for (index, device) in domain[kind].enumerated() {
                indices[DeviceReference(kind: kind, index: index)] = device.bootOrder
            }
        }
        var named = (domain.element.first("os")?.elements("boot") ?? []).compactMap { $0["dev"] }
        if named.isEmpty, indices.isEmpty { named = ["hd"] }
        var places: [String: Int] = [:]
        for (place, name) in named.enumerated() { places[name] = place + 1 }
        for (index, disk) in domain[.disk].enumerated() {
            let names = ["cdrom": "cdrom", "floppy": "fd"]
            let name = names[disk[attribute: "device"] ?? "disk"] ?? "hd"
            if let place = places.removeValue(forKey: name) {
                indices[DeviceReference(kind: .disk, index: index)] = place
            }
        }
        // Where the first card is the host's, the first of those on PCI.
        let isBorrowed = domain[.interface].first?.type == "hostdev"
        let card = domain[.interface].firstIndex { !isBorrowed || $0.isOnHostPCI }
        if let place = places["network"], let card {
            indices[DeviceReference(kind: .interface, index: card)] = place
        }
    }

    subscript(_ reference: DeviceReference) -> Int? { indices[reference] }
}
