import BerthPCI
import BerthStack
import BerthTopology

/// What happens to a running Windows. Every line of it is from documents or a conclusion from them; nothing was
/// measured, and every cause says so.
struct WindowsRuntime {
    private(set) var session: FirmwareSession
    private var disabled: Set<Int> = []

    init(_ session: FirmwareSession) { self.session = session }

    private static func cause(_ text: String, _ source: String) -> DecodeCause {
        DecodeCause("\(text) (not measured)", source: source)
    }

    mutating func perform(_ action: GuestAction) {
        switch action {
        // What is enabled stays as it is when its driver loads.
        case .loadDrivers: break
        case .unbindDriver(let index), .remove(let index): disable(index)
        case .rescan: for index in disabled.sorted() { enable(index) }
        case .plug(let index): plug(index)
        case .reset(let index):
            interrupt(
                [index],
                Self.cause("the function is reset", "PCI Express Base 5.0, section 6.6.2; learn.microsoft.com, FLDR"))
        case .suspendToIdle, .runtimeSuspend: sleep()
        case .suspendToRAM:
            interrupt(
                session.tree.reachable,
                Self.cause(
                    "QEMU resets the devices on wake-up, Windows restores them",
                    "hw/pci/pci.c@QEMU 7.2 pci_do_device_reset; learn.microsoft.com, IRP_MN_SET_POWER"))
        case .reboot:
            disabled = []
            session.reboot()
        }
    }

    private mutating func interrupt(_ functions: [Int], _ cause: DecodeCause) {
        for index in functions where !disabled.contains(index) {
            session.change(index) { $0.interrupt(.runtime, cause) }
        }
    }

    /// In the device manager: stopped, with everything behind it.
    private mutating func disable(_ index: Int) {
        let tree = session.tree
        if let bridge = tree.functions[index].bridge {
            for child in tree.visible(on: bridge.secondaryBus) { disable(child) }
        }
        disabled.insert(index)
        session.change(index) {
            $0.off(
                .runtime, Self.cause("disabled in the device manager", "learn.microsoft.com, IRP_MN_REMOVE_DEVICE"))
        }
    }

    private mutating func enable(_ index: Int) {
        disabled.remove(index)
        session.change(index) {
            $0.on(.runtime, Self.cause("enabled again", "learn.microsoft.com, IRP_MN_START_DEVICE"))
        }
    }

    /// Where the windows of the port have no room, running devices are stopped and started again: here, the port
    /// and what is behind it. Where to is not known; they come back at the same address.
    private mutating func plug(_ index: Int) {
        session.plug(index)
        let tree = session.tree
        let bus = tree.functions[index].bus
        guard case .bridge(let port) = tree.buses[bus].parent, !hasRoom(index, behind: port) else { return }
        interrupt(
            [port] + tree.visible(on: bus),
            Self.cause(
                "Windows stops and starts running devices to make room", "learn.microsoft.com, Stopping a Device"))
    }

    /// Whether the windows are as large as all that is behind them needs together.
    private func hasRoom(_ index: Int, behind port: Int) -> Bool {
        guard let bridge = session.firmware.functions[port].bridge else { return false }
        let tree = session.tree
        let needed = { (isPrefetchable: Bool) in
            tree.visible(on: tree.functions[index].bus).flatMap { tree.functions[$0].bars }.filter {
                !$0.kind.isIO && $0.index != .rom && $0.kind.isPrefetchable == isPrefetchable
            }.reduce(UInt64(0)) { $0 &+ $1.kind.size.rawValue }
        }
        let size = { (window: BridgeWindow) in window.isOpen ? window.limit &- window.base &+ 1 : 0 }
        return needed(false) <= size(bridge.memory) && needed(true) <= size(bridge.prefetchable)
    }

    /// On QEMU before 10.0 a function in D3 keeps its BARs.
    private mutating func sleep() {
        guard session.topology.qemu.unmapsBARsInD3 else { return }
        let tree = session.tree
        interrupt(
            tree.reachable.filter { tree.functions[$0].hasCapability(.powerManagement) },
            Self.cause("the function is in D3", "hw/pci/pci.c@QEMU 10.0 pci_update_mappings"))
    }
}
