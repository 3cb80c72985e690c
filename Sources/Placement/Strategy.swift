import BerthPCI
package import BerthTopology

/// One idea of where a region could lie. It proposes; rules judge.
package protocol Strategy: Sendable {
    var id: StrategyID { get }
    /// One line for lists.
    var summary: String { get }
    /// What it does and where it is known to break.
    var documentation: String { get }
    var origin: Origin { get }
    var sources: [String] { get }
    /// Every way this idea can be carried out for one region of this guest; empty where it does not apply.
    func proposals(for region: Region, in request: Request) -> [Proposal]
}

/// Where a strategy comes from.
package struct Origin: Hashable, Sendable {
    /// Who thought of it, and what it was called there.
    package var idea: String
    /// Nil for an idea that no release has.
    package var shippedBy: String?

    package init(_ idea: String, shippedBy: String? = nil) {
        self.idea = idea
        self.shippedBy = shippedBy
    }
}

/// A berth for one region, and what it changes in the guest.
package struct Proposal: Hashable, Sendable {
    package var berth: RegionBerth
    package var edit: TopologyEdit
    package init(_ berth: RegionBerth, _ edit: TopologyEdit = TopologyEdit()) {
        self.berth = berth
        self.edit = edit
    }
}

/// What a proposal adds to the topology. Data, so that two proposals can be joined in either order.
package struct TopologyEdit: Hashable, Sendable {
    package var devices: [Device]
    package var addedBARs: [AddedBAR]
    /// Properties of the assigned IGD.
    package var igdProperties: [Property]
    /// What a register writer in an option ROM has to do.
    package var tasks: [RegisterTask]

    package init(
        devices: [Device] = [], addedBARs: [AddedBAR] = [], igdProperties: [Property] = [], tasks: [RegisterTask] = []
    ) {
        self.devices = devices
        self.addedBARs = addedBARs
        self.igdProperties = igdProperties
        self.tasks = tasks
    }

    /// Of what tells most edits of a guest apart; the rest is compared. A plan looks hundreds of them up.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(devices.count)
        hasher.combine(igdProperties.count)
        hasher.combine(tasks.count)
        hasher.combine(devices.first?.slot)
        for added in addedBARs {
            hasher.combine(added.slot)
            hasher.combine(added.bar.index)
        }
        for property in igdProperties { hasher.combine(property.value) }
    }

    /// How many devices this and another edit add together.
    func deviceCount(with other: TopologyEdit) -> Int {
        let shared = devices.filter { device in
            device.userSocket != nil && other.devices.contains { $0.id == device.id && $0.slot == device.slot }
        }
        return devices.count + other.devices.count - shared.count
    }

    package func apply(to topology: inout GuestTopology) {
        // Adding nothing would still copy thousands of devices.
        for device in devices {
            // Both regions lie on one function of a server's.
            if device.userSocket != nil, let index = topology.devices.lastIndex(where: { $0.id == device.id }),
                topology.devices[index].join(device)
            {
                continue
            }
            topology.devices.append(device)
        }
        if !addedBARs.isEmpty { topology.addedBARs += addedBARs }
        for property in igdProperties { topology.igd?.set(property.name, property.value) }
        if !tasks.isEmpty { topology.addRegisterTasks(tasks) }
    }
}

/// All strategies, in the order in which ties between plans are broken. A test holds it against the folder.
package enum Strategies {
    package static let all: [any Strategy] = [
        NothingToPlace(), FirmwareReserved(), RAMController(), LPCBridge(), UserCarrier.lpcBridge,
        UserCarrier.hostBridge,
        UserCarrier.ramController, GenericBridge(), BogusDummy(), IGDBAR5(),
        HostIdentity(), ReservedOrStop(), ExistingDevice(), HostBaseRAM(), HostToldBase(), FixedCarveOut(),
        HideGMS(), QEMUMapsHost(), FirmwareMapsHost(), ReadOnlyMap(), CopiedBuffer(), QEMUCopy(), LateMap(),
        ACPILinker(), CrosvmMMIO(), ASLSFlag(), LeftAlone(), UnnamedCombination(),
    ]

    package static func strategy(_ id: StrategyID) -> (any Strategy)? { all.first { $0.id == id } }
}
