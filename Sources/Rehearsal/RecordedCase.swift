package import BerthDiagnostics
import BerthPCI
import BerthQEMU
package import BerthBoot
package import BerthStack
package import BerthTopology
package import FoundationEssentials

/// A recorded run of a real guest: what it was started with, and what was observed.
///
/// The format is described in the test resources, `Recorded/README.md`.
package struct RecordedCase: Codable, Hashable, Sendable {
    package var name: String?
    package var machine: String
    package var firmware: String
    /// Mebibytes.
    package var memory: String
    package var linux: Bool?
    package var arguments: [String]
    package var relabel: Relabel?
    package var config: [ConfigWrite]?
    package var registers: [RegisterQuery]?
    package var files: [String: File]?
    /// What `berth carrier serve` showed, by the id of the device that QEMU connected to it.
    package var served: [String: Served]?
    /// What was done to the running guest.
    package var actions: [Action]?
    /// What ran, as its packages name it; nil: Debian 12's.
    package var ran: RecordedStack?
    package var observed: Observation?

    package struct Relabel: Codable, Hashable, Sendable {
        package var vendor: UInt16
        package var device: UInt16
        package var asVendor: UInt16
        package var asDevice: UInt16
        package var asClass: UInt32
    }

    /// One of the keys is set.
    package struct Action: Codable, Hashable, Sendable {
        /// Names of modules that were loaded.
        package var modules: [String]?
        /// `0000:00:03.0`.
        package var remove: String?
        package var unbind: String?
        package var rescan: Bool?
        package var reset: String?
        package var suspend: Bool?
        /// The argument of `-device`, given to the running guest.
        package var plug: String?
        package var runtimeSuspend: Bool?
        package var reboot: Bool?
        /// With `reboot`: what was written to registers before.
        package var config: [ConfigWrite]?
        package var suspendToRAM: Bool?
    }

    package struct ConfigWrite: Codable, Hashable, Sendable {
        package var bdf: String
        package var offset: Int
        package var value: UInt32
    }

    package struct RegisterQuery: Codable, Hashable, Sendable {
        package var bdf: String
        package var offset: Int
        package var name: String
    }

    package struct File: Codable, Hashable, Sendable {
        package var size: UInt64?
        package var start: String?
        package var u64: UInt64?
        /// A register writer's ROM, made by `berth rom` from the case itself.
        package var writer: [Task]?
    }

    /// A function with memory behind prefetchable BARs.
    package struct Served: Codable, Hashable, Sendable {
        package var vendor: UInt16
        package var device: UInt16
        /// 24 bits.
        package var `class`: UInt32
        package var bars: [ServedBAR]
        /// The options that say the same to the server.
        package var options: [String]?
    }

    package struct ServedBAR: Codable, Hashable, Sendable {
        package var index: Int
        package var size: UInt64
        /// 32, unless it says 64.
        package var bits: Int?
    }

    /// What the register writer does for a region.
    package struct Task: Codable, Hashable, Sendable {
        /// `stolen-memory` or `opregion`.
        package var region: String
        /// Place of the display on bus 0: `02.0`.
        package var target: String
        package var register: Int
        package var width: Int
        /// The id of the device whose BAR it is.
        package var carrier: String
        package var bar: Int
        package var file: String?
        package var move: Bool
    }

    /// Reads a case. Errors: not JSON, or a key that is missing or of the wrong kind.
    package static func read(_ data: Data, file: String) throws(InputError) -> RecordedCase {
        do {
            return try JSONDecoder().decode(RecordedCase.self, from: data)
        } catch let DecodingError.keyNotFound(key, _) {
            throw InputError(
                "the recorded case has no '\(key.stringValue)'", rule: "recorded-case", at: SourceLocation(file: file))
        } catch let DecodingError.typeMismatch(_, context) {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw InputError(
                "'\(path)' of the recorded case has the wrong kind of value", rule: "recorded-case",
                at: SourceLocation(file: file))
        } catch {
            throw InputError(
                "not a recorded case: it is not well-formed JSON", rule: "recorded-case", at: SourceLocation(file: file)
            )
        }
    }

    /// The guest as it is in the end: with what was plugged in. It runs on what it was recorded with, unless `stack`
    /// names something else.
    package func topology(
        source: String, stack: StackChoice = StackChoice()
    ) throws(InputError) -> GuestTopology {
        let recorded = try (ran ?? RecordedStack()).releases(source: source)
        let sizes = files ?? [:]
        // Recordings were made with TCG: what stands for an IGD is no reason to take the processor for a host's.
        let start = ["-nodefaults", "-machine", "\(machine),accel=tcg", "-m", memory]
        let plugged = (actions ?? []).compactMap(\.plug).flatMap { ["-device", $0] }
        var (topology, _) = try CommandLineReader.read(
            start + arguments + plugged, source: source,
            stack: StackChoice(named: stack.named, qemu: stack.qemu, fallback: recorded)
        ) { path in
            sizes[path]?.u64 == nil ? sizes[path]?.size : 8
        }
        topology.name = name ?? source
        topology.guest = linux == true ? .linux(topology.stack.linux) : .firmwareOnly
        do {
            topology.firmware = try FirmwareChoice.parse(firmware, of: topology.stack)
        } catch {
            throw InputError("firmware: \(error)", rule: "firmware", at: SourceLocation(file: source))
        }
        topology.firmwareFiles = topology.firmwareFiles.map { file in
            guard case .file(let path, _) = file.content, let number = sizes[path]?.u64 else { return file }
            return FirmwareFile(file.name, .number(number))
        }
        if let relabel {
            for index in topology.devices.indices {
                guard let model = DeviceCatalogue.model(named: topology.devices[index].model),
                    model.vendor == relabel.vendor,
                    model.device == relabel.device
                else { continue }
                topology.devices[index].identity = IdentityOverride(
                    vendor: relabel.asVendor, device: relabel.asDevice, classCode: ClassCode(rawValue: relabel.asClass))
            }
        }
        for index in topology.devices.indices {
            guard let function = served?[topology.devices[index].id] else { continue }
            topology.devices[index].described = try function.described(source)
        }
        for index in topology.devices.indices {
            guard let name = topology.devices[index]["romfile"]?.description, let tasks = sizes[name]?.writer else {
                continue
            }
            topology.devices[index].tasks = tasks.compactMap { $0.task(in: topology) }
        }
        for write in config ?? [] {
            guard let index = topology.devices.firstIndex(where: { "00:\($0.slot.slotText)" == write.bdf }) else {
                continue
            }
            topology.devices[index].presets[write.offset] = write.value
        }
        return topology
    }
}

extension RecordedCase.Served {
    fileprivate func described(_ source: String) throws(InputError) -> DescribedFunction {
        guard let wrong = bars.first(where: { !(0...5 ~= $0.index) || $0.size.nonzeroBitCount != 1 }) else {
            return DescribedFunction(
                vendor: vendor, device: device, classCode: ClassCode(rawValue: `class`),
                bars: bars.map { bar in
                    let size = ByteCount(bar.size)
                    return BAR(
                        .bar(bar.index),
                        bar.bits == 64
                            ? .memory64(size: size, prefetchable: true) : .memory32(size: size, prefetchable: true))
                })
        }
        throw InputError(
            "'served': BAR \(wrong.index) of \(wrong.size) bytes; expected BAR 0 to 5, with a power of two",
            rule: "recorded-case", at: SourceLocation(file: source))
    }
}

extension RecordedCase.Task {
    /// Nil for names that are not there.
    fileprivate func task(in topology: GuestTopology) -> RegisterTask? {
        guard let region = Region(rawValue: region), let place = PCIAddress("00:\(target)"),
            let device = topology.devices.first(where: { $0.id == carrier })
        else { return nil }
        return RegisterTask(
            region, target: topology.rootSlot(place.device, place.function), register: register, width: width,
            carrier: device.slot, bar: .bar(bar), file: file, mayMove: move)
    }
}
