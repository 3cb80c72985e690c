import ArgumentParser
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthTopology
import BerthVFIOUser
import Glibc

/// `berth carrier`
struct CarrierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carrier", abstract: "A PCI function with memory behind its BARs, for vfio-user-pci of QEMU 10.1.",
        subcommands: [CarrierServe.self])
}

/// What a carrier says it is. Bridges were placed by SeaBIOS and OVMF and left alone by Linux; a RAM controller was not tried.
enum CarrierIdentity: String, ExpressibleByArgument, CaseIterable {
    case lpc
    case host
    case ram

    var classCode: UInt32 {
        switch self {
        case .lpc: 0x060100
        case .host: 0x060000
        case .ram: 0x050000
        }
    }
}

/// `berth carrier serve`
///
/// Outlives its guests and waits for the next. No guest survives it: QEMU never connects again (measured with 11.1.3).
struct CarrierServe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves one carrier on a Unix socket, to one guest after the other.",
        discussion: """
            BAR 0 is stolen memory; the next free BAR holds the OpRegion, if there is one. QEMU is told of the socket with
            -device '{"driver":"vfio-user-pci","id":"carrier","bus":"pci.0","addr":"1f.0","x-msg-timeout":3600000,\
            "socket":{"type":"unix","path":"PATH"}}'

            A first SIGTERM, SIGINT or SIGHUP is refused while a guest is there: the guest would die at its next reset. The \
            server ends when the guest leaves, or at a second signal. It tells NOTIFY_SOCKET when it is ready.
            """)

    @Argument(
        help: "A guest, as 'plan' takes it: the carrier of its plan is served, on the socket that the plan names.")
    var input: String?

    @Option(help: ArgumentHelp("As 'plan' takes it; of a guest.", valueName: "name"))
    var strategy: [String] = []

    @Option(help: ArgumentHelp("Which device, where the plan has more than one carrier.", valueName: "id"))
    var device: String?

    @OptionGroup var replacements: GuestReplacements

    @Option(
        help: ArgumentHelp("The socket to listen on, at most 107 bytes, in a folder that is there.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("Of BAR 0, a power of two: 64M. Without a guest.", valueName: "size"))
    var size: String?

    @Option(
        help: ArgumentHelp(
            "An OpRegion for the guest to read and write; each guest begins with this one.", valueName: "file"))
    var opregion: String?

    @Option(help: ArgumentHelp("Of the BAR for an OpRegion, which something in the guest fills.", valueName: "size"))
    var opregionSize: String?

    @Flag(help: "The guest cannot write to the OpRegion; each of its reads is a message.")
    var readOnlyOpregion = false

    @Option(help: "An ISA bridge (lpc), a host bridge (host) or a RAM controller (ram).")
    var identity: CarrierIdentity = .lpc

    @Option(
        help: ArgumentHelp(
            "Vendor and device, where those of a mobile Coffee Lake's bridge will not do.", valueName: "8086:9d84"))
    var id: String = "8086:9d84"

    @Option(help: "Of the BARs' addresses: 32 or 64. A BDSM or ASLS of 32 bits needs 32.")
    var bits = 32

    @Option(help: ArgumentHelp("An option ROM, such as 'berth rom' makes.", valueName: "file"))
    var rom: String?

    @Flag(help: "Also print every message.")
    var trace = false

    func validate() throws {
        let isDescribed = socket != nil && (size != nil || opregion != nil || opregionSize != nil)
        guard input != nil || isDescribed else {
            throw ValidationError("give a guest, whose plan says what to serve, or --socket and --size")
        }
        guard input == nil || (size == nil && opregionSize == nil) else {
            throw ValidationError("the guest's plan has the sizes; leave --size and --opregion-size out")
        }
        guard bits == 32 || bits == 64 else { throw ValidationError("--bits is 32 or 64, not \(bits)") }
        guard opregion == nil || opregionSize == nil else {
            throw ValidationError("--opregion has a size of its own; leave --opregion-size out")
        }
        guard !readOnlyOpregion || opregion != nil else {
            throw ValidationError("--read-only-opregion needs the OpRegion, with --opregion")
        }
    }

    func run() throws {
        try Output.reporting {
            // Before the planner has threads.
            let signals = ServerSignals()
            let function = try input.map { try PlannedCarrier(planned($0)) } ?? described()
            let path = socket ?? function.socket
            let carrier = try self.function(function)
            let isTraced = trace
            let log = ServerLog()
            defer { log.finish() }
            let server = try Self.usable { () throws(FunctionError) in
                try FunctionServer(carrier, path: path) { event in
                    if let line = event.line(trace: isTraced) { log.add("carrier: \(line)") }
                }
            }
            signals.each { server.requestStop() }
            log.add("carrier: listening on \(path): \(function.text)")
            Self.tellServiceManager("READY=1\nSTATUS=listening on \(path)")
            try Self.usable { () throws(FunctionError) in try server.run() }
            Self.tellServiceManager("STOPPING=1")
        }
    }

    /// The device of the guest's plan that a server is behind.
    private func planned(_ input: String) throws -> Device {
        var guest = try Input.guest(input, try replacements.releases.choice())
        try replacements.replace(in: &guest.topology)
        if let host = try replacements.inventory() { guest.topology = guest.topology.adopting(host) }
        let restriction = try StrategyNames.restriction(strategy, source: "--strategy")
        let plan = try guest.expectingIGD { topology in
            try Services.plan(topology, restriction: restriction, room: try guest.room(replacements))
        }
        return try PlannedCarrier.device(device, of: try plan.outcome.emittable().topology)
    }

    /// What the options say.
    private func described() throws -> PlannedCarrier {
        let second = bits == 64 ? 2 : 1
        var sizes: [Int: UInt64] = [:]
        if let size { sizes[0] = try bytes("--size", size) }
        if let opregionSize { sizes[second] = try bytes("--opregion-size", opregionSize) }
        if let opregion {
            // As PCI and pages want it: 8 KiB of OpRegion and what follows it become 16 KiB.
            sizes[second] = 4096
            let count = UInt64(try Input.bytes(opregion, limit: Self.opRegionLimit).count)
            while let room = sizes[second], room < count { sizes[second] = room * 2 }
        }
        return PlannedCarrier(
            identity: try registers(),
            bars: sizes.sorted { $0.key < $1.key }.map { number, size in
                CarrierFunction.BAR(
                    number, size: size, bits == 64 ? .memory64(prefetchable: true) : .memory32(prefetchable: true))
            }, socket: socket ?? "")
    }

    private static let opRegionLimit = 1 << 20

    private static func tellServiceManager(_ state: String) {
        guard let path = getenv("NOTIFY_SOCKET") else { return }
        ServiceManager.tell(state, socket: String(cString: path))
    }

    private func function(_ planned: PlannedCarrier) throws -> CarrierFunction {
        var bars = planned.bars
        if let opregion {
            guard let index = bars.lastIndex(where: { $0.number > 0 }) else {
                throw InputError("--opregion: the plan's carrier has no BAR for one", rule: "usage", kind: .usage)
            }
            bars[index].contents = try Input.bytes(opregion, limit: Self.opRegionLimit)
            bars[index].isWritable = !readOnlyOpregion
        }
        let image = try rom.map { path throws(InputError) in try Input.bytes(path, limit: 16 << 20) } ?? []
        let served = bars
        return try Self.usable { () throws(FunctionError) in
            try CarrierFunction(planned.identity, bars: served, rom: image)
        }
    }

    private func bytes(_ option: String, _ text: String) throws(InputError) -> UInt64 {
        guard let size = ByteCount(text) else {
            throw InputError("\(option) '\(text)' is no size such as 64M or 0x4000000", rule: "usage", kind: .usage)
        }
        return size.rawValue
    }

    private func registers() throws(InputError) -> FunctionRegisters.Identity {
        let parts = id.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
        guard parts.count == 2, let vendor = parts[0], let device = parts[1], vendor != 0xffff else {
            throw InputError(
                "--id '\(id)' is no vendor and device such as 8086:9d84", rule: "usage", kind: .usage)
        }
        return FunctionRegisters.Identity(
            vendor: vendor, device: device, subsystemVendor: vendor, subsystem: device, classCode: identity.classCode)
    }

    /// What no function can be is a matter of usage; what the system refuses is an output that cannot be written.
    private static func usable<Result>(_ work: () throws(FunctionError) -> Result) throws(InputError) -> Result {
        do throws(FunctionError) {
            return try work()
        } catch {
            let kind: InputError.Kind =
                switch error {
                case .bar, .description, .memory: .usage
                case .path, .inUse, .system: .notWritable
                }
            throw InputError(error.description, rule: "carrier", kind: kind)
        }
    }
}

extension FunctionServer.Event {
    /// For people; nil for what only a trace shows.
    fileprivate func line(trace: Bool) -> String? {
        switch self {
        case .attached(let process): return "process \(process) has the function"
        case .detached(let process, let brokeProtocol):
            return "process \(process) has left" + (brokeProtocol ? ", after something that is no message" : "")
        case .refused(let process): return "process \(process) was refused: another one has the function"
        case .failed(let error): return "\(error)"
        case .stopRefused(let process):
            return
                "not ending: process \(process) has the function, and its guest would die at its next reset. Ending when it "
                + "leaves, or at once when asked again"
        case .answered(let command, let size, let error):
            return trace ? "command \(command), \(size) bytes" + (error == 0 ? "" : ": errno \(error)") : nil
        }
    }
}
