package import BerthStack

/// The releases that are installed on a machine, as far as it tells.
package struct InstalledReleases: Hashable, Sendable {
    package var qemu: QEMURelease?
    package var firmware: [FirmwareChoice] = []
    package var libvirt: LibvirtRelease?
    package var machines = MachineVendor.upstream

    package init() {}

    /// What the database says; programs that were asked go before it.
    package init(_ database: PackageDatabase, answers: ProgramAnswers) {
        qemu = answers.qemu ?? database.version(of: .qemu)?.qemu
        libvirt = answers.libvirt ?? database.version(of: .libvirt)?.libvirt
        firmware = FirmwareKind.allCases.compactMap { kind in
            database.version(of: .firmware(kind)).flatMap { kind.releases.init(package: $0) }.map { FirmwareChoice($0) }
        }
        machines = Self.vendor(database)
    }

    private static func vendor(_ database: PackageDatabase) -> MachineVendor {
        if database.versions["pve-qemu-kvm"] != nil { return .proxmox }
        let version = database.version(of: .qemu)?.text ?? ""
        if version.contains("ubuntu") { return .ubuntu }
        if version.contains(".el") { return .redHat }
        return .upstream
    }

    /// The stack of a machine with these releases; nil without a QEMU, of which everything else hangs.
    ///
    /// What is not installed is taken from the named stack that is nearest. A release that is not known is taken for the nearest
    /// one that is, which is said.
    package func stack() -> (stack: Stack, notes: [String])? {
        guard let qemu else { return nil }
        var notes: [String] = []
        func known<R: Release>(_ release: R) -> R {
            guard !release.isKnown, let near = R.known.last(where: { $0 < release }) ?? R.known.first else {
                return release
            }
            notes.append("\(R.product) \(release) is installed and not known here; taken for \(near)")
            return near
        }
        let release = known(qemu)
        let base = Stack.nearest(to: release, machines: machines)
        var stack = base
        stack.takeWithFirmware(release)
        for choice in firmware { stack.take(FirmwareChoice(known(choice.release))) }
        stack.libvirt = libvirt.map(known) ?? base.libvirt
        stack.machines = machines
        return (stack, notes)
    }
}

/// What programs said of themselves.
package struct ProgramAnswers: Hashable, Sendable {
    package var qemu: QEMURelease?
    package var libvirt: LibvirtRelease?

    package init(qemu: QEMURelease? = nil, libvirt: LibvirtRelease? = nil) {
        self.qemu = qemu
        self.libvirt = libvirt
    }

    /// `qemu-system-x86_64 --version`: `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)`. Nil for what no QEMU says.
    package static func qemu(_ text: String) -> QEMURelease? {
        let words = text.prefix { !$0.isNewline }.split(separator: " ")
        guard words.count >= 4, words[..<3] == ["QEMU", "emulator", "version"] else { return nil }
        return PackageVersion(String(words[3])).qemu
    }

    /// `virsh --version`: `9.0.0`. Nil for what no virsh says.
    package static func libvirt(_ text: String) -> LibvirtRelease? {
        let line = text.prefix { !$0.isNewline }
        guard line.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
        return PackageVersion(String(line)).libvirt
    }
}
