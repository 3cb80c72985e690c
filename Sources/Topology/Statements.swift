package import BerthDiagnostics

extension Slot {
    /// As statements keep it.
    package var named: SlotName { SlotName(bus: bus.rawValue, devfn: devfn) }
}

extension Statement.StringInterpolation {
    /// `pcie.0:03.0`
    package mutating func appendInterpolation(_ slot: Slot) { statement.append(.slot(slot.named, .full)) }

    /// `00:03.0`: of the root bus, as `lspci` prints it.
    package mutating func appendInterpolation(short slot: Slot) { statement.append(.slot(slot.named, .short)) }

    package mutating func appendInterpolation(_ region: Region) { statement.append(.name(region.name)) }

    package mutating func appendInterpolation(_ refusal: IGDRefusal) { statement.append(.words(refusal.message)) }

    package mutating func appendInterpolation(_ machine: MachineType) { statement.append(.name(machine.rawValue)) }
}
