import BerthDiagnostics
import BerthTopology

/// Checks a plan from first principles, with plain numbers: aligned, contained, no overlap, reserved ranges untouched, the
/// register holds the address.
///
/// Written to be believed by reading. It shares nothing with planner and rules: it is told what a plan says, and what is
/// where after the guest has booted.
package enum Audit {
    /// Empty for a plan that holds.
    package static func violations(of claims: [Claim], in guest: AuditedGuest) -> [Violation] {
        var found: [Violation] = []
        for claim in claims {
            var check = Check(claim: claim, guest: guest)
            check.run()
            found += check.found
        }
        // The two regions lie apart.
        for (index, first) in claims.enumerated() {
            for second in claims[(index + 1)...] {
                guard let a = first.bytes, let b = second.bytes, a.meets(b) else { continue }
                found.append(
                    Violation(
                        kind: .overlapsRegion, region: first.name,
                        statement: "\(a) meets \(name: second.name) at \(b)"))
            }
        }
        return found
    }
}

extension Claim {
    /// Nil where the address is not known.
    fileprivate var bytes: Bytes? { address.flatMap { Bytes($0, size: taken) } }
}

private struct Check {
    let claim: Claim
    let guest: AuditedGuest
    var found: [Violation] = []

    mutating func say(_ kind: Violation.Kind, _ statement: Statement) {
        found.append(Violation(kind: kind, region: claim.name, statement: statement))
    }

    mutating func run() {
        if let halted = guest.halted { return say(.firmwareStops, "the firmware stops: \(halted)") }
        if claim.taken < claim.needed { say(.tooSmall, "\(bytes: claim.taken), and \(bytes: claim.needed) are needed") }
        guard let address = claim.address else {
            if !claim.isOpen { say(.noAddress, "no address") }
            return
        }
        guard let bytes = claim.bytes else {
            return say(.noAddress, "no range of \(bytes: claim.taken) at \(address: address)")
        }
        if address % claim.alignment != 0 { say(.misaligned, "\(bytes) is not aligned to \(bytes: claim.alignment)") }
        switch claim.place {
        case .bar(let slot, let register): bar(bytes, slot, register)
        case .reservedRAM: reserved(bytes)
        case .chosenRAM:
            if !guest.ram.contains(where: { $0.contains(bytes) }) { say(.notInRAM, "\(bytes) is not in RAM") }
            untouched(bytes)
        case .mapped:
            if guest.ram.contains(where: { $0.meets(bytes) }) { say(.inRAM, "\(bytes) is in RAM") }
            untouched(bytes)
            apart(bytes, except: nil)
        }
        register(address)
    }

    /// A BAR is there, with this address, where root and bridges let it through, and nothing else is.
    mutating func bar(_ bytes: Bytes, _ slot: Slot, _ register: Int) {
        guard let own = guest.bars.firstIndex(where: { $0.slot == slot && $0.register == register }) else {
            return say(.noCarrier, "no BAR \(register) with an address on \(slot)")
        }
        let bar = guest.bars[own]
        if bar.bytes != bytes { say(.addressDiffers, "the BAR is at \(bar.bytes), not at \(bytes)") }
        if claim.taken & (claim.taken - 1) != 0 { say(.notPowerOfTwo, "\(bytes: claim.taken) are no power of two") }
        if bytes.first % claim.taken != 0 { say(.misaligned, "\(bytes) is not a multiple of its size") }
        if !bar.isWide, bytes.last > 0xffff_ffff { say(.registerTooNarrow, "a 32-bit BAR cannot be at \(bytes)") }
        if !guest.apertures.contains(where: { $0.contains(bytes) }) {
            say(.outsideAperture, "\(bytes) is in no aperture: \(list(guest.apertures))")
        }
        for bridge in bar.above where !guest.bridges[bridge].windows.contains(where: { $0.contains(bytes) }) {
            say(.outsideWindow, "\(bytes) is in no window of \(name: guest.bridges[bridge].name)")
        }
        if guest.ram.contains(where: { $0.meets(bytes) }) { say(.inRAM, "\(bytes) is in RAM") }
        untouched(bytes)
        apart(bytes, except: own)
    }

    private func list(_ ranges: [Bytes]) -> Statement {
        ranges.map { "\($0)" as Statement }.joined(separator: ", ")
    }

    /// One range of the memory map or several that touch; in RAM, below 4 GiB.
    mutating func reserved(_ bytes: Bytes) {
        let below = guest.ram.first.map { $0.last < 1 << 32 && $0.contains(bytes) } ?? false
        if !below { say(.notInRAM, "\(bytes) is not in RAM below 4 GiB") }
        var next = bytes.first
        for range in guest.reserved.sorted(by: { $0.first < $1.first }) where range.first <= next && next <= range.last
        {
            if range.last >= bytes.last { return }
            next = range.last + 1
        }
        say(.notReserved, "\(address: next) is not reserved in the memory map")
    }

    /// Nothing that firmware or machine keep for themselves.
    mutating func untouched(_ bytes: Bytes) {
        for range in guest.reserved where claim.isTodaysFirmware && range.meets(bytes) {
            say(.reservedRange, "\(bytes) meets reserved \(range)")
        }
        for range in guest.chipset where range.meets(bytes) { say(.chipset, "\(bytes) meets the chipset's \(range)") }
    }

    /// Nobody else's BAR, and no window of a bridge that the region is not behind.
    mutating func apart(_ bytes: Bytes, except own: Int?) {
        for (index, bar) in guest.bars.enumerated() where index != own && bar.bytes.meets(bytes) {
            say(.overlapsBAR, "\(bytes) overlaps \(name: bar.name) at \(bar.bytes)")
        }
        let above = own.map { guest.bars[$0].above } ?? []
        for (index, bridge) in guest.bridges.enumerated() where !above.contains(index) {
            for window in bridge.windows where window.meets(bytes) {
                say(.strayWindow, "\(bytes) meets the window \(window) of \(name: bridge.name)")
            }
        }
    }

    /// It can hold the address, and holds it where a model says what it holds.
    mutating func register(_ address: UInt64) {
        guard let offset = claim.register else { return say(.noRegister, "no register points at it") }
        let last = address &+ (max(claim.needed, 1) - 1)
        if claim.bits < 64, last >> UInt64(claim.bits) != 0 {
            say(.registerTooNarrow, "a register of \(claim.bits) bits cannot hold \(address: last)")
        }
        switch claim.writer {
        case .firmware:
            let value = guest.registers.last { $0.offset == offset }?.value
            if value != address {
                say(.registerDiffers, "the register holds \(address: value ?? 0), not the address")
            }
        case .nobody:
            let value = guest.hostRegisters.last { $0.offset == offset }?.value
            if let value, value < address || value - address > claim.slack {
                say(.registerDiffers, "the host's register holds \(address: value)")
            }
        case .other:
            // What the firmware reserved, it wrote somewhere.
            if claim.place == .reservedRAM, !guest.registers.contains(where: { $0.value == address }) {
                say(.registerDiffers, "the firmware wrote no such address")
            }
        }
    }
}
