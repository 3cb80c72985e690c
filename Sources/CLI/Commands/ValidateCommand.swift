import ArgumentParser
import BerthStack
import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthProxmox
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import BerthXML

/// `berth validate`
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract:
            "What is wrong with libvirt domain XML or a Proxmox VM's file: schema, libvirt's rules, QEMU's, and those of an IGD.",
        discussion: """
            Exit status: 0 no error in any file; 1 an error in at least one; 65 or 66 a file that cannot be read. \
            'berth catalog rules ID' explains a rule.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, junit, github }

    @OptionGroup var inputs: ValidationInputs

    @Option(
        help: ArgumentHelp(
            "RELAX NG schema instead of the installed libvirt's; 'none' for the rules alone.", valueName: "path"))
    var schema: String?

    @OptionGroup var releases: ReleaseOptions

    @Flag(help: "Leave out what depends on this machine: huge pages, installed firmware.")
    var anyHost = false

    @Flag(help: "Exit status 1 for warnings too.")
    var strict = false

    @Option(help: "text, json, sarif, junit or github (annotations of a workflow).")
    var format: Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        try Output.reporting {
            let files = try inputs.names()
            let filter = try inputs.filter()
            let contents = files.map { name in Result { () throws(InputError) in try Input.bytes(name) } }
            let forms = zip(contents, files).map { content, name in InputForm((try? content.get()) ?? [], path: name) }
            // Nothing of libvirt's is asked about where there is no domain.
            let path = forms.allSatisfy { $0 == .proxmox } ? nil : try schemaPath()
            let schema = try path.map { path throws(InputError) in
                try RelaxNGSchema(path: path, compilation: isInstalled && files.count == 1 ? .tailored : .whole)
            }
            // Never given back: the process ends with its report.
            if let schema { _ = Unmanaged.passRetained(schema) }
            let validator = DomainValidator(schema: schema, host: try host())
            let choice = forms.contains(.proxmox) ? try releases.choice() : try releases.named()
            let judged = files.indices.map { $0 }.concurrentMap {
                index -> (file: ValidationResult.File, unreadable: InputError?) in
                let name = files[index]
                do throws(InputError) {
                    let bytes = try contents[index].get()
                    switch forms[index] {
                    case .proxmox:
                        let document = try VMDocument(bytes, file: name)
                        return (.init(name, Services.findings(of: document, stack: choice, fileSize: Input.size)), nil)
                    case .domain, .topology: break
                    case let form: try form.expect([.domain, .proxmox], file: name)
                    }
                    return (.init(name, validator.validate(bytes, file: name)), nil)
                } catch {
                    return (.init(name, error.findings, isReadable: false), error)
                }
            }
            let result = filter.applied(to: ValidationResult(schema: path, files: judged.map(\.file)))
            let unreadable = judged.lazy.compactMap(\.unreadable).first
            try Output.write(try render(result), to: output)
            if let unreadable { throw ExitStatus.of(unreadable.kind) }
            if !result.isValid || (strict && result.count(.warning) > 0) { throw ExitStatus.no }
        }
    }

    private func render(_ result: ValidationResult) throws -> String {
        switch format {
        case .text: FindingsText.render(result)
        case .json: try JSONText.encode(FindingsDocument(result))
        case .sarif:
            try JSONText.encode(
                SARIFLog(result, version: Build.number, catalogue: CatalogEntry.rules))
        case .junit: JUnitText.render(result)
        case .github: GitHubAnnotations.render(result)
        }
    }

    private var isInstalled: Bool { schema == nil }

    /// Nil for the rules alone, which is said where nobody asked for it.
    private func schemaPath() throws(InputError) -> String? {
        if let schema { return schema == "none" ? nil : schema }
        if let installed = InstalledLibvirt.schema {
            let choice = try releases.named()
            guard let wanted = choice.libvirt ?? choice.named?.libvirt else { return installed }
            let release = InstalledLibvirt.release
            if release == wanted { return installed }
            let whose = release.map { "of libvirt \($0)" } ?? "of a libvirt that no package database names"
            let reason =
                choice.libvirt != nil
                ? "\(wanted) is asked for" : "\(choice.named?.name ?? "the stack") has \(wanted)"
            Output.complain(
                "note: \(installed) is \(whose), \(reason): the rules alone are checked; --schema names another [no-schema]"
            )
            return nil
        }
        Output.complain(
            "warning: no libvirt schema in \(InstalledLibvirt.schemaPath); the rules alone are checked [no-schema]")
        return nil
    }

    private func host() throws(InputError) -> LibvirtHost {
        var host = anyHost ? LibvirtHost() : InstalledLibvirt.host
        let choice = try releases.named()
        host.qemu = choice.qemu ?? choice.named?.qemu
        host.machines = choice.named?.machines
        host.libvirt = choice.libvirt ?? choice.named?.libvirt ?? InstalledLibvirt.release
        return host
    }
}
