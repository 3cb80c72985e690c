import BerthTopology

/// All points of the space, and which of them contradict themselves.
extension Combination {
    static let all: [Combination] = Chooser.allCases.flatMap { chooser in
        Memory.allCases.flatMap { memory in
            RegionBerth.RegisterWriter.allCases.flatMap { writer in
                Contents.allCases.map { Combination(chooser, memory, writer, $0) }
            }
        }
    }

    /// Those that strategies are named after.
    static func named(for region: Region) -> [Combination] {
        let both: [Combination] = [
            .nothing, .firmwareReserved(region, .firmware), .firmwareReserved(region, .optionROM),
            .behindBAR(region, .writerROM), .behindBAR(region, .guest), .behindBAR(region, .qemu),
            Combination(.host, .hostMemory, .nobody, .host),
            Combination(.constant, .hostMemory, .qemu, .host), Combination(.qemu, .hostMemory, .qemu, .host),
        ]
        switch region {
        case .stolenMemory:
            return both + [
                Combination(.host, .guestRAM, .nobody, .none), Combination(.host, .guestRAM, .optionROM, .none),
            ]
        case .opRegion:
            return both + [
                Combination(.firmware, .hostMemory, .firmware, .host),
                Combination(.qemu, .hostMemoryReadOnly, .qemu, .host),
                Combination(.qemu, .qemuBuffer, .qemu, .qemuCopy), Combination(.qemu, .guestRAM, .qemu, .qemuCopy),
                Combination(.firmware, .guestRAM, .firmware, .qemuCopy),
                Combination(.qemu, .forwardedReads, .qemu, .host),
            ]
        }
    }

    /// Coherent, without a name, and of pieces that exist: only guests run code of their administrator's.
    static func unnamed(for region: Region) -> [Combination] {
        unnamed[region]
    }

    private static let unnamed = PerRegion { region in
        let named = Set(named(for: region))
        return all.filter {
            $0.writer == .guest && $0.memory == .guestRAM && $0.isCoherent(for: region) && !named.contains($0)
        }
    }

    /// Whether the four answers can be true together.
    func isCoherent(for region: Region) -> Bool {
        guard (memory == .none) == (chooser == .nobody), (memory == .barRAM) == (chooser == .barAssignment) else {
            return false
        }
        return contentsFit(region) && writerFits(region)
    }

    /// Stolen memory needs no contents; an OpRegion has to come from somewhere that reaches the memory.
    private func contentsFit(_ region: Region) -> Bool {
        let isHosts = [.hostMemory, .hostMemoryReadOnly, .forwardedReads].contains(memory)
        guard !isHosts else { return contents == .host }
        guard region == .opRegion, memory != .none else { return contents == .none }
        switch contents {
        case .firmwareCopy: return chooser == .firmware && memory == .guestRAM
        case .qemuCopy: return writer == .qemu || chooser == .firmware && writer == .firmware
        case .guestCopy: return writer == .guest
        case .romCopy: return writer == .writerROM
        case .host, .none: return false
        }
    }

    /// Whoever writes the register has to know the address.
    private func writerFits(_ region: Region) -> Bool {
        switch chooser {
        // Firmware that places an OpRegion writes ASLS as well; BDSM it may miss.
        case .firmware:
            return writer == .firmware || writer == .optionROM || writer == .guest && region == .stolenMemory
        case .barAssignment: return [.qemu, .writerROM, .guest].contains(writer)
        case .qemu, .constant: return writer == .qemu
        // The host's number is worth keeping for stolen memory only: no register repeats that of the OpRegion.
        case .host: return writer == .nobody || (writer == .guest || writer == .optionROM) && region == .stolenMemory
        case .administrator: return writer == .guest && memory == .guestRAM
        case .nobody: return writer == .nobody
        }
    }
}
