import BerthStack
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology

/// Planning with as many candidate carriers as a guest has functions.
enum Carriers {
    static func table() {
        print("a BAR on any of N functions: N | plan and all options")
        for kind in FirmwareKind.allCases {
            for count in [100, 1_000, 10_000] {
                let guest = guest(count, kind)
                guard let request = Request(guest) else { continue }
                let planner = Planner(strategies: Strategies.all + [EveryFunction()])
                var listed = 0
                let time = Clock.median(count > 1_000 ? 3 : 5) {
                    guard let result = try? planner.plan(request) else { return 0 }
                    listed = Region.allCases.reduce(0) { $0 + result.options(for: $1).count }
                    return listed
                }
                precondition(listed > 2 * count, "every candidate has to be listed")
                print("  \(kind.rawValue), \(count) functions, \(listed) options | \(time)")
            }
        }
    }

    /// Bridges full of endpoints with one small BAR.
    private static func guest(_ count: Int, _ kind: FirmwareKind) -> GuestTopology {
        var guest = GuestTopology(
            name: "carriers", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: FirmwareChoice(kind),
            qemu: QEMURelease(10, 1))
        guest.igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 2 << 3), device: 0x5916, stolenMemory: .mib(64),
            rom: .file(path: "/igd.rom", contents: .vfioIgdPkg))
        let full = 240
        for number in 0..<count {
            let bridge = BusName("b\(number / full)")
            let place = number / full
            if number % full == 0 {
                guest.devices.append(
                    Device(
                        id: bridge.rawValue, model: "pci-bridge",
                        at: guest.rootSlot(UInt8(4 + place / 8), UInt8(place % 8)), multifunction: true,
                        properties: [Property("shpc", .bool(false))]))
            }
            let devfn = UInt8(number % full)
            var device = Device(
                id: "f\(number)", model: "function", at: Slot(bridge, devfn: devfn), multifunction: devfn & 7 == 0)
            device.described = DescribedFunction(
                vendor: 0x1b36, device: 0xffff, classCode: .unclassified,
                bars: [BAR(.bar(0), .memory32(size: .kib(4), prefetchable: false))])
            guest.devices.append(device)
        }
        return guest
    }
}

/// A BAR on any function.
private struct EveryFunction: Strategy {
    let id: StrategyID = "every-function"
    let summary = "a BAR of any function"
    let documentation = "For figures."
    let origin = Origin("figures")
    let sources = ["none"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let size: ByteCount = region == .stolenMemory ? .mib(64) : .kib(8)
        let index = BARIndex.bar(region == .stolenMemory ? 4 : 5)
        return request.topology.devices.filter { $0.model == "function" }.map { device in
            let berth = RegionBerth(
                region, strategy: id, needed: size, reserved: size,
                backing: .bar(device.slot, index, carrier: .bogusDevice),
                Combination(.barAssignment, .barRAM, .qemu, .none),
                register: TargetRegister(name: region == .stolenMemory ? "BDSM" : "ASLS", offset: 0x5c, bits: 32),
                missing: [MissingPiece(.qemu, "for figures")])
            let added = AddedBAR(slot: device.slot, bar: BAR(index, .memory32(size: size, prefetchable: true)))
            return Proposal(berth, TopologyEdit(addedBARs: [added]))
        }
    }
}
