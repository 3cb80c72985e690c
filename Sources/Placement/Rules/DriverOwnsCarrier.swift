import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Never on a function whose driver owns its BARs.
struct DriverOwnsCarrier: Rule {
    let id: RuleID = "driver-owns-carrier"
    let summary = "no driver of the guest uses the BARs of the carrier"
    let documentation = """
        A driver maps, resizes or resets the BARs of its function. i915 asks for the stolen range as a resource of its \
        own and gets it inside a BAR only while no driver has made that BAR busy. Windows drivers look at unexpected \
        BARs and give up.
        """
    let sources = [
        "Linux 6.1 modules.alias (recorded for 112 device models); drivers/virtio/virtio_pci_common.c declines 1af4:1110",
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c request_smem_stolen; kernel/resource.c __request_region",
        "SeaBIOS list, 13 February 2016: BAR 5 of the IGD, 'Windows 10 not so happy'",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let carrier = berth.carrier, let slot = berth.slot else { return [] }
        switch carrier {
        case .igd where evaluation.topology.guest == .firmwareOnly: return [.holds(Fact(id, "no driver runs"))]
        case .igd where evaluation.topology.guest.isWindows:
            return [
                .rejects(
                    Fact(
                        id, "Intel's Windows driver owns \(short: slot), and a BAR it does not expect stops it",
                        remedy: "another carrier: the ISA/LPC bridge or a RAM controller"), .vanishes)
            ]
        case .igd:
            // A prototype of 2016 ran under Linux; it depended on i915 not looking.
            return [
                .rejects(
                    Fact(
                        id,
                        """
                        i915 (or xe) owns \(short: slot) and resets it, which takes the BAR away while the memory is in use
                        """, remedy: "another carrier: the ISA/LPC bridge or a RAM controller"), .vanishes)
            ]
        case .lpcBridge: return [.holds(Fact(id, "the driver of an ISA bridge (msisadrv, lpc_ich) does not use BARs"))]
        case .pciBridge:
            return [.holds(Fact(id, "the driver of a PCI bridge does not use BARs without a hot-plug controller"))]
        case .hostBridge:
            return [.holds(Fact(id, "no driver of Linux or Windows uses the BARs of another host bridge"))]
        case .ramController where evaluation.isServed(slot):
            return [
                .holds(
                    Fact(id, "no Linux driver knows the ids of \(short: slot), Windows has a null driver for the class")
                )
            ]
        case .ramController:
            return [
                .holds(
                    Fact(
                        id, "no Linux driver binds to ivshmem-plain (virtio_pci declines it), Windows has a null driver"
                    ))
            ]
        case .bogusDevice: return [.holds(Fact(id, "no driver knows the ids of \(short: slot)"))]
        case .existingDevice: return [existing(slot, evaluation)]
        }
    }

    /// A driver that finds a BAR it does not know may map it, or refuse the device.
    private func existing(_ slot: Slot, _ evaluation: Evaluation) -> Judgement {
        let name = evaluation.tree.index(at: slot).map { evaluation.tree.functions[$0].name }
        let owner: Statement = name.map { "\(name: $0)" } ?? "\(short: slot)"
        guard evaluation.topology.guest != .firmwareOnly else { return .holds(Fact(id, "no driver runs")) }
        return .rejects(
            Fact(
                id, "the driver of \(owner) owns the BARs of \(short: slot), the added one too",
                remedy: "a carrier of its own: a RAM controller"), .impossible)
    }
}
