import BerthPCI
import BerthTopology

/// Takes over what the firmware placed: windows from the root down, then BARs, then ROMs.
///
/// What cannot be claimed loses its address, or, a window, ceases to exist.
///
/// Source: arch/x86/pci/i386.c `pcibios_resource_survey`, `pcibios_allocate_bridge_resources`,
/// `pcibios_allocate_dev_resources`, `pcibios_allocate_dev_rom_resource`; drivers/pci/setup-res.c
/// `pci_claim_resource`; drivers/pci/setup-bus.c `pci_claim_bridge_resource` @ Linux 6.1.
struct LinuxClaiming {
    private let tree: PCITree
    private(set) var bus: LinuxBus
    /// Where the firmware had put what could not be claimed.
    private(set) var firmwareAddresses: [Int: UInt64] = [:]
    private let decodes: (Int) -> Bool

    init(_ bus: LinuxBus, decodes: @escaping (Int) -> Bool) {
        self.bus = bus
        tree = bus.tree
        self.decodes = decodes
    }

    mutating func run() {
        for root in tree.roots { claimWindows(below: root) }
        for pass in [true, false] {
            for root in tree.roots { claimBARs(on: root, decoding: pass) }
        }
        for root in tree.roots { claimROMs(on: root) }
    }

    private mutating func claimWindows(below number: Int) {
        for index in tree.visible(on: number) {
            guard let bridge = tree.functions[index].bridge else { continue }
            for slot in LinuxBus.ioWindow...LinuxBus.prefetchableWindow {
                guard let window = bus.resource(of: index, slot), bus.arena[window].isPresent else { continue }
                if bus.arena[window].start == 0 || !claim(window, on: number) && !clip(window, on: number) {
                    bus.arena[window].start = 0
                    bus.arena[window].end = 0
                    bus.arena[window].isPresent = false
                }
            }
            claimWindows(below: bridge.secondaryBus)
        }
    }

    /// A window that sticks out is cut to what its bus has, and claimed again.
    private mutating func clip(_ window: Int, on number: Int) -> Bool {
        let old = bus.arena[window]
        for outer in bus.windows[number] where bus.arena[outer].isPresent && bus.arena[outer].isIO == old.isIO {
            let start = max(old.start, bus.arena[outer].start)
            let end = min(old.end, bus.arena[outer].end)
            guard start <= end else { continue }
            guard start != old.start || end != old.end else { return false }
            bus.arena[window].start = start
            bus.arena[window].end = end
            bus.arena[window].isUnset = false
            return claim(window, on: number)
        }
        return false
    }

    private mutating func claimBARs(on number: Int, decoding: Bool) {
        for index in tree.visible(on: number) {
            for (slot, resource) in bus.resources(of: index)
            where slot != LinuxBus.rom && !bus.isWindow(resource) && decodes(index) == decoding {
                let start = bus.arena[resource].start
                guard start != 0, bus.arena[resource].parent == nil, !claim(resource, on: number) else { continue }
                firmwareAddresses[resource] = start
                forget(resource)
            }
            if let bridge = tree.functions[index].bridge { claimBARs(on: bridge.secondaryBus, decoding: decoding) }
        }
    }

    private mutating func claimROMs(on number: Int) {
        for index in tree.visible(on: number) {
            if let rom = bus.resource(of: index, LinuxBus.rom), bus.arena[rom].start != 0, !claim(rom, on: number) {
                forget(rom)
            }
            if let bridge = tree.functions[index].bridge { claimROMs(on: bridge.secondaryBus) }
        }
    }

    private mutating func forget(_ resource: Int) {
        bus.arena[resource].end -= bus.arena[resource].start
        bus.arena[resource].start = 0
    }

    private mutating func claim(_ resource: Int, on number: Int) -> Bool {
        let parent = bus.windows[number].first { bus.arena.contains($0, resource) }
        // A prefetchable window must not hold what is not prefetchable.
        guard let parent,
            bus.arena[resource].isPrefetchable || !bus.arena[parent].isPrefetchable,
            bus.arena.request(resource, in: parent)
        else {
            bus.arena[resource].isUnset = true
            return false
        }
        return true
    }
}
