package import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtEditing
import BerthPCI
import BerthQEMU
package import BerthStack
package import BerthTopology
package import BerthXML

extension Services {
    /// The guest of a libvirt domain: read, completed as libvirt does it, started as libvirt would start it.
    ///
    /// Findings are what libvirt drops without a word and what is assumed; `fileSize` looks at ROM files where the
    /// caller can.
    /// Errors: everything libvirt would refuse, in its words; a device that is not modelled.
    package static func guest(
        of document: XMLDocument, file: String, stack: StackChoice = StackChoice(),
        fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        let read = DomainDocument(document, file: file, libvirt: stack.reader)
        let (topology, findings) = try guest(of: try read.assigned(), stack: stack, fileSize: fileSize)
        return (topology, read.remarks + findings)
    }

    /// The same, of a domain that was read already.
    static func guest(
        of domain: AssignedDomain, stack: StackChoice, fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        DocumentStage.guest.note()
        let (words, notes) = DomainArguments.commandLine(domain)
        let errors = notes.filter { $0.severity == .error }
        guard errors.isEmpty else { throw InputError(.unusable, errors) }
        var (topology, warnings) = try CommandLineReader.read(
            words.map { CommandWord($0.text, at: $0.location) }, source: domain.file, stack: stack, fileSize: fileSize)
        topology.name = domain.name.isEmpty ? "domain" : domain.name
        topology.ram.hugePage = hugePage(domain)
        topology.ram.lockLimit = domain.element.first("memtune")?.first("hard_limit").flatMap {
            ScaledSize.bytes($0, defaultUnit: 1024).map { ByteCount($0) }
        }
        let system = DomainSystem(domain)
        topology.guest = system.guest ?? .linux(topology.stack.linux)
        return (topology, notes + warnings + hiddenIGD(topology, domain) + system.findings(topology.guest))
    }

    /// An IGD that stands in `<qemu:commandline>`.
    ///
    /// Source: src/qemu/qemu_hostdev.c `qemuHostdevPreparePCIDevices`, src/qemu/qemu_cgroup.c `qemuSetupHostdevCgroup`,
    /// src/qemu/qemu_domain.c `qemuDomainGetMemLockLimitBytes` @ libvirt 9.0 to 12.8: each walks the `<hostdev>`s.
    private static func hiddenIGD(_ topology: GuestTopology, _ domain: AssignedDomain) -> [Finding] {
        guard let igd = topology.igd, domain.igd == nil else { return [] }
        return [
            Finding(
                .warning,
                "libvirt does not know of an IGD in <qemu:commandline>: it neither takes it from the host's driver, nor "
                    + "lets QEMU open its group in /dev/vfio, nor raises the limit of locked memory; write it as "
                    + "<hostdev>, with its x-igd-* in <qemu:override>", rule: hiddenIGDRule, at: igd.location)
        ]
    }

    static let hiddenIGDRule: RuleID = "igd-in-commandline"

    /// The first of `<hugepages>`; the usual 2 MiB where it has no size.
    private static func hugePage(_ domain: AssignedDomain) -> ByteCount? {
        guard let pages = domain.element.first("memoryBacking")?.first("hugepages") else { return nil }
        let size = pages.first("page").flatMap { ScaledSize.bytes($0, "size", defaultUnit: 1024) }
        return size.map { ByteCount($0) } ?? .mib(2)
    }
}
