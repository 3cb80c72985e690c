import BerthBoot
import BerthPCI
import BerthStack
import FoundationEssentials

/// Looks at a running guest until it is done, and then at what it did.
struct GuestWatch {
    let task: GuestTask
    let signs: FirmwareSigns
    let timeLimit: Duration

    /// A driver that waits for an engine may wait for ever.
    private static let patienceWithModules = Duration.seconds(180)
    /// What looks like a BAR that is being sized so often is one that lies there.
    private static let patienceWithSizing = 5

    /// Nil if QEMU ended by itself.
    func watch(_ monitor: inout QMPSession) async throws -> GuestRecord? {
        let clock = ContinuousClock()
        let start = clock.now
        var watcher = SettleWatcher(signs, from: start)
        while clock.now - start < timeLimit {
            try await Task.sleep(for: .milliseconds(100))
            task.progress("\(Int((clock.now - start).components.seconds)) s: \(stage)")
            switch watcher.look(at: clock.now) {
            case .halted(let message):
                var record = self.record(monitor)
                record.observation.halted = message
                return record
            case let state:
                if let linux = task.linux {
                    guard signs.serial.contains(LinuxImage.Mark.ready) else {
                        guard try await monitor.goesOn() else { return nil }
                        continue
                    }
                    return try await afterLinux(linux, &monitor, until: start + timeLimit, clock)
                }
                if signs.words != nil {
                    guard state == .done else {
                        guard try await monitor.goesOn() else { return nil }
                        continue
                    }
                    // The last lines of the log are on their way.
                    try await Task.sleep(for: .milliseconds(300))
                    return try await look(&monitor)
                }
                guard try await monitor.goesOn(), let functions = try await monitor.functions() else { return nil }
                if watcher.isSettled(functions, at: clock.now), isWriterDone(functions) {
                    return try await look(&monitor)
                }
            }
        }
        throw GuestRun.Failure.notSettled(seconds: Int(timeLimit.components.seconds))
    }

    private var stage: String {
        if task.linux != nil, !signs.serial.isEmpty { return "Linux is starting" }
        return "the firmware is at work"
    }

    /// OVMF starts option ROMs when everything has its place, which looks like the end.
    private func isWriterDone(_ functions: [PCIFunctionReport]) -> Bool {
        !task.hasWriter || signs.log.contains("berth: done")
    }

    private func record(_ monitor: QMPSession) -> GuestRecord {
        var record = GuestRecord()
        record.qemu = monitor.version
        record.firmware = signs.release
        record.observation.e820 = signs.memoryMap()
        let said = signs.log.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("berth: ") }
        if task.hasWriter { record.observation.writer = said.map { String($0.dropFirst("berth: ".count)) } }
        return record
    }

    /// Stops the guest, because one that goes on, in a network boot ROM say, uses the same configuration ports.
    private func look(_ monitor: inout QMPSession) async throws -> GuestRecord? {
        guard let functions = try await stop(&monitor) else { return nil }
        var record = self.record(monitor)
        record.observation.functions = functions.compactMap(Observation.Function.init)
        if !task.registers.isEmpty {
            var found: [Observation.Register] = []
            for register in task.registers {
                guard let value = try await monitor.read(register.bus, register.devfn, at: register.offset) else {
                    return nil
                }
                found.append(
                    Observation.Register(
                        bdf: PCIAddress(bus: register.bus, devfn: register.devfn).short, offset: register.offset,
                        name: register.name,
                        value: UInt64(value)))
            }
            record.observation.registers = found
            record.observation.opRegionIsThere = try await isOpRegionThere(found, &monitor)
        }
        return record
    }

    /// Stops the guest. A driver that sizes a BAR, iPXE's say, has all ones in it for a moment: that is let pass.
    private func stop(_ monitor: inout QMPSession) async throws -> [PCIFunctionReport]? {
        for _ in 0..<Self.patienceWithSizing {
            guard try await monitor.execute("stop") != nil, let functions = try await monitor.functions() else {
                return nil
            }
            guard functions.contains(where: \.isBeingSized) else { return functions }
            _ = try await monitor.execute("cont")
            try await Task.sleep(for: .milliseconds(50))
        }
        guard try await monitor.execute("stop") != nil else { return nil }
        return try await monitor.functions()
    }

    /// Whether what ASLS points at is the file, as the processor sees it; nil where nothing is known or nothing is pointed at.
    private func isOpRegionThere(
        _ registers: [Observation.Register], _ monitor: inout QMPSession
    ) async throws -> Bool? {
        guard let wanted = task.opRegion, let address = registers.first(where: { $0.offset == 0xfc })?.value,
            address != 0
        else { return nil }
        return try await signs.memory(at: address, count: wanted.count, &monitor) == wanted
    }

    private func afterLinux(
        _ linux: LinuxImage, _ monitor: inout QMPSession, until end: ContinuousClock.Instant, _ clock: ContinuousClock
    ) async throws -> GuestRecord? {
        guard var record = try await look(&monitor) else { return nil }
        let serial = signs.serial
        record.observation.iomem = LinuxImage.section(.memory, of: serial)
        record.observation.graphicsReservation = LinuxMessages.reservations(serial)
        record.observation.decode = DecodeTrace.events(signs.trace)
        guard !linux.modules.isEmpty else { return record }
        task.beforeModules()
        _ = try await monitor.execute("cont")
        let enough = min(end, clock.now + Self.patienceWithModules)
        while clock.now < enough, !signs.serial.contains(LinuxImage.Mark.done) {
            task.progress("Linux loads its modules")
            try await Task.sleep(for: .milliseconds(100))
            guard try await monitor.goesOn() else { return nil }
        }
        record.driverMessages = LinuxImage.section(.messages, of: signs.serial).filter(LinuxImage.isOfDisplay)
        if !signs.serial.contains(LinuxImage.Mark.done) {
            record.driverMessages.append("(the guest had not come back from loading its modules)")
        }
        return record
    }
}
