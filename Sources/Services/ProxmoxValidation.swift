package import BerthDiagnostics
import BerthPlacement
package import BerthProxmox
package import BerthStack
import BerthTopology

extension Services {
    /// What is wrong with a Proxmox VM's file: what qemu-server refuses or leaves out, what QEMU refuses, and what the guest's user
    /// will see of the IGD. In the order of the lines.
    package static func findings(
        of document: VMDocument, stack: StackChoice, fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) -> [Finding] {
        do throws(InputError) {
            let (topology, findings) = try guest(of: document, stack: stack, fileSize: fileSize)
            let tree = topology.resolve().findings
            let shared = topology.sharedGraphics.map {
                [Finding(.note, "\($0.statement); \($0.advice)", rule: SharedGraphics.rule, at: $0.location)]
            }
            let seen = shared ?? Verdict.of(topology).losses.map { finding(of: $0, at: topology.igd?.location) }
            return (findings + tree + seen).sorted {
                ($0.location ?? start(document)) < ($1.location ?? start(document))
            }
        } catch {
            return VMConfiguration(document).findings + error.findings
        }
    }

    private static func start(_ document: VMDocument) -> SourceLocation { SourceLocation(file: document.file) }

    /// QEMU's refusals are errors; what the user sees otherwise is not for a file to be invalid by.
    private static func finding(of consequence: Consequence, at place: SourceLocation?) -> Finding {
        let ends = [.refusesToStart, .hardwareError].contains(consequence.symptom)
        return Finding(
            ends ? .error : .warning, "\(consequence.symptom.rawValue): \(consequence.fact.statement)",
            rule: consequence.fact.rule, at: place, fix: consequence.fact.remedy.map { "\($0)" })
    }
}
