package import BerthPCI
package import BerthTopology

/// What came of booting a guest for real, fact by fact.
package struct RehearsalReport: Hashable, Sendable {
    package var guest: ReportedGuest
    /// Names of the strategies that placed the regions; nil for a guest that is booted as it is.
    package var strategies: PerRegion<String>?
    package var releases: [RehearsedRelease]
    /// What stands for what.
    package var staged: [StagedPart]
    /// How many facts of the plan's own guest are those of the guest that booted.
    package var planned: PlannedFacts
    package var rows: [RehearsalRow]
    /// What happened to the stand-in; nil where nothing was logged.
    package var accesses: DisplayAccesses?
    /// What the display's driver said.
    package var driverMessages: [String]
    /// Seconds.
    package var duration: Double
    /// Where everything lies; nil where a firmware stopped.
    package var maps: RehearsalMaps?

    package init(
        guest: ReportedGuest, strategies: PerRegion<String>?, releases: [RehearsedRelease], staged: [StagedPart],
        planned: PlannedFacts, rows: [RehearsalRow], accesses: DisplayAccesses?, driverMessages: [String],
        duration: Double, maps: RehearsalMaps? = nil
    ) {
        self.guest = guest
        self.strategies = strategies
        self.releases = releases
        self.staged = staged
        self.planned = planned
        self.rows = rows
        self.accesses = accesses
        self.driverMessages = driverMessages
        self.duration = duration
        self.maps = maps
    }

    package var agrees: Bool { rows.allSatisfy { $0.agrees } }
}

/// How much of what was predicted for the planned guest is the same for the guest that booted.
package struct PlannedFacts: Hashable, Sendable {
    package var same: Int
    package var all: Int

    package init(same: Int, all: Int) {
        self.same = same
        self.all = all
    }
}

/// A fact, as predicted and as it was.
package struct RehearsalRow: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// The firmware stops for good.
        case halt
        /// A function answers, and as what.
        case function
        /// A BAR: kind, size, address.
        case bar = "BAR"
        /// Numbers that a bridge leads to.
        case buses
        /// What a bridge lets through.
        case window
        /// A register of the display.
        case register
        /// What the register writer said.
        case writer
        /// Whether the OpRegion is where ASLS points.
        case opRegion = "OpRegion"
        /// An entry of the firmware's memory map.
        case memoryMap = "e820"
        /// When a BAR came and went.
        case decode
        /// What Linux reserves for graphics.
        case reservation
        /// A line of `/proc/iomem`.
        case memory = "iomem"
    }

    package var kind: Kind
    /// `00:02.0 BAR 2`
    package var place: String
    /// Nil where nothing of it was predicted.
    package var predicted: String?
    /// Nil where nothing of it is there.
    package var observed: String?

    package init(_ kind: Kind, _ place: String, predicted: String?, observed: String?) {
        self.kind = kind
        self.place = place
        self.predicted = predicted
        self.observed = observed
    }

    package var agrees: Bool { predicted == observed }
}

/// A release that the prediction is for, and what really ran.
package struct RehearsedRelease: Hashable, Sendable {
    /// `QEMU`
    package var product: String
    package var predicted: String
    /// Nil where nothing says what ran.
    package var ran: String?

    package init(_ product: String, predicted: String, ran: String?) {
        self.product = product
        self.predicted = predicted
        self.ran = ran
    }

    /// As far as the prediction names numbers: `7.2` is 7.2.22, and `1.16.2-debian-1` is 1.16.2.
    package var agrees: Bool {
        guard let ran else { return true }
        let numbers = { (text: String) in
            text.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map(String.init)
        }
        return numbers(ran).starts(with: numbers(predicted))
    }
}

/// What of a rehearsed guest stands for something that this machine does not have.
package enum StagedPart: Hashable, Sendable {
    /// A test device of QEMU's with the identity of the IGD; its BARs are its own.
    case relabelledDisplay
    /// Under KVM: this machine's own, as wide as the guest sees it.
    case hostProcessor(bits: Int)
    /// A function of our own server's, with BARs and registers of the IGD.
    case servedDisplay
    /// QEMU's LPC bridge for an IGD, with the identity that it would have copied.
    case lpcBridge
    /// `etc/igd-opregion` with a made-up OpRegion.
    case opRegion(ByteCount)
    /// Berth's register writer without the display's own ROM behind it.
    case writerROM
    /// A ROM without an image in it; what the real one would have done.
    case emptyROM(String, placesRegions: Bool)
    /// Carriers that another program would serve.
    case servedCarrier(String)
}

/// What a stand-in saw.
package struct DisplayAccesses: Hashable, Sendable {
    /// One line each, in order, repetitions counted.
    package var lines: [String]
    package var reads: Int
    package var writes: Int

    package init(lines: [String], reads: Int, writes: Int) {
        self.lines = lines
        self.reads = reads
        self.writes = writes
    }
}
