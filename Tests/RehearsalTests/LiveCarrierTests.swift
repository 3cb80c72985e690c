import BerthBoot
import BerthPCI
import BerthPlacement
import BerthRehearsal
import BerthServices
import BerthStack
import BerthTopology
import BerthVFIOUser
import Foundation
import Testing

/// Carriers that a server shows, in real QEMU: `make live` with a stack whose QEMU has vfio-user-pci.
@Suite(.serialized) struct LiveCarrierTests {
    private static let stack: Stack? = ProcessInfo.processInfo.environment["BERTH_LIVE_STACK"].flatMap(Stack.named)
        .flatMap {
            $0.qemu.takesUserDevices ? $0 : nil
        }

    @Test(
        .enabled(if: stack != nil, "BERTH_LIVE_STACK names a stack whose QEMU has vfio-user-pci"),
        arguments: [MachineType.pc, .q35], [FirmwareKind.seabios, .ovmf])
    func `firmware places a served carrier where the model says`(machine: MachineType, firmware: FirmwareKind)
        async throws
    {
        let stack = try #require(Self.stack)
        var guest = GuestTopology(
            name: "live", machine: Machine(machine), ram: GuestRAM(.gib(1)),
            firmware: FirmwareChoice(firmware, of: stack),
            stack: stack)
        guest.igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: 0x9a49, stolenMemory: .mib(64),
            rom: .none)
        let names: [StrategyID] = ["vfio-user-lpc-bridge", "vfio-user-host-bridge", "vfio-user-ram-controller"]
        for strategy in names + (machine == .pc ? ["lpc-bridge"] : []) {
            try await compare(guest, strategy)
        }
    }

    private func compare(_ guest: GuestTopology, _ strategy: StrategyID) async throws {
        let request = try #require(Request(guest))
        var topology = guest
        for region in Region.allCases {
            let proposal = try #require(Strategies.strategy(strategy)?.proposals(for: region, in: request).first)
            proposal.edit.apply(to: &topology)
        }
        let index = try #require(topology.devices.firstIndex { $0.userSocket != nil })
        let bars = try #require(topology.devices[index].described?.bars)
        #expect(bars.map(\.index) == [.bar(0), .bar(1)])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vu-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("s").path
        topology.devices[index].properties = [
            Property("x-msg-timeout", .number(UserDevice.patience)), Property("socket", .text(path)),
        ]
        // Without an IGD its ROM would find nothing to do.
        topology.devices[index].tasks = []
        topology.devices[index].romSize = nil
        let described = try #require(topology.devices[index].described)
        let carrier = try CarrierFunction(
            FunctionRegisters.Identity(
                vendor: described.vendor, device: described.device, classCode: described.classCode.rawValue),
            bars: bars.enumerated().map { .init($0.offset, size: $0.element.kind.size.rawValue) })
        let server = try FunctionServer(carrier, path: path)
        Thread.detachNewThread { try? server.run() }
        defer {
            server.requestStop()
            server.requestStop()
        }
        var run = GuestRun.patient
        run.program = "qemu-in-root"
        run.timeLimit = .seconds(600)
        let observed = try await run.observe(topology)
        #expect(
            try RecordedComparison.firstDifference(of: topology.withStandIn(), from: observed) == nil,
            "\(strategy) on \(guest.machine.type), \(guest.firmware)")
    }
}
