package import BerthDiagnostics
package import BerthStack

extension VMConfiguration {
    /// The releases to read this file for: those that the user names; else those of this machine, where it runs Proxmox VE; else what the
    /// file itself shows: the QEMU of its machine type, and the one it was created with, of which it needs at least the later one.
    package func choice(_ given: StackChoice) -> (choice: StackChoice, note: Finding?) {
        guard given.named == nil, given.fallback.machines != .proxmox else { return (given, nil) }
        let (stack, reason, place) = ownStack
        var choice = given
        choice.fallback = stack
        let title = NamedStack.all.first { $0.name == stack.name }?.title ?? stack.name
        let qemu = given.qemu ?? stack.qemu
        return (
            choice,
            Finding(
                .note, "\(title) with QEMU \(qemu) is taken: \(reason); --stack names another", rule: "proxmox-stack",
                at: place)
        )
    }

    private var ownStack: (Stack, reason: String, SourceLocation?) {
        let known = NamedStack.all.map(\.stack).filter { $0.machines == .proxmox }.sorted { $0.qemu < $1.qemu }
        guard let newest = known.last else { return (.standard, "no stack of Proxmox VE is known", nil) }
        func atLeast(_ qemu: QEMURelease) -> Stack { known.first { $0.qemu >= qemu } ?? newest }
        let created = creationQEMU.flatMap { QEMURelease.known.contains($0) ? $0 : nil }
        if let pinned = pinnedRelease?.qemu {
            let qemu = max(pinned, created ?? pinned)
            var stack = atLeast(qemu)
            if stack.qemu != qemu { stack.takeWithFirmware(qemu) }
            let reason = qemu == pinned ? "the machine type '\(machineType)' is its" : "the VM was created with it"
            return (stack, reason, settings[qemu == pinned ? "machine" : "meta"]?.location)
        }
        if let created {
            return (atLeast(created), "the VM was created with QEMU \(created)", settings["meta"]?.location)
        }
        return (newest, "the file names no release", nil)
    }
}
