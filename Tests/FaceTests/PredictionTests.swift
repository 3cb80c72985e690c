import Berth
import Testing

/// Predictions as users of the library see them.
struct PredictionTests {
    private static func guest() throws -> Guest { try #require(Guest(bundled: "pc-seabios-gen9")) }

    @Test func `addresses, memory map and budget are there`() throws {
        let prediction = try Prediction(Self.guest())
        #expect(prediction.halted == nil)
        #expect(try prediction.address(of: "igd")?.short == "00:02.0")
        #expect(try prediction.bar(2, of: "igd") == 0xe000_0000)
        #expect(prediction.memoryMap.first?.start == 0)
        #expect(prediction.memoryMap.contains { $0.isReserved })
        #expect(prediction.budget()?.spaces.map(\.name).prefix(2) == ["I/O", "below 4 GiB"])
    }

    @Test func `the timeline tells when a BAR is not there`() throws {
        let events = try Prediction(Self.guest()).timeline.events
        let sizing = events.filter { $0.device == "igd" && $0.phase == .enumeration && $0.bar == 2 }
        #expect(sizing.first?.change == .vanishes(from: 0xe000_0000))
        #expect(sizing.last?.change == .appears(at: 0xe000_0000))
    }

    @Test func `a reboot is a second boot`() throws {
        let guest = try Self.guest()
        #expect(try Prediction(guest).timeline.events.map(\.boot).max() == 0)
        #expect(try Prediction(guest, then: [.reboot]).timeline.events.map(\.boot).max() == 1)
    }

    @Test func `what happens to a device that is not there is refused`() throws {
        let guest = try Self.guest()
        let error = try #require(throws: InputError.self) { try Prediction(guest, then: [.reset(device: "nic")]) }
        #expect(error.findings.map(\.rule) == ["usage"])
    }

    @Test func `a device that is not there is answered with those that are`() throws {
        let prediction = try Prediction(Self.guest())
        let error = try #require(throws: UnknownDevice.self) { try prediction.function("net1") }
        #expect(
            error.description == "there is no device 'net1'; did you mean 'net0'?; there are disk0, igd, net0, usb0")
    }
}
