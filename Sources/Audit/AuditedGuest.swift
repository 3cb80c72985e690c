package import BerthBoot
import BerthDiagnostics
import BerthPCI
package import BerthTopology

/// First and last byte.
package struct Bytes: Hashable, Sendable, CustomStringConvertible {
    package var first: UInt64
    package var last: UInt64

    package init(_ first: UInt64, _ last: UInt64) {
        self.first = first
        self.last = last
    }

    /// Nil if there is none, or its last byte is beyond 2^64 - 1.
    package init?(_ first: UInt64, size: UInt64) {
        guard size > 0, first <= UInt64.max - (size - 1) else { return nil }
        self.init(first, first + (size - 1))
    }

    func meets(_ other: Bytes) -> Bool { first <= other.last && other.first <= last }
    func contains(_ other: Bytes) -> Bool { first <= other.first && other.last <= last }

    package var description: String { "0x\(String(first, radix: 16))-0x\(String(last, radix: 16))" }
}

/// A guest after its boot, in plain numbers: what is where.
package struct AuditedGuest: Hashable, Sendable {
    /// One BAR that decodes memory.
    package struct BAR: Hashable, Sendable {
        /// QEMU's bus and slot, and the position of the register.
        package var slot: Slot
        package var register: Int
        package var bytes: Bytes
        package var isWide: Bool
        /// Positions in `bridges`, from the bus of the function up to its root.
        package var above: [Int]

        var name: String { "\(slot) BAR \(register)" }

        package init(slot: Slot, register: Int, bytes: Bytes, isWide: Bool, above: [Int]) {
            self.slot = slot
            self.register = register
            self.bytes = bytes
            self.isWide = isWide
            self.above = above
        }
    }

    package struct Bridge: Hashable, Sendable {
        package var name: String
        /// What it passes on: its memory and its prefetchable window, where they are open.
        package var windows: [Bytes]

        package init(name: String, windows: [Bytes]) {
            self.name = name
            self.windows = windows
        }
    }

    /// A register of the IGD that the firmware wrote.
    package struct Register: Hashable, Sendable {
        package var offset: Int
        package var value: UInt64

        package init(offset: Int, value: UInt64) {
            self.offset = offset
            self.value = value
        }
    }

    package var ram: [Bytes]
    /// What reaches PCI: the firmware's own, and after it the root windows of the OS.
    package var apertures: [Bytes]
    /// The memory map's entries that are not RAM; empty for firmware whose map is not modelled.
    package var reserved: [Bytes]
    /// Where the machine has something that is in no list: configuration space of a q35, interrupt controllers, flash.
    package var chipset: [Bytes]
    package var bars: [BAR]
    package var bridges: [Bridge]
    package var registers: [Register]
    /// Why the firmware stopped; nothing above is true then.
    package var halted: String?
    /// The host's BDSM and ASLS, where known.
    package var hostRegisters: [Register]

    /// Boots the guest; `resolve()` and the models of firmware and OS are all that is used. What no OS moves is as the
    /// firmware left it.
    package init(_ topology: GuestTopology, withOS: Bool = true) {
        let tree = topology.resolve().tree
        let firmware = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
        let guest =
            firmware.halted == nil && withOS
            ? GuestOSModels.model(for: topology.guest).run(HandOver(topology, tree, firmware, watching: [])) : nil
        self.init(topology, tree, firmware, guest)
    }

    /// From a boot that is there already; `guest` is nil where no OS ran.
    package init(_ topology: GuestTopology, _ tree: PCITree, _ firmware: FirmwareOutcome, _ guest: GuestOutcome?) {
        let functions = guest?.functions ?? firmware.functions
        halted = firmware.halted
        let layout = topology.ramLayout
        ram = [Bytes(0, size: layout.below4GiB.rawValue), Bytes(1 << 32, size: layout.above4GiB.rawValue)]
            .compactMap { $0 }
        apertures = [firmware.apertures.below4GiB, firmware.apertures.above4GiB].compactMap { $0 }.map(Bytes.init)
        reserved = firmware.memoryMap.filter { $0.kind != .ram }.map { Bytes($0.range) }
        // I/O APIC, HPET, local APIC, flash. Source: QEMU include/hw/i386/ioapic.h IO_APIC_DEFAULT_ADDRESS.
        chipset = [Bytes(0xfec0_0000, 0xffff_ffff)]
        if topology.machine.type == .q35 {
            // MMCONFIG: beside the aperture. Source: SeaBIOS src/fw/dev-q35.h; EDK2 PcdPciExpressBaseAddress.
            let isLow = apertures.first.map { $0.first >= 0xc000_0000 } ?? true
            chipset.append(isLow ? Bytes(0xb000_0000, 0xbfff_ffff) : Bytes(0xe000_0000, 0xefff_ffff))
        }
        // An OS goes by what the ACPI tables give to root buses, which is more than the firmware uses.
        apertures += guest?.rootWindows.flatMap(\.memory).map(Bytes.init) ?? []
        bridges = []
        var number: [Int: Int] = [:]
        for (index, function) in tree.functions.enumerated() where function.bridge != nil {
            number[index] = bridges.count
            let windows = [functions[index].bridge?.memory, functions[index].bridge?.prefetchable]
            bridges.append(
                Bridge(
                    name: function.name,
                    windows: windows.compactMap { $0 }.filter { $0.base <= $0.limit }.map { Bytes($0.base, $0.limit) }))
        }
        bars = []
        for (index, function) in tree.functions.enumerated() {
            for bar in function.bars {
                guard case .bar(let register) = bar.index, !bar.kind.isIO,
                    let start = functions[index].addresses[bar.index],
                    let bytes = Bytes(start, size: bar.kind.size.rawValue)
                else { continue }
                var above: [Int] = []
                var bus = function.bus
                while case .bridge(let bridge) = tree.buses[bus].parent, let known = number[bridge] {
                    above.append(known)
                    bus = tree.functions[bridge].bus
                }
                bars.append(
                    BAR(
                        slot: Slot(tree.buses[function.bus].name, devfn: function.devfn), register: register,
                        bytes: bytes, isWide: bar.kind.is64Bit, above: above))
            }
        }
        let igd = tree.functions.firstIndex { $0.origin == .igd }
        registers = firmware.registers.filter { $0.function == igd }.map {
            Register(offset: $0.offset, value: $0.value)
        }
        hostRegisters = []
        if let host = topology.igd {
            if let base = host.hostStolenBase {
                hostRegisters += [0x5c, 0xc0].map { Register(offset: $0, value: base.rawValue) }
            }
            if let asls = host.hostASLS { hostRegisters.append(Register(offset: 0xfc, value: UInt64(asls))) }
        }
    }
}

extension Bytes {
    fileprivate init(_ range: GuestRange) { self.init(range.start.rawValue, range.last.rawValue) }
}

extension Statement.StringInterpolation {
    mutating func appendInterpolation(_ bytes: Bytes) { statement.append(.range(bytes.first, bytes.last)) }
}
