package import BerthDiagnostics
import BerthPCI

extension HostInventory {
    /// What two dumps of one machine say together. Of two configuration spaces the longer one is kept.
    ///
    /// Throws where they contradict each other, which two machines would.
    package func merging(_ other: HostInventory) throws(InputError) -> HostInventory {
        if let mine = stolenRange, let theirs = other.stolenRange, mine != theirs {
            throw InputError(twoRanges(mine, theirs), rule: .contradiction)
        }
        var merged: [HostFunction] = []
        for function in functions {
            guard let theirs = other.function(at: function.address) else {
                merged.append(function)
                continue
            }
            merged.append(try function.merging(theirs))
        }
        return HostInventory(
            functions: merged + other.functions.filter { function(at: $0.address) == nil },
            stolenRange: stolenRange ?? other.stolenRange, framebuffer: framebuffer ?? other.framebuffer,
            reservations: reservations.merging(other.reservations),
            addressWidth: addressWidth ?? other.addressWidth, processor: processor ?? other.processor,
            system: system.merging(other.system), opRegion: opRegion ?? other.opRegion,
            findings: findings + other.findings)
    }
}

extension HostFunction {
    fileprivate func merging(_ other: HostFunction) throws(InputError) -> HostFunction {
        if let identity, let theirs = other.identity,
            (identity.vendor, identity.device) != (theirs.vendor, theirs.device)
        {
            throw InputError(twoIdentities(address, identity, theirs), rule: .contradiction)
        }
        let mineIsLonger = configuration.bytes.count >= other.configuration.bytes.count
        let (better, worse) = mineIsLonger ? (self, other) : (other, self)
        var result = better
        result.identity = better.identity ?? worse.identity
        result.identity?.revision = better.identity?.revision ?? worse.identity?.revision
        result.identity?.subsystemVendor = better.identity?.subsystemVendor ?? worse.identity?.subsystemVendor
        result.identity?.subsystem = better.identity?.subsystem ?? worse.identity?.subsystem
        result.classCode = better.classCode ?? worse.classCode
        result.state = better.state.merging(worse.state)
        return result
    }
}

extension RuleID {
    fileprivate static let contradiction: RuleID = "host-dumps-contradict"
}

private func twoRanges(_ a: HostRange, _ b: HostRange) -> String {
    "graphics stolen memory is at \(a) in one dump and at \(b) in another; give dumps of one machine, of one boot"
}

private func twoIdentities(_ address: PCIAddress, _ a: FunctionIdentity, _ b: FunctionIdentity) -> String {
    "\(address) is \(a.text) in one dump and \(b.text) in another; give dumps of one machine"
}

extension FunctionIdentity {
    fileprivate var text: String {
        "\(Hexadecimal.plain(vendor, digits: 4)):\(Hexadecimal.plain(device, digits: 4))"
    }
}
