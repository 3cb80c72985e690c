package import BerthDiagnostics
import BerthIGD
import BerthPCI

/// Reads a host from files of its `/sys` and `/proc`.
///
/// Source: Documentation/ABI/testing/sysfs-bus-pci, sysfs-kernel-iommu_groups and sysfs-class-iommu-intel-iommu @ Linux 6.12.
package enum SysfsTree {
    /// Whether there is a function in it.
    package static func isIn(_ tree: HostFiles) -> Bool {
        tree.files.keys.contains { path in
            guard let (_, rest) = HostFiles.function(path) else { return false }
            return ["config", "vendor"].contains(rest)
        }
    }

    /// Errors: a copy of `/proc/iomem` or `/proc/cpuinfo` among them that is damaged.
    package static func read(_ tree: HostFiles, name: String) throws(InputError) -> HostInventory {
        var functions: [PCIAddress: SysfsFunction] = [:]
        for path in tree.files.keys.sorted() {
            guard let (address, rest) = HostFiles.function(path), let bytes = tree.files[path] else { continue }
            functions[address, default: SysfsFunction(address)].take(rest, bytes)
        }
        let groups = groups(tree)
        for (path, target) in tree.links.sorted(by: { $0.key < $1.key }) {
            guard let (address, rest) = HostFiles.function(path), functions[address] != nil else { continue }
            functions[address]?.take(link: rest, target)
        }
        for path in tree.links.keys.sorted() + tree.folders.sorted() {
            guard let (address, rest) = HostFiles.function(path) else { continue }
            functions[address]?.take(folder: rest)
        }
        var findings: [Finding] = []
        var list: [HostFunction] = []
        for address in functions.keys.sorted() {
            guard var function = functions[address] else { continue }
            function.state.group = function.state.group ?? groups[address]
            findings += function.findings(name)
            list.append(function.function)
        }
        var system = SysfsSystem.read(tree)
        if !groups.isEmpty || list.contains(where: { $0.state.group != nil }) { system.hasIOMMU = true }
        if system.hasIOMMU == nil, tree.folders.contains(where: { $0.hasSuffix("sys/kernel/iommu_groups") }) {
            system.hasIOMMU = false
        }
        var whole = HostInventory(
            functions: list, reservations: reservations(tree), addressWidth: width(tree, list),
            system: system, opRegion: try opRegion(tree, name), findings: findings)
        if let path = tree.path("proc/iomem") ?? tree.path("iomem"), let bytes = tree.files[path], !bytes.isEmpty {
            whole = try whole.merging(IOMemDump.read(Array(bytes.prefix { $0 != 0 }), file: "\(name)/\(path)"))
        }
        if let path = tree.path("proc/cpuinfo") ?? tree.path("cpuinfo"), let bytes = tree.files[path], !bytes.isEmpty {
            whole = try whole.merging(ProcessorDump.read(Array(bytes.prefix { $0 != 0 }), file: "\(name)/\(path)"))
        }
        return whole
    }

    /// Which group each function is in, where the groups themselves were copied.
    private static func groups(_ tree: HostFiles) -> [PCIAddress: Int] {
        var result: [PCIAddress: Int] = [:]
        for path in tree.links.keys.sorted() + tree.folders.sorted() {
            let parts = path.split(separator: "/")
            guard parts.count >= 4, parts[parts.count - 2] == "devices", parts[parts.count - 4] == "iommu_groups",
                let group = Int(parts[parts.count - 3]), let last = parts.last, let address = PCIAddress(String(last))
            else { continue }
            result[address] = group
        }
        return result
    }

    /// `0x000000008b000000 0x000000008f7fffff direct-relaxable`, by group.
    private static func reservations(_ tree: HostFiles) -> [HostReservation] {
        var result: [HostReservation] = []
        for path in tree.files.keys.sorted() where path.hasSuffix("/reserved_regions") {
            let parts = path.split(separator: "/")
            let group = parts.count >= 2 ? Int(parts[parts.count - 2]) : nil
            for line in HostFiles.text(tree.files[path] ?? []).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count >= 3, let first = number(words[0]), let last = number(words[1]),
                    let range = HostRange(first: HostPhysicalAddress(first), last: HostPhysicalAddress(last))
                else { continue }
                let entry = HostReservation(range: range, kind: .init(rawValue: String(words[2])), group: group)
                if !result.contains(entry) { result.append(entry) }
            }
        }
        return result
    }

    /// What the IGD's IOMMU maps, or where that is not known, the narrowest of all: bits 21:16 of its capabilities, less one.
    ///
    /// Source: Intel VT-d 4.1 §11.4.2, MGAW.
    private static func width(_ tree: HostFiles, _ functions: [HostFunction]) -> Int? {
        var widths: [String: Int] = [:]
        for path in tree.files.keys where path.hasSuffix("/cap") && path.contains("intel-iommu") {
            let parts = path.split(separator: "/")
            guard parts.count >= 3,
                let value = UInt64(HostFiles.text(tree.files[path] ?? []).filter(\.isHexDigit), radix: 16)
            else { continue }
            let bits = Int(value >> 16 & 0x3f) + 1
            if (32...57).contains(bits) { widths[String(parts[parts.count - 3])] = bits }
        }
        let own = functions.first { $0.address == HostInventory.igdAddress }?.state.iommu
        return own.flatMap { widths[$0] } ?? widths.values.min()
    }

    /// As i915 shows it to root.
    ///
    /// Errors: bytes that are none, or not all of it.
    private static func opRegion(_ tree: HostFiles, _ name: String) throws(InputError) -> OpRegionDump? {
        guard let path = tree.path("i915_opregion"), let bytes = tree.files[path], !bytes.isEmpty else { return nil }
        return try OpRegionDump(bytes, file: "\(name)/\(path)")
    }

    static func number(_ text: some StringProtocol) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
    }
}

/// One function, attribute by attribute.
struct SysfsFunction {
    let address: PCIAddress
    var state = HostFunctionState()
    private var bytes: [UInt8] = []
    private var identity: [String: UInt16] = [:]
    private var code: ClassCode?

    init(_ address: PCIAddress) { self.address = address }

    mutating func take(_ attribute: String, _ content: [UInt8]) {
        if attribute == "config" {
            if content.count > bytes.count { bytes = content }
            return
        }
        let text = String(HostFiles.text(content).split(separator: "\n", omittingEmptySubsequences: false).first ?? "")
        switch attribute {
        case "vendor", "device", "subsystem_vendor", "subsystem_device", "revision":
            identity[attribute] = SysfsTree.number(text).map { UInt16(truncatingIfNeeded: $0) }
        case "class": code = SysfsTree.number(text).map { ClassCode(rawValue: UInt32(truncatingIfNeeded: $0)) }
        case "boot_vga": state.isBootDisplay = text == "1"
        case "sriov_numvfs": state.virtualFunctions = Int(text)
        case "sriov_totalvfs": state.mostVirtualFunctions = Int(text)
        case "reset_method": state.resetMethods = text
        case "uevent":
            let lines = HostFiles.text(content).split(separator: "\n")
            let driver = lines.first { $0.hasPrefix("DRIVER=") }?.dropFirst("DRIVER=".count)
            state.driver = driver.map { .named(String($0)) } ?? .unbound
        default: break
        }
    }

    mutating func take(link name: String, _ target: String) {
        let last = String(target.split(separator: "/").last ?? "")
        switch name {
        case "driver": state.driver = .named(last)
        case "iommu_group": state.group = Int(last)
        case "iommu": state.iommu = last
        case "physfn": state.physicalFunction = PCIAddress(last)
        default: break
        }
    }

    mutating func take(folder name: String) {
        guard HostFiles.isMediatedDevice(name) else { return }
        state.mediatedDevices = (state.mediatedDevices ?? 0) + 1
    }

    /// A device that sleeps answers with ones.
    private var isAsleep: Bool { bytes.count >= 4 && bytes.prefix(4).allSatisfy { $0 == 0xff } }

    var function: HostFunction {
        var known: FunctionIdentity?
        if let vendor = identity["vendor"], let device = identity["device"] {
            known = FunctionIdentity(
                vendor: vendor, device: device, revision: identity["revision"].map { UInt8(truncatingIfNeeded: $0) },
                subsystemVendor: identity["subsystem_vendor"], subsystem: identity["subsystem_device"])
        }
        // The kernel kept what it said before.
        var function = HostFunction(
            address: address, configuration: ConfigurationSpace(bytes: isAsleep ? [] : bytes), identity: known,
            classCode: code)
        function.state = state
        return function
    }

    func findings(_ name: String) -> [Finding] {
        guard address == HostInventory.igdAddress, !bytes.isEmpty else { return [] }
        if bytes.prefix(4).allSatisfy({ $0 == 0xff }) {
            return [Finding(.warning, asleep(address), rule: "host-dump-asleep", at: SourceLocation(file: name))]
        }
        guard bytes.count < 256 else { return [] }
        return [
            Finding(.warning, short(bytes.count), rule: "host-dump-short", at: SourceLocation(file: name))
        ]
    }
}

private func asleep(_ address: PCIAddress) -> String {
    "\(address) answers with ones only, so it was asleep or gone; wake it and read it again"
}

private func short(_ count: Int) -> String {
    "of the graphics device \(count) bytes of configuration space are there, its registers are beyond; root sees them all"
}
