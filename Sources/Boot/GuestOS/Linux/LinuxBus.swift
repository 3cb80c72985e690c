import BerthPCI
import BerthTopology

/// The resources of all functions, and which of them a bus may hand out from.
struct LinuxBus {
    private(set) var tree: PCITree
    var arena = ResourceArena()
    /// By function: BARs by position (6 is the ROM), then the windows of a bridge: I/O, memory, prefetchable.
    private(set) var slots: [[(slot: Int, resource: Int)]]
    /// By bus: root windows, or the windows of the bridge that leads to it.
    private(set) var windows: [[Int]]
    /// By resource; nil for a root window.
    private var owners: [(function: Int, slot: Int)?] = []

    static let rom = 6
    static let ioWindow = 7
    static let memoryWindow = 8
    static let prefetchableWindow = 9
    /// And those that follow: what BARs of virtual functions take.
    static let virtualFunctions = 10

    /// Whether ROM registers still hold an address: OVMF leaves all ones in them.
    private let romsHaveAddresses: Bool
    let rules: LinuxResourceRules

    init(
        _ tree: PCITree, _ firmware: FirmwareOutcome, _ roots: [RootWindows], romsHaveAddresses: Bool,
        rules: LinuxResourceRules
    ) {
        self.romsHaveAddresses = romsHaveAddresses
        self.rules = rules
        self.tree = tree
        slots = Array(repeating: [], count: tree.functions.count)
        windows = Array(repeating: [], count: tree.buses.count)
        for root in roots {
            for range in root.io { addRoot(range.start.rawValue, range.last.rawValue, isIO: true, root.bus) }
            for range in root.memory { addRoot(range.start.rawValue, range.last.rawValue, isIO: false, root.bus) }
        }
        for index in tree.reachable {
            let result = firmware.functions[index]
            for bar in tree.functions[index].bars { addBAR(bar, of: index, result) }
            addVirtualFunctions(of: index, firmware.virtualFunctions[index] ?? [:])
            guard let bridge = tree.functions[index].bridge else { continue }
            let registers = result.bridge ?? .reset(tree.functions[index])
            addWindow(registers.io, Self.ioWindow, of: index, bridge)
            addWindow(registers.memory, Self.memoryWindow, of: index, bridge)
            addWindow(registers.prefetchable, Self.prefetchableWindow, of: index, bridge)
        }
        for bus in tree.buses.indices { inheritWindows(bus) }
    }

    /// A function that was plugged in: all its BARs read 0.
    mutating func insert(_ index: Int, _ tree: PCITree) {
        self.tree = tree
        for bar in tree.functions[index].bars { addBAR(bar, of: index, FunctionOutcome()) }
        addVirtualFunctions(of: index, [:])
    }

    private mutating func addRoot(_ first: UInt64, _ last: UInt64, isIO: Bool, _ bus: Int) {
        windows[bus].append(
            add(.init(start: first, end: last, isPresent: true, isIO: isIO, isRoot: true), owner: nil))
    }

    /// ROMs count as prefetchable. A register that holds nothing useful reads as an address outside of
    /// every window, or as 0; both mean that somebody has to find one.
    ///
    /// Source: drivers/pci/probe.c@Linux 6.1 `pci_read_bases`, `__pci_read_base`.
    private mutating func addBAR(_ bar: BAR, of index: Int, _ result: FunctionOutcome) {
        let isROM = bar.index == .rom
        if isROM, hasShadowedROM(index, result) { return }
        let size = bar.kind.isIO ? bar.kind.size.rawValue : max(bar.kind.size.rawValue, 16)
        let address = isROM ? (romsHaveAddresses ? result.romReservation : nil) : result.addresses[bar.index]
        let start = address ?? 0
        let resource = add(
            .init(
                start: start, end: start &+ (size - 1), isPresent: true, isIO: bar.kind.isIO,
                isPrefetchable: isROM || bar.kind.isPrefetchable, is64Bit: bar.kind.is64Bit),
            owner: (index, bar.index.position))
        slots[index].append((bar.index.position, resource))
    }

    /// One resource for all that there could be, whose alignment is that of one.
    ///
    /// Source: drivers/pci/iov.c@Linux 6.12 `sriov_init`, `pci_sriov_resource_alignment`.
    private mutating func addVirtualFunctions(of index: Int, _ addresses: [Int: UInt64]) {
        let registers = VirtualFunctions.registers(of: index, in: tree)
        for (number, register) in registers.enumerated() {
            let start = addresses[number] ?? 0
            let slot = Self.virtualFunctions + number
            let resource = add(
                .init(
                    start: start, end: start &+ register.size.rawValue * register.count &- 1, isPresent: true,
                    isPrefetchable: true, is64Bit: true, unit: register.size.rawValue),
                owner: (index, slot))
            slots[index].append((slot, resource))
        }
    }

    /// The ROM of a VGA function that decodes is taken to be the copy at 0xc0000, and needs no place.
    ///
    /// Source: arch/x86/pci/fixup.c@Linux 6.1 `pci_fixup_video`, a header fixup.
    private func hasShadowedROM(_ index: Int, _ result: FunctionOutcome) -> Bool {
        let function = tree.functions[index]
        return function.classCode.isVGA && tree.buses[function.bus].isRoot && !result.isRejected
    }

    /// Source: drivers/pci/probe.c@Linux 6.1 `pci_read_bridge_io`, `pci_read_bridge_mmio`, `pci_read_bridge_mmio_pref`.
    private mutating func addWindow(_ window: BridgeWindow, _ slot: Int, of index: Int, _ bridge: Bridge) {
        var resource = ResourceArena.Resource()
        resource.isIO = slot == Self.ioWindow
        resource.isPrefetchable = slot == Self.prefetchableWindow
        resource.is64Bit = resource.isPrefetchable && bridge.hasWidePrefetchableWindow
        if window.isOpen {
            resource.start = window.base
            resource.end = window.limit
            resource.isPresent = true
        }
        let added = add(resource, owner: (index, slot))
        slots[index].append((slot, added))
        windows[bridge.secondaryBus].append(added)
    }

    /// Behind a bridge that decodes subtractively, everything its own bus has can be used. Up to 6.17 a window that the
    /// firmware left closed is not there when this is noted.
    private mutating func inheritWindows(_ bus: Int) {
        guard case .bridge(let index) = tree.buses[bus].parent, isTransparent(index) else { return }
        windows[bus] += windows[tree.functions[index].bus].filter { rules.selectsWindows || arena[$0].isPresent }
    }

    func isTransparent(_ bridge: Int) -> Bool { tree.functions[bridge].classCode.interface == 1 }

    /// The resources of a bus's functions in the order of their registers.
    func resources(of index: Int) -> [(slot: Int, resource: Int)] {
        slots[index]
    }

    /// Room for virtual functions; a ROM, which nobody has switched on; from 7.0 on also a window that nothing has to be in.
    ///
    /// Source: drivers/pci/setup-bus.c@Linux 7.2 `pci_resource_is_optional`.
    func isOptional(_ resource: Int) -> Bool {
        guard let slot = owners[resource]?.slot else { return false }
        return slot == Self.rom || slot >= Self.virtualFunctions
            || rules.hasOptionalWindows && slot > Self.rom && arena[resource].size == 0
    }

    /// Host bridges and unclassified functions are left alone.
    ///
    /// Source: drivers/pci/setup-bus.c@Linux 6.1 `__dev_sort_resources`.
    static func isAssignable(_ function: PCIFunction) -> Bool {
        ![0, 0x0600].contains(function.classCode.baseAndSub)
    }

    func owner(of resource: Int) -> (function: Int, slot: Int)? { owners[resource] }

    func isWindow(_ resource: Int) -> Bool {
        owners[resource].map { (Self.ioWindow...Self.prefetchableWindow).contains($0.slot) } ?? false
    }

    private mutating func add(_ resource: ResourceArena.Resource, owner: (function: Int, slot: Int)?) -> Int {
        owners.append(owner)
        return arena.add(resource)
    }

    func resource(of index: Int, _ slot: Int) -> Int? { slots[index].first { $0.slot == slot }?.resource }

    func alignment(_ resource: Int) -> UInt64 {
        arena[resource].isStartAligned ? arena[resource].start : arena[resource].unit ?? arena[resource].size
    }
}
