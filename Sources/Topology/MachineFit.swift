package import BerthDiagnostics
package import BerthStack

extension StackChoice.Answer {
    /// What is to be said of a machine type that the QEMU release does not have, or that decided the release.
    package func finding(_ machine: Machine, at location: SourceLocation?) -> Finding? {
        guard let release = machine.version else { return nil }
        return switch self.machine {
        case .known: nil
        case .raised(let old):
            Finding(
                .note,
                "the machine type '\(machine.name)' is one of QEMU \(release), which is taken instead of \(old); "
                    + "--stack or --qemu-version name another", rule: "stack", at: location)
        case .tooNew:
            Finding(
                .warning, "QEMU \(stack.qemu) has no machine type '\(machine.name)', which came with \(release)",
                rule: "stack", at: location)
        }
    }
}
