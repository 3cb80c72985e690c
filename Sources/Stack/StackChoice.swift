/// Which releases a guest is read for: what the user says goes before what the input says, and that before what is
/// assumed.
package struct StackChoice: Hashable, Sendable {
    /// The stack that the user names. Every release that the input names gives way to it.
    package var named: Stack?
    /// The QEMU release that the user names apart.
    package var qemu: QEMURelease?
    /// Where neither user nor input names one: the stack of the machine at hand, or the standard one.
    package var fallback: Stack

    package init(named: Stack? = nil, qemu: QEMURelease? = nil, fallback: Stack = .standard) {
        self.named = named
        self.qemu = qemu
        self.fallback = fallback
    }

    /// What an input says of its stack.
    package struct Input: Hashable, Sendable {
        package var stack: Stack?
        package var qemu: QEMURelease?
        package var machine: MachineRelease?

        package init(stack: Stack? = nil, qemu: QEMURelease? = nil, machine: MachineRelease? = nil) {
            self.stack = stack
            self.qemu = qemu
            self.machine = machine
        }
    }

    /// What is settled, and what is to be said of it.
    package struct Answer: Hashable, Sendable {
        package var stack: Stack
        package var machine: MachineFit
    }

    /// How a machine type suits the QEMU release that starts it.
    package enum MachineFit: Hashable, Sendable {
        /// The release has it.
        case known
        /// Nobody named a release: that of the machine type is taken, in place of an older one.
        case raised(from: QEMURelease)
        /// The release that was named does not have it yet.
        case tooNew
    }

    /// A machine type that only a later QEMU has raises the release, unless somebody named one.
    package func answer(_ input: Input) -> Answer {
        var stack = named ?? input.stack ?? fallback
        let release = qemu ?? (named == nil ? input.qemu : nil)
        if let release { stack.qemu = release }
        guard let machine = input.machine, machine.qemu > stack.qemu else {
            return Answer(stack: stack, machine: .known)
        }
        let isNamed = named != nil || input.stack != nil || release != nil
        guard !isNamed else { return Answer(stack: stack, machine: .tooNew) }
        let before = stack.qemu
        stack.qemu = machine.qemu
        return Answer(stack: stack, machine: .raised(from: before))
    }
}
