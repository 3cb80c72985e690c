package import BerthDiagnostics
import BerthTopology

/// A point of the space of all berths. Every known way of placing a region answers the same four questions, and a named
/// strategy is one set of answers.
package struct Combination: Hashable, Sendable {
    /// Who picks the address.
    package enum Chooser: String, Hashable, Sendable, CaseIterable {
        /// SeaBIOS, or the driver in the option ROM, out of RAM below 4 GiB.
        case firmware
        /// Whoever assigns BARs: the firmware, and the OS after it.
        case barAssignment = "BAR assignment"
        case qemu = "QEMU"
        /// The number is the host's.
        case host
        /// One number for every guest.
        case constant
        /// Whoever writes the guest's kernel parameters.
        case administrator
        case nobody
    }

    /// What is behind the addresses.
    package enum Memory: String, Hashable, Sendable, CaseIterable {
        case guestRAM = "guest RAM"
        /// RAM of a device model, reached through a BAR.
        case barRAM = "memory behind a BAR"
        /// A buffer of QEMU's, mapped into the guest.
        case qemuBuffer = "a buffer of QEMU's"
        case hostMemory = "the host's memory"
        case hostMemoryReadOnly = "the host's memory, read-only"
        /// Reads are passed on to the host's region, writes are dropped.
        case forwardedReads = "reads passed on to the host"
        case none
    }

    /// Where the contents come from. Stolen memory needs none.
    package enum Contents: String, Hashable, Sendable, CaseIterable {
        case firmwareCopy = "copied by the firmware"
        case qemuCopy = "copied by QEMU"
        case romCopy = "copied by Berth's option ROM"
        case guestCopy = "copied by a script in the guest"
        case host = "the host's own"
        case none
    }

    package var chooser: Chooser
    package var memory: Memory
    package var writer: RegionBerth.RegisterWriter
    package var contents: Contents

    package init(_ chooser: Chooser, _ memory: Memory, _ writer: RegionBerth.RegisterWriter, _ contents: Contents) {
        self.chooser = chooser
        self.memory = memory
        self.writer = writer
        self.contents = contents
    }

    package static let nothing = Combination(.nobody, .none, .nobody, .none)

    /// Guest RAM that the firmware takes out of the memory map.
    static func firmwareReserved(_ region: Region, _ writer: RegionBerth.RegisterWriter) -> Combination {
        Combination(
            .firmware, .guestRAM, writer, PerRegion(stolenMemory: .none, opRegion: .firmwareCopy)[region])
    }

    /// A dummy BAR with memory of its own; whoever writes the register copies the OpRegion as well.
    static func behindBAR(_ region: Region, _ writer: RegionBerth.RegisterWriter) -> Combination {
        Combination(
            .barAssignment, .barRAM, writer,
            PerRegion(stolenMemory: .none, opRegion: Contents(by: writer))[region])
    }
}

extension Combination.Contents {
    /// Of an OpRegion behind a BAR, by who writes the register.
    fileprivate init(by writer: RegionBerth.RegisterWriter) {
        switch writer {
        case .guest: self = .guestCopy
        case .writerROM: self = .romCopy
        case .firmware, .optionROM, .qemu, .nobody: self = .qemuCopy
        }
    }
}

/// Something that has to be made before a berth can be had.
package struct MissingPiece: Hashable, Sendable {
    package enum Party: String, Hashable, Sendable, CaseIterable, Comparable {
        case guest, optionROM = "option ROM", firmware, qemu = "QEMU"
        /// A program beside QEMU that a device of its is made of.
        case server
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (a: Party, b: Party) -> Bool { a.rank < b.rank }
    }
    /// Whose code it is.
    package var party: Party
    package var what: Statement

    package init(_ party: Party, _ what: Statement) {
        self.party = party
        self.what = what
    }
}
