package import BerthDiagnostics
package import BerthStack

extension StackChoice.Answer {
    /// What is to be said of a machine type that the QEMU release does not have, or that decided the release.
    package func finding(_ machine: Machine, at location: SourceLocation?) -> Finding? {
        guard let release = machine.version else { return nil }
        return switch self.machine {
        case .known: removal(machine, release, at: location)
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

    /// QEMU takes old machine types away.
    private func removal(_ machine: Machine, _ release: QEMURelease, at location: SourceLocation?) -> Finding? {
        guard [.upstream, .proxmox].contains(machine.release?.vendor), release <= stack.qemu,
            !stack.qemu.hasMachine(release, isQ35: machine.type == .q35)
        else { return nil }
        let newest = QEMURelease.known.last { $0.hasMachine(release, isQ35: machine.type == .q35) }
        let last = newest.map { "; QEMU \($0) is the last that has it" } ?? ""
        return Finding(
            .warning,
            "QEMU \(stack.qemu) has no machine type '\(machine.name)' any more and starts no such guest\(last)",
            rule: "stack", at: location)
    }
}
