import BerthPCI
import BerthStack
import BerthTopology

/// Dummy BARs on a function that Berth's own server shows to the guest: any class, any size, 32 bits wide.
///
/// The three differ in what guests take the function for.
struct UserCarrier: Strategy {
    let id: StrategyID
    let carrier: RegionBerth.Carrier
    private let classCode: ClassCode
    /// From the highest empty slot of the root bus down, so that what others add in the lowest ones is not in the way.
    private let place: Int
    private let guests: String

    static let lpcBridge = UserCarrier(
        id: "vfio-user-lpc-bridge", carrier: .lpcBridge, classCode: ClassCode(rawValue: 0x060100), place: 0,
        guests: "Windows (msisadrv) and Linux (lpc_ich or none) leave the BARs of an ISA bridge alone.")
    static let hostBridge = UserCarrier(
        id: "vfio-user-host-bridge", carrier: .hostBridge, classCode: .hostBridge, place: 1,
        guests: "Linux never switches a host bridge off; while it sizes its BARs they are gone for an instant.")
    static let ramController = UserCarrier(
        id: "vfio-user-ram-controller", carrier: .ramController, classCode: ClassCode(rawValue: 0x050000), place: 2,
        guests: "Windows has a null driver for a RAM controller, Linux none.")

    var summary: String { "BARs of \(carrier.withArticle) that a vfio-user server beside QEMU shows to the guest" }
    var documentation: String {
        """
        vfio-user-pci (QEMU 10.1) shows a guest any function that a server describes; 'berth carrier serve' is such a \
        server. The memory behind the BARs is the server's, mapped by QEMU like RAM, so that no access becomes a message; \
        the IGD's DMA reaches it as it reaches guest RAM (from sources). The BARs are 32 bits wide, which firmware puts \
        below 4 GiB, within reach of every register. \(guests) Both regions lie on one function, and Berth's option ROM \
        on it writes the registers, as for every dummy BAR. Migration, save and snapshot lose the \
        memory without a word, and the guest does not outlive the server. Measured with QEMU 11.1, SeaBIOS 1.17, OVMF \
        2026.08 and Linux 7.2 as an ISA bridge, a host bridge and a RAM controller; not with a real IGD, i915 or Windows.
        """
    }
    let origin = Origin(
        "SeaBIOS list, 13 February 2016, fake BARs on a function that guests leave alone",
        shippedBy: "QEMU 10.1 with Berth")
    let sources = [
        "QEMU 10.1 hw/vfio-user/pci.c; docs/interop/vfio-user.rst", "SeaBIOS list, 13 February 2016, Alex Williamson",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let slots = request.freeSlots
        guard request.topology.qemu.takesUserDevices, slots.count > place + 2 else { return [] }
        let slot = request.topology.rootSlot(slots[slots.count - 1 - place])
        return Self.proposal(
            for: region, in: request, strategy: id, at: slot, carrier: carrier, classCode: classCode
        ).map { [$0] } ?? []
    }

    /// Stolen memory behind BAR 0 of a server's function, the OpRegion behind BAR 1 of the same.
    static func proposal(
        for region: Region, in request: Request, strategy: StrategyID, at slot: Slot, carrier: RegionBerth.Carrier,
        classCode: ClassCode
    ) -> Proposal? {
        let needed = request.size(of: region)
        // A BAR of 32 bits has at most 2 GiB.
        guard needed > .zero, let size = request.barSize(for: region), size <= .gib(2) else { return nil }
        let index = BARIndex.bar(PerRegion(stolenMemory: 0, opRegion: 1)[region])
        let name = carrier == .lpcBridge ? "lpc" : carrier == .hostBridge ? "host" : "ram"
        let device = Device(
            userDevice: "berth-\(name)", at: slot,
            DescribedFunction(
                vendor: 0x8086, device: 0x9d84, classCode: classCode,
                bars: [BAR(index, .memory32(size: size, prefetchable: true))]),
            socket: UserDevice.socketPath(guest: request.topology.name, device: name))
        let berth = RegionBerth(
            region, strategy: strategy, needed: needed, reserved: size, backing: .bar(slot, index, carrier: carrier),
            .behindBAR(region, .writerROM), register: request.register(for: region))
        return Proposal(
            berth,
            TopologyEdit(
                devices: [device], igdProperties: Filled.properties(for: region, request),
                tasks: Carried.tasks(for: region, behind: index, of: slot, request)))
    }
}
