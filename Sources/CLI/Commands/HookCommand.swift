import ArgumentParser
import BerthDiagnostics
import BerthServices
import FoundationEssentials

/// `berth hook`
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Berth where something else makes the domain.", subcommands: [KubeVirtHook.self])
}

/// `berth hook kubevirt`
///
/// The contract of a sidecar's `onDefineDomain`: the VMI as JSON and the domain as XML come as arguments; the new domain goes to
/// standard output and nothing else does; any exit status but 0 keeps the machine from starting.
/// Source: kubevirt/kubevirt cmd/sidecars/sidecar_shim.go and README.md @ d923fdb8.
struct KubeVirtHook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubevirt", abstract: "onDefineDomain of a KubeVirt sidecar: the domain with the plan applied.",
        discussion: """
            Annotations of the VMI choose: \(annotationPrefix)strategy (as --strategy; several separated by commas), \
            \(annotationPrefix)guest, \(annotationPrefix)purpose, \(annotationPrefix)stack and \(annotationPrefix)qemu-version.
            """)

    private static let annotationPrefix = "berth.vm.kubevirt.io/"

    @Option(help: ArgumentHelp("The virtual machine instance.", valueName: "json"))
    var vmi: String

    @Option(help: ArgumentHelp("The domain that KubeVirt made.", valueName: "xml"))
    var domain: String

    @OptionGroup var replacements: GuestReplacements

    func run() throws {
        try Output.reporting {
            let annotations = try Self.annotations(vmi)
            var replacements = replacements
            replacements.guest = annotations["guest"] ?? replacements.guest
            replacements.purpose = annotations["purpose"] ?? replacements.purpose
            replacements.releases.stack = annotations["stack"] ?? replacements.releases.stack
            replacements.releases.qemuVersion = annotations["qemu-version"] ?? replacements.releases.qemuVersion
            let chosen = replacements
            let names = (annotations["strategy"] ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
            let application = try Services.apply(
                Array(domain.utf8), file: "domain", host: try chosen.inventory(),
                restriction: try StrategyNames.restriction(names, source: Self.annotationPrefix + "strategy"),
                stack: try chosen.releases.choice(),
                adjust: { topology throws(InputError) in try chosen.replace(in: &topology) })
            for finding in application.findings { Output.complain(finding.description) }
            try Output.write(application.bytes, to: nil)
        }
    }

    /// Those with our prefix, without it.
    ///
    /// Errors: not the JSON of a VMI; an annotation of ours that nothing reads.
    private static func annotations(_ vmi: String) throws(InputError) -> [String: String] {
        struct Instance: Decodable {
            var metadata: Metadata?
            struct Metadata: Decodable { var annotations: [String: String]? }
        }
        let place = SourceLocation(file: "vmi")
        guard let instance = try? JSONDecoder().decode(Instance.self, from: Data(vmi.utf8)) else {
            throw InputError(
                "not the JSON of a virtual machine instance; expected an object with metadata.annotations", rule: "vmi",
                at: place)
        }
        let known = ["guest", "purpose", "qemu-version", "stack", "strategy"]
        var found: [String: String] = [:]
        for (name, value) in (instance.metadata?.annotations ?? [:]).sorted(by: { $0.key < $1.key })
        where name.hasPrefix(annotationPrefix) {
            let short = String(name.dropFirst(annotationPrefix.count))
            guard known.contains(short) else {
                throw InputError(
                    "the annotation '\(name)' is not known; known are \(known.joined(separator: ", ")) behind "
                        + "'\(annotationPrefix)'\(NearestName.hint(short, among: known))", rule: "vmi", at: place)
            }
            found[short] = value
        }
        return found
    }
}
