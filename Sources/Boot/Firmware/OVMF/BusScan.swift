import BerthPCI
import BerthStack
import BerthTopology

/// OVMF's bus numbers, root bridge by root bridge, and the functions it found on the way.
///
/// Source: `PciScanBus`, `PciAllocateBusNumber` in PciBusDxe/PciLib.c, `PciRootBridgeEnumerator` in
/// PciBusDxe/PciEnumerator.c, `PciHostBridgeUtilityGetRootBridgesBusScan` in
/// OvmfPkg/Library/PciHostBridgeUtilityLib @ edk2-stable202211; `PciAllocateBusNumber` @ edk2-stable202602, too.
struct BusScan {
    private let tree: PCITree
    private let wraps: Bool
    /// Bus indices of the root bridges that count, ascending by number.
    let roots: [Int]
    /// By root bridge: what was found below it.
    private(set) var functions: [[Int]] = []
    /// False if a root bridge ran out of numbers: its scan ends there, and nothing is allocated anywhere.
    private(set) var isComplete = true
    /// By bus index.
    private(set) var numbers: [UInt8?]
    /// Bus numbers by index of the bridge.
    private var bridges: [Int: (secondary: UInt8, subordinate: UInt8)] = [:]
    /// Highest number in use, and the last one the root bridge owns.
    private var counter: UInt8 = 0
    private var first: UInt8 = 0
    private var last: UInt8 = 255

    init(_ tree: PCITree, _ release: OVMFRelease) {
        self.tree = tree
        wraps = release.wrapsBusNumbers
        numbers = tree.buses.map { if case .root(let number) = $0.parent { number } else { nil } }
        // An expander's bus on which nothing answers is never noticed.
        roots = tree.roots.filter { $0 == 0 || !tree.visible(on: $0, includingVendorZero: true).isEmpty }
        for (position, root) in roots.enumerated() {
            let next = position + 1 < roots.count ? numbers[roots[position + 1]] : nil
            first = numbers[root] ?? 0
            counter = first
            last = next.map { $0 - 1 } ?? 255
            functions.append([])
            do {
                try scan(root)
                _ = try number(after: counter, by: 0)
            } catch {
                isComplete = false
            }
        }
    }

    private struct OutOfNumbers: Error {}

    private mutating func scan(_ bus: Int) throws(OutOfNumbers) {
        for index in tree.visible(on: bus, includingVendorZero: true) {
            functions[functions.count - 1].append(index)
            guard let bridge = tree.functions[index].bridge else { continue }
            bridges[index] = (0, 0)
            counter = try number(after: counter, by: 1)
            let secondary = counter
            bridges[index] = (secondary, last)
            if secondary > 0 {
                numbers[bridge.secondaryBus] = secondary
                try scan(bridge.secondaryBus)
            } else if first == 0 {
                // Bus 0 would be scanned again and again; the firmware never comes back.
                throw OutOfNumbers()
            }
            if let extra = HotPlugPadding.reservedBuses(tree.functions[index]) {
                counter = max(counter, try number(after: secondary, by: extra))
            }
            bridges[index]?.subordinate = counter
        }
    }

    /// Up to 202511 numbers are bytes: past 255 they start again at 0, which no later request survives, and a reservation
    /// past 255 asks for nothing. Later there are no more.
    private func number(after start: UInt8, by count: UInt8) throws(OutOfNumbers) -> UInt8 {
        let (next, isPast) = start.addingReportingOverflow(count)
        guard wraps || !isPast, start >= first, start <= last, next <= last else { throw OutOfNumbers() }
        return next
    }

    /// Writes bus numbers and the closed windows with which every bridge starts.
    func report(to outcome: inout FirmwareOutcome) {
        outcome.busNumbers = numbers
        for (index, numbers) in bridges {
            outcome.functions[index].bridge = .closed(secondary: numbers.secondary, subordinate: numbers.subordinate)
        }
    }
}

extension BridgeOutcome {
    /// Base all ones, limit all zeros.
    ///
    /// Source: `InitializePpb` in PciBusDxe/PciEnumeratorSupport.c @ edk2-stable202211.
    fileprivate static func closed(secondary: UInt8, subordinate: UInt8) -> BridgeOutcome {
        BridgeOutcome(
            secondary: secondary, subordinate: subordinate, io: BridgeWindow(.io, base: 0xf000, limit: 0xfff),
            memory: BridgeWindow(.memory, base: 0xfff0_0000, limit: 0xf_ffff),
            prefetchable: BridgeWindow(.prefetchableMemory, base: 0xffff_ffff_fff0_0000, limit: 0xf_ffff))
    }
}
