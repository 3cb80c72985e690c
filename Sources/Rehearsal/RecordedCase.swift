public import BerthDiagnostics
import BerthPCI
import BerthQEMU
public import BerthBoot
public import BerthTopology
public import FoundationEssentials

/// A recorded run of a real guest: what it was started with, and what was observed.
///
/// The format is described in the test resources, `Recorded/README.md`.
public struct RecordedCase: Codable, Hashable, Sendable {
    public var name: String?
    public var machine: String
    public var firmware: String
    /// Mebibytes.
    public var memory: String
    public var linux: Bool?
    public var arguments: [String]
    public var relabel: Relabel?
    public var config: [ConfigWrite]?
    public var registers: [RegisterQuery]?
    public var files: [String: File]?
    /// What was done to the running guest.
    public var actions: [Action]?
    public var observed: Observation?

    public struct Relabel: Codable, Hashable, Sendable {
        public var vendor: UInt16
        public var device: UInt16
        public var asVendor: UInt16
        public var asDevice: UInt16
        public var asClass: UInt32
    }

    /// One of the keys is set.
    public struct Action: Codable, Hashable, Sendable {
        /// Names of modules that were loaded.
        public var modules: [String]?
        /// `0000:00:03.0`.
        public var remove: String?
        public var unbind: String?
        public var rescan: Bool?
        public var reset: String?
        public var suspend: Bool?
        /// The argument of `-device`, given to the running guest.
        public var plug: String?
        public var runtimeSuspend: Bool?
        public var reboot: Bool?
        public var suspendToRAM: Bool?
    }

    public struct ConfigWrite: Codable, Hashable, Sendable {
        public var bdf: String
        public var offset: Int
        public var value: UInt32
    }

    public struct RegisterQuery: Codable, Hashable, Sendable {
        public var bdf: String
        public var offset: Int
        public var name: String
    }

    public struct File: Codable, Hashable, Sendable {
        public var size: UInt64?
        public var start: String?
        public var u64: UInt64?
    }

    /// Reads a case. Errors: not JSON, or a key that is missing or of the wrong kind.
    public static func read(_ data: Data, file: String) throws(InputError) -> RecordedCase {
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

    /// The guest as it is in the end: with what was plugged in.
    public func topology(source: String) throws(InputError) -> GuestTopology {
        let sizes = files ?? [:]
        let start = ["-nodefaults", "-machine", machine, "-m", memory]
        let plugged = (actions ?? []).compactMap(\.plug).flatMap { ["-device", $0] }
        var (topology, _) = try CommandLineReader.read(start + arguments + plugged, source: source) { path in
            sizes[path]?.u64 == nil ? sizes[path]?.size : 8
        }
        topology.name = name ?? source
        topology.guest = linux == true ? .linux(.init(6, 1)) : .firmwareOnly
        guard let firmware = FirmwareChoice(firmware) else {
            throw InputError(
                "'\(self.firmware)' is not a firmware we know; known are \(FirmwareChoice.knownNames.joined(separator: ", "))",
                rule: "firmware", at: SourceLocation(file: source))
        }
        topology.firmware = firmware
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
        for write in config ?? [] {
            guard let index = topology.devices.firstIndex(where: { "00:\($0.slot.slotText)" == write.bdf }) else {
                continue
            }
            topology.devices[index].presets[write.offset] = write.value
        }
        return topology
    }
}
