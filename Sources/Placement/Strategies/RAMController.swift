import BerthPCI
import BerthTopology

/// A dummy BAR with RAM behind it, on a function that every guest takes for memory.
struct RAMController: Strategy {
    let id: StrategyID = "ram-controller"
    let summary = "BAR 2 of an ivshmem-plain device, a RAM controller with real memory behind it"
    let documentation = """
        ivshmem-plain (1af4:1110, class 0500) has a 64-bit prefetchable BAR of any power of two, backed by RAM, \
        which QEMU maps for the IGD's DMA, too. Windows binds a null driver to it, Linux none. Firmware places \
        the BAR; no released firmware copies its address into BDSM or ASLS. Berth's option ROM does, on the carrier itself: \
        it runs under SeaBIOS and OVMF before anything that draws under Windows or Linux, fills the OpRegion from fw_cfg, \
        and moves a BAR that the firmware put above 4 GiB, out of reach of a 32-bit register, below. SeaBIOS puts it there \
        from 1.16.3 on where RAM lies above 4 GiB and the processor's width is trusted, OVMF always. Measured with firmware \
        and Linux on an IGD's stand-in; not with a real IGD, i915 or Windows.
        """
    let origin = Origin(
        "SeaBIOS list, February 2016, a dummy BAR, on a class that every guest knows")
    let sources = [
        "QEMU 7.2 hw/misc/ivshmem.c", "SeaBIOS list, February 2016, fake BARs (Alex Williamson, Kevin O'Connor)",
        "recorded runs carrier-ivshmem-*.json",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region) else { return [] }
        let name = Carried.name[region]
        return slots(for: region, in: request).map { slot in
            let device = Device(
                id: "berth-\(name)", model: "ivshmem-plain", at: slot,
                backend: MemoryBackend(id: "berth-\(name)-memory", size: size))
            let berth = RegionBerth(
                region, strategy: id, needed: needed, reserved: size,
                backing: .bar(slot, .bar(2), carrier: .ramController),
                .behindBAR(region, .writerROM), register: request.register(for: region))
            let edit = TopologyEdit(
                devices: [device], igdProperties: Filled.properties(for: region, request),
                tasks: Carried.tasks(for: region, behind: .bar(2), of: slot, request))
            return Proposal(berth, edit)
        }
    }

    /// An empty slot of the root bus; on q35 also 00:1f.1 and 00:1f.4, beside ICH9's own functions.
    private func slots(for region: Region, in request: Request) -> [Slot] {
        var slots = [request.freeSlot(for: region)].compactMap { $0 }
        if request.topology.machine.type == .q35 {
            slots.append(request.topology.rootSlot(0x1f, PerRegion(stolenMemory: 1, opRegion: 4)[region]))
        }
        return slots
    }
}
