import BerthStack
import BerthBundled
import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthRehearsal
import BerthServices
import BerthTopology
import TestSupport
import Testing

/// Emitted arguments against real QEMU, stopped before firmware runs.
@Suite(.serialized) struct EmittedArgumentsTests {
    @Test(arguments: BundledTopologies.names)
    func `QEMU builds the functions that the model has`(name: String) async throws {
        let topology = try #require(try BundledTopologies.topology(named: name))
        try await compare(topology)
    }

    @Test(arguments: BundledTopologies.names)
    func `QEMU builds the functions of every plan that can be emitted`(name: String) async throws {
        let topology = try #require(try BundledTopologies.topology(named: name))
        for strategy in Strategies.all.map(\.id) {
            let result = try Services.plan(
                topology, restriction: .init(stolenMemory: strategy, opRegion: strategy))
            if let plan = result.plan, plan.missing.isEmpty { try await compare(try plan.emittable().topology) }
        }
    }

    private func compare(_ topology: GuestTopology) async throws {
        // Those need a server and a QEMU of this decade: `LiveCarrierTests`.
        guard !topology.devices.contains(where: { $0.userSocket != nil }) else { return }
        var standIn = topology.withStandIn()
        // What the installed QEMU has of each model, whatever release the guest is for.
        standIn.qemu = Stack.standard.qemu
        let tree = try standIn.resolved()
        // What only a later QEMU knows does not change what is built.
        var options = try ArgumentWriter.write(asItIs: topology, assignment: .standIn).map { option in
            QEMUOption(option.name, option.value?.replacing(",membar-backed=on", with: ""))
        }
        let folder = try WriterROMFolder()
        defer { folder.remove() }
        options.append(QEMUOption("-L", folder.path))
        let real = try await QEMUProcess.functionsBeforeFirmware(standIn, options: options)
        // Bus numbers are the firmware's, so functions are matched by id, and by slot where they have none.
        let key = { (id: String?, slot: UInt8, function: UInt8, device: UInt16) in
            "\(id ?? "-") \(slot).\(function) \(device)"
        }
        let predicted = Dictionary(
            uniqueKeysWithValues: tree.functions.map { (key($0.qdevID, $0.devfn >> 3, $0.devfn & 7, $0.device), $0) })
        #expect(real.count == tree.functions.count)
        for function in real {
            let name = key(function.qdevID, UInt8(function.slot), UInt8(function.function), function.device)
            let model = try #require(predicted[name], "QEMU has \(name), the model has not")
            #expect(function.vendor == model.vendor, "\(name)")
            #expect(function.classCode == model.classCode.baseAndSub, "\(name)")
            #expect(function.bars == model.bars, "\(name)")
        }
    }
}
