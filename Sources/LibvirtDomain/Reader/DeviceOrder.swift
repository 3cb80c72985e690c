/// Libvirt's lists are not in the order of the document.
extension DomainDevices {
    /// Adds a device where libvirt's parser puts it.
    mutating func insert(_ device: DomainDevice) {
        switch device.kind {
        case .disk: insertDisk(device)
        case .controller: insertController(device)
        case .video where ["yes"].contains(device["model", "primary"] ?? ""): self[.video].insert(device, at: 0)
        default: self[device.kind].append(device)
        }
    }

    /// Disks of one bus stand together, by the letters of their names.
    ///
    /// Source: `virDomainDiskInsert` in src/conf/domain_conf.c @ 9.0.0.
    private mutating func insertDisk(_ disk: DomainDevice) {
        let name = disk["target", "dev"]
        var place: Int?
        for index in self[.disk].indices.reversed() where self[.disk][index].type == disk.type {
            let other = self[.disk][index]["target", "dev"]
            if let name, let other, DiskName.index(other) > DiskName.index(name) {
                place = index
            } else if place == nil {
                place = index + 1
            }
        }
        self[.disk].insert(disk, at: place ?? self[.disk].count)
    }

    /// Controllers of one type stand together, by index, masters before companions.
    ///
    /// Source: `virDomainControllerInsertPreAlloced` in src/conf/domain_conf.c @ 9.0.0.
    @discardableResult mutating func insertController(_ controller: DomainDevice) -> Int {
        let place = Self.place(of: controller, among: self[.controller]) ?? self[.controller].count
        self[.controller].insert(controller, at: place)
        return place
    }

    private static func place(of controller: DomainDevice, among others: [DomainDevice]) -> Int? {
        var place: Int?
        for position in others.indices.reversed() where others[position].type == controller.type {
            guard let index = controller.index else { return position + 1 }
            let otherIndex = others[position].index ?? -1
            let isMaster = controller.masterPort == nil && others[position].masterPort != nil
            if otherIndex > index || isMaster && otherIndex == index {
                place = position
            } else if place == nil {
                place = position + 1
            }
        }
        return place
    }
}

/// The letters of a disk's name: `sdb` is 1, `vdaa` 26.
///
/// Source: `virDiskNameToIndex` in src/util/virutil.c @ 9.0.0.
package enum DiskName {
    /// -1 for a name of another kind.
    package static func index(_ name: String) -> Int {
        if name.hasPrefix("nvme") { return NVMeName(name)?.controller ?? -1 }
        let prefixes = ["fd", "hd", "vd", "sd", "xvd", "ubd"]
        guard let prefix = prefixes.first(where: { name.hasPrefix($0) }) else { return -1 }
        let rest = name.utf8.dropFirst(prefix.utf8.count)
        let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        let digits = rest.dropFirst(letters.count)
        let isPlain = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // Seven letters are more disks than any guest has, and fit.
        guard (1...7).contains(letters.count), isPlain else { return -1 }
        return letters.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "a")) + 1 } - 1
    }
}

/// The numbers of an NVMe disk's name: `nvme0n1` is namespace 1 of controller 0. From libvirt 11.5 on.
///
/// Source: `virDiskNameParse` in src/util/virutil.c @ 11.5.0; 12.8.0 wrote back controller 0 and unit 0 for it.
struct NVMeName {
    let controller: Int
    let namespace: Int

    init?(_ name: String) {
        let parts = name.dropFirst("nvme".count).split(separator: "n", omittingEmptySubsequences: false)
        guard name.hasPrefix("nvme"), parts.count == 2, let first = Int(parts[0]), let second = Int(parts[1]),
            (0...9999).contains(first), (1...9999).contains(second)
        else { return nil }
        (controller, namespace) = (first, second)
    }
}
