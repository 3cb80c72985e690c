import BerthBoot
import BerthBundled
import BerthPCI
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology
import Testing

/// Lanes of a timeline, held against the boot they are made of.
struct TimelinePictureTests {
    /// A guest whose IGD has a GOP driver and whose regions lie in BARs of shared memory: Linux sizes them under the picture.
    private func carried() throws -> PlanPicture {
        let guest = try Reports.guest("q35-ovmf-gen9")
        let planning = try Services.plan(guest)
        let option = try #require(
            planning.options(for: .stolenMemory).first { $0.berth.strategy == "ram-controller" })
        let outcome = try Services.boot(option.evaluation.topology)
        return PlanPicture(planning, PlanReport(planning, detail: .all), outcome)
    }

    @Test(arguments: BundledTopologies.names)
    func `each BAR that ever decodes has a lane, and a region stands first`(name: String) throws {
        let picture = try Pictures.simulated(try Reports.guest(name))
        let timeline = try #require(picture.guest).timeline
        let outcome = picture.report.outcome
        struct Key: Hashable {
            var function: Int
            var bar: BARIndex
        }
        let bars = Set(outcome.guest.timeline.map { Key(function: $0.function, bar: $0.bar) })
        let carried = Set(
            outcome.exposures.compactMap { exposure in
                exposure.carrier.flatMap { carrier in exposure.bar.map { Key(function: carrier, bar: $0) } }
            })
        #expect(timeline.lanes.count + timeline.left == bars.subtracting(carried).count + outcome.exposures.count)
        #expect(timeline.lanes.prefix(outcome.exposures.count).map(\.region) == outcome.exposures.map(\.region))
        #expect(timeline.columns == timeline.columns.sorted() && Set(timeline.columns).count == timeline.columns.count)
    }

    @Test(arguments: BundledTopologies.names)
    func `stretches lie in the columns, one after the other`(name: String) throws {
        let timeline = try #require(try Pictures.simulated(try Reports.guest(name)).guest).timeline
        for lane in timeline.lanes {
            var last = 0.0
            for stretch in lane.stretches {
                #expect(stretch.start >= last && stretch.start <= stretch.end, "\(lane.name)")
                last = stretch.end
            }
            #expect(last <= Double(timeline.columns.count))
        }
    }

    @Test func `what somebody misses is marked, as often as the boot has it`() throws {
        let guest = try Reports.guest("q35-ovmf-gen9")
        let planning = try Services.plan(guest)
        let option = try #require(planning.options(for: .stolenMemory).first { $0.berth.strategy == "ram-controller" })
        let exposure = try #require(option.exposure)
        let outcome = try Services.boot(option.evaluation.topology)
        let timeline = PictureTimeline(outcome, exposures: [exposure])
        let lane = try #require(timeline.lanes.first)
        #expect(lane.region == .stolenMemory && lane.level == .transientWhileInUse(count: 6))
        #expect(lane.marks.count == exposure.gaps.count && lane.marks.filter(\.isMissed).count == 6)
        let first = try #require(lane.marks.first { $0.isMissed })
        #expect(timeline.columns[Int(first.start)].phase == .enumeration)
        #expect(first.facts.hasPrefix("decode off, 00:01.0: Linux sizes BAR 0, while the GOP driver uses it ["))
        #expect(lane.users.map(\.name) == outcome.consumers.filter { $0.region == .stolenMemory }.map(\.name))
    }

    @Test func `regions that the firmware reserves are always there`() throws {
        let picture = try Pictures.planned(try Reports.guest("pc-seabios-gen9"))
        let lanes = try #require(picture.guest).timeline.lanes
        #expect(lanes.prefix(2).map(\.name) == ["stolen memory", "OpRegion"])
        #expect(lanes.prefix(2).map(\.level) == [.never, .never])
        #expect(lanes.prefix(2).map { $0.stretches.count } == [1, 1])
    }
}
