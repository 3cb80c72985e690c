package import BerthDiagnostics
import BerthIGD
import BerthPCI

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A host as JSON, whole: what `berth host --format json` has under `record`, and `--host` takes.
package struct HostRecord: Codable, Hashable, Sendable {
    package var functions: [Function]
    package var stolenRange: Range?
    package var framebuffer: Framebuffer?
    package var reservations: [Reservation]
    package var addressWidth: Int?
    package var processorBits: Int?
    package var giantPages: Bool?
    package var system: System
    /// The bytes of the OpRegion, two digits each.
    package var opRegion: String?

    package struct Range: Codable, Hashable, Sendable {
        package var first: UInt64
        package var last: UInt64
    }

    package struct Framebuffer: Codable, Hashable, Sendable {
        package var driver: String
        package var range: Range
    }

    package struct Reservation: Codable, Hashable, Sendable {
        package var range: Range
        package var kind: String?
        package var group: Int?
    }

    package struct Function: Codable, Hashable, Sendable {
        package var address: String
        package var vendor: UInt16?
        package var device: UInt16?
        package var revision: UInt8?
        package var subsystemVendor: UInt16?
        package var subsystem: UInt16?
        package var classCode: UInt32?
        /// The bytes of configuration space, two digits each.
        package var configuration: String?
        /// Empty for a function that has none.
        package var driver: String?
        package var group: Int?
        package var isBootDisplay: Bool?
        package var virtualFunctions: Int?
        package var mostVirtualFunctions: Int?
        package var physicalFunction: String?
        package var mediatedDevices: Int?
        package var resetMethods: String?
        package var iommu: String?
    }

    package struct System: Codable, Hashable, Sendable {
        package var machine: String?
        package var firmware: String?
        package var kernel: String?
        package var commandLine: [String]?
        package var modules: [String]?
        package var hasIOMMU: Bool?
        package var framebuffers: [String]?
        package var memory: UInt64?
        package var hugePages: [HostSystem.HugePages]?
        /// Bytes; -1 for no limit.
        package var lockLimit: Int64?
    }
}

extension HostRecord {
    package init(_ host: HostInventory) {
        functions = host.functions.map(Function.init)
        stolenRange = host.stolenRange.map(Range.init)
        framebuffer = host.framebuffer.map { Framebuffer(driver: $0.driver, range: Range($0.range)) }
        reservations = host.reservations.map {
            Reservation(range: Range($0.range), kind: $0.kind?.rawValue, group: $0.group)
        }
        addressWidth = host.addressWidth
        processorBits = host.processor?.physicalAddressBits
        giantPages = host.processor?.hasGiantPages
        system = System(host.system)
        opRegion = host.opRegion.map { hex($0.bytes) }
    }

    /// Errors: values that no host has.
    func inventory(_ file: String) throws(InputError) -> HostInventory {
        var list: [HostFunction] = []
        for function in functions {
            guard let value = function.function else {
                throw unusable("'\(function.address)' is no function, or its bytes are none", file)
            }
            list.append(value)
        }
        guard Set(list.map(\.address)).count == list.count else { throw unusable("a function comes twice", file) }
        let ranges = (reservations.map(\.range) + [stolenRange, framebuffer?.range].compactMap { $0 }).map(\.range)
        guard !ranges.contains(nil) else { throw unusable("a range ends before it begins", file) }
        var dump: OpRegionDump?
        if let opRegion {
            guard let bytes = unhex(opRegion) else { throw unusable("opRegion has no hexadecimal digits", file) }
            dump = try OpRegionDump(bytes, file: file)
        }
        guard addressWidth.map({ (32...64).contains($0) }) ?? true,
            processorBits.map({ (32...52).contains($0) }) ?? true
        else { throw unusable("a width of addresses that nothing has", file) }
        return HostInventory(
            functions: list, stolenRange: stolenRange?.range,
            framebuffer: framebuffer.flatMap { part in part.range.range.map { .init(driver: part.driver, range: $0) } },
            reservations: reservations.compactMap { entry in
                entry.range.range.map {
                    HostReservation(
                        range: $0, kind: entry.kind.flatMap(HostReservation.Kind.init), group: entry.group)
                }
            },
            addressWidth: addressWidth,
            processor: processorBits.map { HostProcessor(physicalAddressBits: $0, hasGiantPages: giantPages) },
            system: system.system, opRegion: dump)
    }

    /// Whether a text is JSON with a record in it.
    package static func isIn(_ bytes: [UInt8]) -> Bool {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
        guard bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "{") else { return false }
        return bytes.firstRange(of: Array("\"record\"".utf8)) != nil
            || bytes.prefix(1 << 12).firstRange(of: Array("\"functions\"".utf8)) != nil
    }

    private struct Envelope: Decodable { var record: HostRecord }

    /// What `berth host --format json` wrote.
    ///
    /// Errors: JSON that is damaged, or of something else.
    package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> HostInventory {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(bytes)) else {
            throw unusable("this is JSON, and not what 'berth host --format json' writes, or cut", file)
        }
        return try envelope.record.inventory(file)
    }
}

extension HostRecord.Range {
    fileprivate init(_ range: HostRange) { self.init(first: range.start.rawValue, last: range.last.rawValue) }
    fileprivate var range: HostRange? {
        HostRange(first: HostPhysicalAddress(first), last: HostPhysicalAddress(last))
    }
}

extension HostRecord.Function {
    fileprivate init(_ function: HostFunction) {
        let (identity, state) = (function.identity, function.state)
        self.init(
            address: function.address.description, vendor: identity?.vendor, device: identity?.device,
            revision: identity?.revision, subsystemVendor: identity?.subsystemVendor, subsystem: identity?.subsystem,
            classCode: function.classCode?.rawValue,
            configuration: function.configuration.bytes.isEmpty ? nil : hex(function.configuration.bytes),
            driver: state.driver?.name, group: state.group,
            isBootDisplay: state.isBootDisplay, virtualFunctions: state.virtualFunctions,
            mostVirtualFunctions: state.mostVirtualFunctions, physicalFunction: state.physicalFunction?.description,
            mediatedDevices: state.mediatedDevices, resetMethods: state.resetMethods, iommu: state.iommu)
    }

    /// Nil for what is none.
    fileprivate var function: HostFunction? {
        guard let place = PCIAddress(address), let bytes = unhex(configuration ?? ""), bytes.count <= 4096 else {
            return nil
        }
        var identity: FunctionIdentity?
        if let vendor, let device {
            identity = FunctionIdentity(
                vendor: vendor, device: device, revision: revision, subsystemVendor: subsystemVendor,
                subsystem: subsystem)
        }
        var function = HostFunction(
            address: place, configuration: ConfigurationSpace(bytes: bytes), identity: identity,
            classCode: classCode.map(ClassCode.init))
        // What a dump said beside the bytes is in the record as well.
        function.identity = identity ?? function.identity
        var state = HostFunctionState()
        state.driver = driver.map { $0.isEmpty ? .unbound : .named($0) }
        state.group = group
        state.isBootDisplay = isBootDisplay
        state.virtualFunctions = virtualFunctions
        state.mostVirtualFunctions = mostVirtualFunctions
        state.physicalFunction = physicalFunction.flatMap { PCIAddress($0) }
        state.mediatedDevices = mediatedDevices
        state.resetMethods = resetMethods
        state.iommu = iommu
        function.state = state
        return function
    }
}

extension HostRecord.System {
    fileprivate init(_ system: HostSystem) {
        let limit: Int64? =
            switch system.lockLimit {
            case .unlimited: -1
            case .bytes(let bytes): Int64(clamping: bytes.rawValue)
            case nil: nil
            }
        self.init(
            machine: system.machine, firmware: system.firmware, kernel: system.kernel, commandLine: system.commandLine,
            modules: system.modules, hasIOMMU: system.hasIOMMU, framebuffers: system.framebuffers,
            memory: system.memory?.rawValue, hugePages: system.hugePages, lockLimit: limit)
    }

    fileprivate var system: HostSystem {
        var result = HostSystem()
        result.machine = machine
        result.firmware = firmware
        result.kernel = kernel
        result.commandLine = commandLine
        result.modules = modules
        result.hasIOMMU = hasIOMMU
        result.framebuffers = framebuffers
        result.memory = memory.map { ByteCount($0) }
        result.hugePages = hugePages
        result.lockLimit = lockLimit.map { $0 < 0 ? .unlimited : .bytes(ByteCount(UInt64($0))) }
        return result
    }
}

private func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
}

/// Nil for what are no digits, or an odd number of them.
private func unhex(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
}

private func unusable(_ words: String, _ file: String) -> InputError {
    InputError(words, rule: "host-record", at: SourceLocation(file: file))
}
