import BerthPCI
package import BerthTopology

/// What every OS finds when the firmware hands over. Worked out once for all that are asked about.
package struct HandOver: Sendable {
    private(set) var topology: GuestTopology
    let tree: PCITree
    let firmware: FirmwareOutcome
    /// Functions whose changes are noted; nil for all. A planner asks about few functions of many.
    let watched: Set<Int>?
    /// By index of the function, as the firmware left it; nil for one that it did not find.
    let decodes: [FunctionDecode?]
    let rootWindows: [RootWindows]
    private let known = LinuxStart.Kept()

    /// `tree` is what is plugged in, `before` what decoded until a reset.
    init(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, watching watched: Set<Int>? = nil,
        before: [FunctionDecode?]
    ) {
        self.topology = topology
        self.tree = tree
        self.firmware = firmware
        self.watched = watched
        var decodes = before.isEmpty ? Array(repeating: nil, count: tree.functions.count) : before
        if firmware.halted == nil {
            // The firmware placed everything, and made the OS's tables, before a register writer moved anything.
            let placed = firmware.beforeWriters
            let model = FirmwareModels.timed(topology.firmware).decode(tree, placed)
            let writers = WriterDecode(firmware, topology.firmwareKind)
            let boot = before.lazy.compactMap { $0 }.first?.boot ?? 0
            for index in tree.reachableByFirmware {
                var decode =
                    decodes[index]
                    ?? FunctionDecode(
                        index, tree.functions[index], boot: boot, isWatched: watched?.contains(index) ?? true)
                decodes[index] = nil
                model.run(&decode)
                writers.run(&decode)
                decodes[index] = decode
            }
            rootWindows = RootWindows.of(topology, tree, placed)
        } else {
            rootWindows = []
        }
        self.decodes = decodes
    }

    /// From power-on.
    package init(
        _ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, watching functions: Set<Int>? = nil
    ) {
        self.init(topology, tree, firmware, watching: functions, before: [])
    }

    /// The same for all kernels with these rules.
    func linux(_ rules: LinuxResourceRules) -> LinuxStart { known.start(self, rules) }

    /// The same for another OS.
    package func handed(to guest: GuestOS) -> HandOver {
        var copy = self
        copy.topology.guest = guest
        return copy
    }
}
