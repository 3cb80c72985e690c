import BerthDiagnostics
import BerthIGD
import BerthPCI
import Yams

/// The `igd` section: which device, where, what it needs.
package enum IGDSection {
    package static let keys = [
        "id", "platform", "device", "at", "stolen-memory", "opregion", "rom", "host", "class", "ggc", "bdsm", "asls",
        "lpc",
    ]
    package static let romKeys = ["file", "contains"]

    static func read(_ node: Node, file: String, machine: MachineType) throws(InputError) -> IGDAssignment {
        let section = try TopologyNode(node, file: file, what: "'igd'", keys: keys)
        let device = try readDevice(section)
        let at = try section.value("at", expected: "an address such as 00:02.0") { PCIAddress($0) }
        let address = at ?? PCIAddress(bus: 0, devfn: 2 << 3)
        guard address.bus == 0, address.segment == 0, address.device != 0 else {
            throw InputError(
                "'at' of 'igd' is \(address.short); expected a slot of the root bus, 00:01.0 to 00:1f.7",
                rule: "topology-file", at: section.location(of: "at"))
        }
        let host = try section.value("host", expected: "an address such as 0000:00:02.0") { PCIAddress($0) }
        let platform = Platform.identify(device: device)
        let graphicsControl = try section.number("ggc", as: UInt16.self, expected: "a 16-bit number such as 0x02c1")
        let standard: ByteCount = platform?.placesStolenMemory == false ? .zero : .mib(64)
        let hostSize = graphicsControl.flatMap { word in
            platform?.stolenEncoding.flatMap { GraphicsControl(word: word, encoding: $0).stolenMemorySize }
        }
        var igd = IGDAssignment(
            id: try section.text("id") ?? "igd", slot: Slot(machine.rootBus, devfn: address.devfn),
            host: host ?? PCIAddress(bus: 0, devfn: 2 << 3), device: device,
            stolenMemory: try section.size("stolen-memory") ?? hostSize ?? standard,
            opRegion: try section.size("opregion") ?? .kib(8), rom: try readROM(section))
        igd.location = section.location
        igd.graphicsControl = graphicsControl
        igd.hostStolenBase = try section.number("bdsm", as: UInt64.self, expected: "an address such as 0x89000000")
            .map { HostPhysicalAddress($0 & ~0xf_ffff) }
        igd.hostASLS = try section.number("asls", as: UInt32.self, expected: "an address such as 0x87f88018")
        igd.hostLPC = try section.number("lpc", as: UInt16.self, expected: "a device id such as 0xa145")
        if let code = try section.value(
            "class", expected: "vga or display", { ["vga": ClassCode.vga, "display": .otherDisplay][$0] })
        {
            igd.classCode = code
        }
        guard igd.stolenMemory <= .gib(2), igd.stolenMemory.rawValue % (1 << 20) == 0 else {
            throw InputError(
                "'stolen-memory' of 'igd' is \(igd.stolenMemory); expected whole MiB, at most 2 GiB",
                rule: "topology-file", at: section.location(of: "stolen-memory"))
        }
        guard igd.opRegion == .zero || igd.opRegion >= .kib(8) && igd.opRegion <= .kib(64),
            igd.opRegion.rawValue % 512 == 0
        else {
            throw InputError(
                "'opregion' of 'igd' is \(igd.opRegion); expected 0, or 8 KiB to 64 KiB", rule: "topology-file",
                at: section.location(of: "opregion"))
        }
        return igd
    }

    private static func readDevice(_ section: TopologyNode) throws(InputError) -> UInt16 {
        if let device = try section.number("device", as: UInt16.self, expected: "a PCI device id such as 0x5912") {
            return device
        }
        let names = Platform.allCases.map(\.rawValue)
        let platform = try section.value("platform", expected: "a platform, one of \(names.joined(separator: ", "))") {
            Platform(rawValue: $0)
        }
        return try section.required("platform' or 'device", platform).representativeDeviceID
    }

    private static func readROM(_ section: TopologyNode) throws(InputError) -> IGDAssignment.ROM {
        guard let node = section.child("rom") else { return .hostShadow }
        if case .scalar(let scalar) = node {
            switch scalar.string {
            case "none": return .none
            case "host": return .hostShadow
            default:
                throw InputError(
                    "'rom' of 'igd' is '\(scalar.string)'; expected none, host, or keys file and contains",
                    rule: "topology-file", at: section.location(of: "rom"))
            }
        }
        let rom = try TopologyNode(node, file: section.file, what: "'rom'", keys: romKeys)
        let all = IGDAssignment.ROM.Contents.allCases.map(\.rawValue).joined(separator: ", ")
        let contents = try rom.value("contains", expected: "one of \(all)") { IGDAssignment.ROM.Contents(rawValue: $0) }
        let path = try rom.required("file", try rom.text("file"))
        guard path.hasPrefix("/") else {
            throw InputError(
                "'file' of 'rom' is '\(path)'; expected an absolute path", rule: "topology-file",
                at: rom.location(of: "file"))
        }
        return .file(path: path, contents: try rom.required("contains", contents))
    }
}
