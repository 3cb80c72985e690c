package import BerthDiagnostics
package import BerthLibvirtEditing
import BerthLibvirtRules
package import BerthStack
package import BerthTopology
import BerthXML

extension Services {
    /// A domain for the other of QEMU's two PC machines, with what libvirt drops or reads otherwise than it is written.
    ///
    /// Errors: what is no domain, or a domain of another kind of machine.
    package static func convert(
        _ bytes: [UInt8], file: String, to machine: MachineType, stack: StackChoice = StackChoice()
    ) throws(InputError) -> MachineConversion.Result {
        var result = try MachineConversion.convert(bytes, file: file, to: machine, stack: stack)
        let remarks = DomainRemarks.of(try XMLDocument(bytes: bytes, file: file), file: file)
        result.findings = MachineConversion.ordered(remarks + result.findings)
        return result
    }
}
