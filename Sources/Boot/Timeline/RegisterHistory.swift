import BerthDiagnostics
import BerthPCI

/// What BDSM or ASLS holds, phase by phase.
package struct RegisterHistory: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case address(UInt64)
        /// Whatever the address of the carrier is then.
        case carrier
    }

    /// `BDSM` or `ASLS`.
    package var name: String
    /// From which phase on it holds what, ascending; 0 before the first.
    package var writes: [Write]

    package struct Write: Hashable, Sendable {
        package var phase: BootPhase
        package var value: Value
        package init(_ phase: BootPhase, _ value: Value) {
            self.phase = phase
            self.value = value
        }
    }

    package init(_ name: String, _ writes: [Write]) {
        self.name = name
        self.writes = writes
    }

    package func value(in phase: BootPhase) -> Value { writes.last { $0.phase <= phase }?.value ?? .address(0) }
}

extension Exposure {
    /// Phases in which somebody counts on the region while the register points elsewhere, one gap for each run of them.
    static func elsewhere(
        _ register: RegisterHistory, function: Int, bar: BARIndex, size: UInt64, guest: GuestOutcome,
        users: (BootPhase) -> [String]
    ) -> [Gap] {
        var gaps: [Gap] = []
        var wasElsewhere = false
        let boot = guest.lastBoot
        for phase in BootPhase.allCases where phase >= .enumeration {
            let names = users(phase)
            guard !names.isEmpty, case .address(let value) = register.value(in: phase),
                let address = guest.address(of: function, bar, boot, in: phase)
            else {
                wasElsewhere = false
                continue
            }
            let isElsewhere = value < address || value - address >= size
            if isElsewhere, !wasElsewhere {
                gaps.append(
                    Gap(
                        kind: .registerElsewhere, boot: boot, phase: phase, function: function,
                        cause: DecodeCause(
                            "\(register.name) holds \(Hexadecimal.string(value)), which is not in the carrier's BAR",
                            source: "hw/vfio/igd.c@QEMU 7.2: a plain register, 0 until somebody writes it"),
                        users: names))
            }
            wasElsewhere = isElsewhere
        }
        return gaps
    }
}

extension GuestOutcome {
    /// 0, or how many resets there were.
    var lastBoot: Int { timeline.last?.boot ?? 0 }

    /// Where a BAR was last seen by the end of a phase; nil if it never was.
    func address(of function: Int, _ bar: BARIndex, _ boot: Int, in phase: BootPhase) -> UInt64? {
        for event in timeline.reversed()
        where event.function == function && event.bar == bar && event.boot == boot && event.phase <= phase {
            switch event.change {
            case .map(let address), .unmap(let address), .move(_, let address): return address
            }
        }
        return nil
    }
}
