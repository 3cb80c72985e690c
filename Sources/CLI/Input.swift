import BerthStack
import BerthBundled
import BerthDiagnostics
import BerthHost
import BerthLibvirtDomain
import BerthOptionROM
import BerthPlacement
import BerthProxmox
import BerthQEMU
import BerthRehearsal
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import FoundationEssentials
import Glibc

/// A guest and what it was read from.
struct GivenGuest {
    enum Form { case topology, domain, proxmox, commandLine }

    var topology: GuestTopology
    var form: Form
    /// Of a domain or a VM's file: its text and name, and the stack it was read for.
    var document: (bytes: [UInt8], file: String, stack: StackChoice)?

    /// Runs what needs an IGD.
    ///
    /// Errors: there is none, with what an input of this form has to say to have one.
    func expectingIGD<Result>(_ work: (GuestTopology) throws -> Result) throws -> Result {
        let wanted: String? =
            switch form {
            case .topology: nil
            case .domain: "a <hostdev mode='subsystem' type='pci'> of an Intel display at 0000:00:02.0"
            case .proxmox: "a line 'hostpci0: 0000:00:02.0'"
            case .commandLine: "a '-device vfio-pci,host=0000:00:02.0' of an Intel display"
            }
        if let wanted, topology.igd == nil, topology.sharedGraphics == nil {
            throw InputError("'\(topology.name)' has no IGD; add \(wanted), or a host with --host", rule: "no-igd")
        }
        return try work(topology)
    }
}

extension GivenGuest {
    /// What moves so that the IGD is in its place: of a domain, as libvirt gives addresses to what is left.
    func room(_ replacements: GuestReplacements) throws(InputError) -> Services.Room {
        guard document != nil, topology.movesForIGD else { return .made }
        return try room(
            host: try replacements.inventory(),
            adjust: { topology throws(InputError) in try replacements.replace(in: &topology) })
    }

    /// The same with what was read of the host; `adjust` replaces parts of the guest.
    func room(
        host: HostInventory?, adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws(InputError) -> Services.Room {
        guard let document, topology.movesForIGD else { return .made }
        if form == .proxmox { return try proxmoxRoom(document, host, adjust) }
        var room = try Services.makingRoom(
            in: document.bytes, file: document.file, of: topology, adding: host != nil, stack: document.stack)
        try adjust(&room)
        return .given(host.map { room.adopting($0) } ?? room)
    }

    /// As qemu-server gives addresses to what is left; where it cannot be written, as QEMU itself could.
    private func proxmoxRoom(
        _ document: (bytes: [UInt8], file: String, stack: StackChoice), _ host: HostInventory?,
        _ adjust: (inout GuestTopology) throws(InputError) -> Void
    ) throws(InputError) -> Services.Room {
        let file = try VMDocument(document.bytes, file: document.file)
        do {
            let room = try Services.makingRoom(
                in: file, host: host, adding: host != nil, stack: document.stack, adjust: adjust)
            return .given(host.map { room.guest.adopting($0) } ?? room.guest)
        } catch let error as InputError {
            throw error
        } catch {
            return .made
        }
    }
}

/// Reads what the user names: bounded, and only what is a file.
enum Input {
    /// No input of ours is larger; a topology file has a smaller limit of its own.
    static let limit = 64 << 20

    /// Errors: no such file, a directory, not readable, larger than the limit.
    static func bytes(_ path: String, limit: Int = Input.limit) throws(InputError) -> [UInt8] {
        let place = SourceLocation(file: path)
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason =
                errno == ENOENT ? "there is no such file" : "cannot be read: \(String(cString: strerror(errno)))"
            throw InputError(reason, rule: "input", at: place, kind: .missing)
        }
        defer { if path != "-" { close(descriptor) } }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw InputError("this is a directory; expected a file", rule: "input", at: place)
        }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size > limit {
            throw InputError(
                "the file has \(status.st_size) bytes; the most that is read is \(limit)", rule: "input", at: place)
        }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw InputError(
                    "cannot be read: \(String(cString: strerror(errno)))", rule: "input", at: place, kind: .missing)
            }
            content += buffer[..<count]
            if content.count > limit {
                throw InputError("the input has more than \(limit) bytes", rule: "input", at: place)
            }
        }
    }

    /// A guest, from any kind of input, and what kind that was.
    ///
    /// `host` is what a Proxmox VM's file needs to know of it: which functions a slot has.
    static func guest(
        _ path: String?, _ stack: StackChoice, host: HostInventory? = nil
    ) throws(InputError) -> GivenGuest {
        guard let path else { return GivenGuest(topology: try topology(nil, stack), form: .topology) }
        if path == "-" || FileManager.default.fileExists(atPath: path) {
            return try guest(try bytes(path), named: path, stack, host: host)
        }
        return GivenGuest(topology: try topology(path, stack), form: .topology)
    }

    /// Where what is odd about an input is said.
    typealias Telling = (Finding) -> Void
    static let complaining: @Sendable (Finding) -> Void = { Output.complain($0.description) }

    /// Also behind a link.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The same of bytes that are there already.
    static func guest(
        _ content: [UInt8], named path: String, _ stack: StackChoice, host: HostInventory? = nil,
        tell told: Telling = complaining
    ) throws(InputError) -> GivenGuest {
        // What is assumed only until a host tells needs no word where one does.
        func tell(_ finding: Finding) { [finding].assumed(without: host).forEach(told) }
        let form = InputForm(content, path: path)
        try form.expect(InputForm.guests, file: path)
        switch form {
        case .domain:
            return GivenGuest(
                topology: try domain(content, path, stack, tell), form: .domain, document: (content, path, stack))
        case .proxmox:
            return GivenGuest(
                topology: try proxmox(content, path, stack, host, tell), form: .proxmox,
                document: (content, path, stack))
        case .commandLine:
            let words = try ShellWords.split(content, file: path)
            return GivenGuest(topology: try commandLine(words, source: path, stack, tell: tell), form: .commandLine)
        default: return GivenGuest(topology: try topology(content, path, stack, tell), form: .topology)
        }
    }

    /// A bundled guest; the default without a name.
    static func topology(_ path: String?, _ stack: StackChoice) throws(InputError) -> GuestTopology {
        guard let path else {
            guard let topology = try BundledTopologies.topology(named: BundledTopologies.defaultName, stack: stack)
            else {
                throw InputError("the bundled default is missing", rule: "input")
            }
            return topology
        }
        guard BundledTopologies.names.contains(path),
            let topology = try BundledTopologies.topology(named: path, stack: stack)
        else {
            throw missing(path)
        }
        return topology
    }

    /// A topology file or a recorded case.
    private static func topology(
        _ content: [UInt8], _ path: String, _ stack: StackChoice, _ tell: Telling
    ) throws(InputError) -> GuestTopology {
        if path.hasSuffix(".json"), let recorded = try recordedCase(content, path) {
            return try recorded.topology(source: path, stack: stack)
        }
        let (topology, findings) = try TopologyFile.reading(content, file: path, stack: stack)
        findings.forEach(tell)
        return topology
    }

    /// A guest from a Proxmox VM's file; warnings go to standard error.
    private static func proxmox(
        _ content: [UInt8], _ path: String, _ stack: StackChoice, _ host: HostInventory?, _ tell: Telling
    ) throws(InputError) -> GuestTopology {
        let document = try VMDocument(content, file: path)
        let (topology, findings) = try Services.guest(of: document, stack: stack, host: host, fileSize: size)
        findings.forEach(tell)
        _ = try topology.withRoomForIGD.resolved()
        return topology
    }

    /// A guest from a libvirt domain; warnings go to standard error.
    private static func domain(
        _ content: [UInt8], _ path: String, _ stack: StackChoice, _ tell: Telling
    ) throws(InputError) -> GuestTopology {
        let document = try DomainSource.reading { () throws(InputError) in
            try XMLDocument(bytes: content, file: path)
        }
        let (topology, findings) = try Services.guest(of: document, file: path, stack: stack, fileSize: size)
        (document.findings + findings).forEach(tell)
        _ = try topology.withRoomForIGD.resolved()
        return Services.withWriters(in: topology, read: rom)
    }

    /// The bytes of an option ROM; nil for what is none, or cannot be read.
    private static func rom(_ path: String) -> [UInt8]? {
        guard let length = size(path), length <= ROMFile.limit else { return nil }
        return try? bytes(path, limit: ROMFile.limit)
    }

    /// Nil for what is no file.
    static func size(_ path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? UInt64(status.st_size) : nil
    }

    /// With the nearest name of a bundled guest, or of a file in the same folder.
    private static func missing(_ path: String) -> InputError {
        let cut = path.lastIndex(of: "/")
        let folder = cut.map { String(path[...$0]) } ?? ""
        let siblings = ((try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? [])
            .sorted()
        let near = (folder.isEmpty ? BundledTopologies.names : []) + siblings.map { folder + $0 }
        return InputError(
            "there is no such file\(NearestName.hint(path, among: near))", rule: "input",
            at: SourceLocation(file: path),
            kind: .missing)
    }

    /// A guest from a QEMU command line; warnings go to standard error.
    static func commandLine(
        _ words: [CommandWord], source: String, _ stack: StackChoice, configurations: [ConfigurationFile] = [],
        tell: Telling = complaining
    ) throws(InputError) -> GuestTopology {
        let (topology, findings) = try CommandLineReader.read(
            words, source: source, stack: stack, configurations: configurations, fileSize: size)
        findings.forEach(tell)
        // What moves for the IGD is moved by whoever plans; everybody else asks once more.
        _ = try topology.withRoomForIGD.resolved()
        return Services.withWriters(in: topology, read: rom)
    }

    /// JSON is a recorded case if it has QEMU arguments, a topology file else.
    static func recordedCase(_ content: [UInt8], _ path: String) throws(InputError) -> RecordedCase? {
        struct Probe: Decodable {
            var arguments: [String]?
            var observed: Anything?
            struct Anything: Decodable { init(from decoder: any Decoder) {} }
        }
        guard let probe = try? JSONDecoder().decode(Probe.self, from: Data(content)),
            probe.arguments != nil || probe.observed != nil
        else { return nil }
        return try RecordedCase.read(Data(content), file: path)
    }
}
