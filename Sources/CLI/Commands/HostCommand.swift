import ArgumentParser
import BerthDiagnostics
import BerthHost
import BerthReport
import BerthServices
import BerthStack
import FoundationEssentials

/// `berth host`
struct HostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host",
        abstract:
            "What a host is: its IGD, stolen memory, OpRegion, IOMMU; what has to be done, and what a guest can do.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(
        help: """
            Dumps of lspci, /proc/iomem, /proc/cpuinfo and the kernel's log, a copy of /sys, an archive (tar, tar.gz), or what \
            --format json or --collect wrote: a file or a folder. Without it, this machine.
            """)
    var path: String?

    @Option(
        name: .customLong("opregion"),
        help: ArgumentHelp(
            "A copy of the OpRegion, such as /sys/kernel/debug/dri/0/i915_opregion.", valueName: "file"))
    var opRegion: String?

    @Option(
        help: ArgumentHelp(
            "Write what tells of this machine into a new folder, which 'berth host DIR' and --host read anywhere.",
            valueName: "dir"))
    var collect: String?

    @Flag(help: "With --collect: leave out serial numbers, MAC addresses, UUIDs and names.")
    var redact = false

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var releases: ReleaseOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        try Output.reporting {
            if let collect {
                guard path == nil, opRegion == nil, output == nil else {
                    throw InputError(
                        "--collect is of this machine: it takes no PATH, no --opregion and no -o", rule: "usage",
                        kind: .usage)
                }
                return try Bundle.collect(into: collect, Bundle.Wish(redact: redact, command: "berth host"))
            }
            guard !redact else {
                throw InputError("--redact goes with --collect", rule: "usage", kind: .usage)
            }
            var host = try path.map { path throws(InputError) in try HostInput.read(path) } ?? HostInput.live()
            if let opRegion {
                host.opRegion = try OpRegionDump(
                    try Input.bytes(opRegion, limit: OpRegionDump.limit), file: opRegion)
            }
            for finding in host.findings { Output.complain(finding.description) }
            let choice = try releases.choice()
            var stack = choice.named ?? choice.fallback
            if let qemu = choice.qemu { stack.qemu = qemu }
            let report = HostReport(
                host, names: names(of: host), outlook: Services.outlook(of: host, stack: stack))
            let text =
                switch format {
                case .text: HostText.render(report)
                case .json: try JSONText.encode(HostDocument(report))
                }
            try Output.write(text, to: output)
        }
    }

    /// By the list that is installed, if there is one.
    private func names(of host: HostInventory) -> PCINames {
        let places = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids.gz"]
        for place in places where FileManager.default.isReadableFile(atPath: place) {
            guard var bytes = try? Input.bytes(place, limit: 16 << 20) else { continue }
            if Inflate.isPacked(bytes) {
                guard let plain = try? Inflate.unpack(bytes, file: place) else { continue }
                bytes = plain
            }
            return PCINames(bytes, of: host.functions)
        }
        return PCINames()
    }
}
