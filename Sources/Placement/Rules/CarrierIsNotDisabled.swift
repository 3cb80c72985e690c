import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// Never where the guest switches decode off while the GPU uses the memory.
struct CarrierIsNotDisabled: Rule {
    let id: RuleID = "carrier-not-disabled"
    let watchesBoot = true
    let summary = "the guest does not switch the carrier off while the GPU uses the memory"
    let documentation = """
        One bit of the command register switches all memory BARs of a function. Linux up to 6.13 clears it once for each \
        BAR register it sizes, from 6.14 once a function; host bridges are spared. Harmless while nobody uses the \
        region: the OpRegion is read when i915 loads, and a video BIOS in text mode does not scan out of stolen memory. \
        A GOP driver does, from the firmware's first picture on. Windows was never seen to disable a device during \
        boot; of one that it has no driver for it shows an exclamation mark. A host bridge is spared the command register, not \
        the sizing: with decode on, all ones are written to the BAR, which moves it for an instant.
        """
    let sources = [
        "Linux 6.1 drivers/pci/probe.c __pci_read_base; drivers/pci/quirks.c quirk_mmio_always_on",
        "Linux commit 4453f360862e (6.14)", "SeaBIOS list, 13 February 2016, Alex Williamson",
        "recorded decode timelines carrier-*.json",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let carrier = berth.carrier, let slot = berth.slot, evaluation.tree.index(at: slot) != nil else {
            return []
        }
        switch evaluation.topology.guest {
        case .firmwareOnly: return [.holds(Fact(id, "no operating system runs"))]
        case .windows(let version):
            guard carrier == .bogusDevice else {
                return [
                    .holds(
                        Fact(
                            id,
                            "Windows \(.windows, version) leaves decode of \(short: slot) on (from reports, not measured)"
                        ))
                ]
            }
            return [
                .costs(
                    Fact(
                        id,
                        """
                        Windows \(.windows, version) has no driver for \(short: slot); decode normally stays on, and may not \
                        (from reports, not measured)
                        """, remedy: "a carrier with a null driver: a RAM controller"))
            ]
        case .linux(let version):
            guard let exposure = evaluation.exposure(of: berth) else { return [] }
            let index = evaluation.tree.index(at: slot)
            let isHostBridge = index.map {
                evaluation.tree.functions[$0].classCode.baseAndSub == ClassCode.hostBridge.baseAndSub
            }
            return [judge(exposure, berth, slot, version, isHostBridge: isHostBridge ?? false)]
        }
    }

    private func judge(
        _ exposure: Exposure, _ berth: RegionBerth, _ slot: Slot, _ version: LinuxRelease, isHostBridge: Bool
    ) -> Judgement {
        let gone = exposure.gaps.filter { $0.kind == .decodeOff }
        let cycles = gone.count
        let numbers: [String: Fact.Quantity] = ["cycles": .count(cycles)]
        let times: Statement = cycles == 1 ? "once" : "\(cycles) times"
        let statement: Statement =
            isHostBridge
            ? "Linux \(version) leaves decode of \(short: slot) on, and its BAR holds ones \(times) while it is sized"
            : "Linux \(version) switches decode of \(short: slot) off \(times) while it sizes the BARs"
        switch exposure.carrierLevel {
        case .never:
            return .holds(Fact(id, "Linux \(version) never switches decode of \(short: slot) off"))
        case .onlyBeforeDriverLoads: return .costs(Fact(id, "\(statement), before the driver loads", numbers))
        case .transientWhileInUse:
            let first = gone.first { !$0.users.isEmpty }
            let user = first?.users.first ?? "somebody"
            return .rejects(
                Fact(
                    id,
                    """
                    \(statement), while \(name: user) shows a picture out of \(berth.region); first when \
                    \(first?.cause.description ?? "")
                    """, numbers, remedy: "memory that the firmware reserves, or a ROM without GOP"), .vanishes)
        case .broken:
            let cause = exposure.gaps.first { $0.kind == .lost || $0.kind == .moved }?.cause.description ?? "it moves"
            return .rejects(
                Fact(
                    id, "the BAR on \(short: slot) is not where the register will point: \(cause)", numbers,
                    remedy: "fewer devices or reservations, so that the BAR stays where the firmware puts it"),
                .vanishes)
        }
    }
}
