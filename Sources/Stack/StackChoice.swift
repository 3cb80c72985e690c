/// Which releases a guest is read for: what the user says goes before what the input says, and that before what is
/// assumed.
package struct StackChoice: Hashable, Sendable {
    /// The stack that the user names. Every release that the input names gives way to it.
    package var named: Stack?
    /// The QEMU release that the user names apart.
    package var qemu: QEMURelease?
    /// The libvirt release that the user names apart.
    package var libvirt: LibvirtRelease?
    /// Where neither user nor input names one: the stack of the machine at hand, or the standard one.
    package var fallback: Stack

    package init(
        named: Stack? = nil, qemu: QEMURelease? = nil, libvirt: LibvirtRelease? = nil, fallback: Stack = .standard
    ) {
        self.named = named
        self.qemu = qemu
        self.libvirt = libvirt
        self.fallback = fallback
    }

    /// What reads a domain: no domain says which libvirt it is for.
    package var reader: LibvirtRelease { libvirt ?? named?.libvirt ?? fallback.libvirt }

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
        /// Nobody named a release: that of the machine type is taken, in place of an older one or another vendor's.
        case raised(from: QEMURelease)
        /// The release that was named does not have it yet.
        case tooNew
    }

    /// A machine type that only a later QEMU has raises the release, unless somebody named one, and one of another
    /// vendor's QEMU leads to that vendor's stack. Firmware follows a QEMU that nobody named a stack for.
    package func answer(_ input: Input) -> Answer {
        var stack = named ?? input.stack ?? fallback
        if let libvirt { stack.libvirt = libvirt }
        let isNamed = named != nil || input.stack != nil
        let release = qemu ?? (named == nil ? input.qemu : nil)
        if let release {
            stack.qemu = release
            if !isNamed, release != fallback.qemu { stack.takeFirmware(shippedWith: release) }
        }
        guard let machine = input.machine else { return Answer(stack: stack, machine: .known) }
        let isTooNew = machine.qemu > stack.qemu
        guard !isNamed, release == nil else { return Answer(stack: stack, machine: isTooNew ? .tooNew : .known) }
        let isForeign = machine.vendor != .upstream && !stack.machines.has(machine.vendor)
        guard isTooNew || isForeign else { return Answer(stack: stack, machine: .known) }
        let before = stack.qemu
        if isForeign { stack = Stack.nearest(to: machine.qemu, machines: machine.vendor) }
        if stack.qemu != machine.qemu {
            stack.takeWithFirmware(machine.qemu)
        }
        if let libvirt { stack.libvirt = libvirt }
        return Answer(stack: stack, machine: .raised(from: before))
    }
}
