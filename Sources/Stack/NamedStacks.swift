/// A stack that has a name, and how its releases are known.
package struct NamedStack: Hashable, Sendable {
    package var stack: Stack
    /// What the name stands for: `Debian 12`.
    package var title: String
    /// Where the releases were read, and when.
    package var source: String

    package var name: String { stack.name }

    init(
        _ name: String, _ title: String, qemu: QEMURelease, firmware: FirmwareChoice..., linux: LinuxRelease,
        libvirt: LibvirtRelease, machines: MachineVendor = .upstream, source: String
    ) {
        stack = Stack(name, qemu: qemu, firmware: firmware, linux: linux, libvirt: libvirt, machines: machines)
        self.title = title
        self.source = source
    }
}

extension NamedStack {
    fileprivate static let debian12 = NamedStack(
        "debian-12", "Debian 12", qemu: .init(7, 2),
        firmware: .seabios(.init(1, 16, 2)), .ovmf(.init(2022, 11)), linux: .init(6, 1), libvirt: .init(9, 0),
        source: "recorded: QEMU 7.2.22, Linux 6.1, libvirt 9.0.0")

    /// In the order of lists. A new stack is a row.
    package static let all = [
        debian12,
        NamedStack(
            "debian-13", "Debian 13", qemu: .init(10, 0),
            firmware: .seabios(.init(1, 16, 3)), .ovmf(.init(2025, 2)), linux: .init(6, 12, 117), libvirt: .init(11, 3),
            source: "recorded in November 2026: QEMU 10.0.13, Linux 6.12.117, libvirt 11.3.0"),
        NamedStack(
            "debian-unstable", "Debian unstable of November 2026", qemu: .init(11, 1),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2026, 8)), linux: .init(7, 2, 13), libvirt: .init(12, 8),
            source: "recorded in November 2026: QEMU 11.1.3, Linux 7.2.13, libvirt 12.8.0"),
        // https://packages.ubuntu.com and https://ubuntu.com/security/livepatch/docs/kernels name the packages of Ubuntu.
        NamedStack(
            "ubuntu-22.04", "Ubuntu 22.04 LTS", qemu: .init(6, 2),
            firmware: .seabios(.init(1, 15, 0)), .ovmf(.init(2022, 2)), linux: .init(5, 15), libvirt: .init(8, 0),
            machines: .ubuntu,
            source: "its packages: qemu 6.2+dfsg-2ubuntu6, seabios 1.15.0-1, ovmf 2022.02-3ubuntu0.22.04, "
                + "libvirt 8.0.0-1ubuntu7, kernel 5.15 (GA)"),
        NamedStack(
            "ubuntu-24.04", "Ubuntu 24.04 LTS", qemu: .init(8, 2),
            firmware: .seabios(.init(1, 16, 3)), .ovmf(.init(2024, 2)), linux: .init(6, 8), libvirt: .init(10, 0),
            machines: .ubuntu,
            source: "its packages: qemu 8.2.2+ds-0ubuntu1, seabios 1.16.3-2, ovmf 2024.02-2ubuntu0, "
                + "libvirt 10.0.0-2ubuntu8, kernel 6.8 (GA)"),
        // The package list of https://documentation.ubuntu.com/server/how-to/virtualisation/virt-hwe/.
        NamedStack(
            "ubuntu-26.04", "Ubuntu 26.04 LTS", qemu: .init(10, 2),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2025, 11)), linux: .init(7, 0), libvirt: .init(12, 0),
            machines: .ubuntu,
            source: "its packages: qemu 10.2.1+ds-1ubuntu3, seabios 1.17.0-1ubuntu1, ovmf 2025.11-3ubuntu7, "
                + "libvirt 12.0.0-1ubuntu5, kernel 7.0 (GA)"),
        NamedStack(
            "fedora-44", "Fedora 44", qemu: .init(10, 2),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2026, 8)), linux: .init(7, 2, 9), libvirt: .init(12, 0),
            source: "packages that a host had in 2026: qemu-10.2.2-1.fc44, edk2-ovmf-20260812-8.fc44, "
                + "kernel-7.2.9-200.fc44, libvirt-12.0.0-3.fc44; SeaBIOS is the one in QEMU 10.2"),
        NamedStack(
            "fedora-45", "Fedora 45", qemu: .init(11, 1),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2026, 8)), linux: .init(7, 2, 8), libvirt: .init(12, 6),
            source: "package names of October 2026: kernel-7.2.8-300.fc45; QEMU, SeaBIOS, OVMF and libvirt are not "
                + "confirmed"),
        // Package names of RHEL, of its rebuilds Rocky and Alma, and of CentOS Stream, which share their versions.
        NamedStack(
            "rhel-9", "Red Hat Enterprise Linux 9.8", qemu: .init(10, 1),
            firmware: .seabios(.init(1, 16, 3)), .ovmf(.init(2024, 11)), linux: .init(5, 14), libvirt: .init(11, 10),
            machines: .redHat,
            source: "package names of 2026: qemu-kvm-10.1.0-17.el9_8, libvirt-11.10.0-12.el9_8, kernel-5.14.0; "
                + "of 2025: edk2-20241117-3.el9, seabios-bin-1.16.3-4.el9"),
        NamedStack(
            "rhel-10", "Red Hat Enterprise Linux 10.2", qemu: .init(10, 1),
            firmware: .seabios(.init(1, 16, 3)), .ovmf(.init(2025, 11)), linux: .init(6, 12), libvirt: .init(11, 10),
            machines: .redHat,
            source: "package names of 2026: qemu-kvm-10.1.0-16.el10_2, edk2-ovmf-20251114-2.el10, "
                + "libvirt-11.10.0-12.el10_2, kernel-6.12.0-211.el10_2; seabios-bin-1.16.3-7.el10 is 10.0's"),
        // debian/changelog of github.com/proxmox/pve-qemu and github.com/proxmox/pve-edk2-firmware.
        NamedStack(
            "proxmox-8", "Proxmox VE 8.4", qemu: .init(9, 2),
            firmware: .seabios(.init(1, 16, 3)), .ovmf(.init(2025, 2)), linux: .init(6, 1), libvirt: .init(9, 0),
            machines: .proxmox,
            source:
                "its packages of 2025: pve-qemu-kvm 9.2.0-7, pve-edk2-firmware 4.2025.02-4; SeaBIOS is the one in "
                + "QEMU 9.2, Linux and libvirt are Debian 12's"),
        NamedStack(
            "proxmox-9", "Proxmox VE 9.2", qemu: .init(11, 0),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2025, 5)), linux: .init(6, 12), libvirt: .init(11, 3),
            machines: .proxmox,
            source:
                "its packages of 2026: pve-qemu-kvm 11.0.3-3, pve-edk2-firmware 4.2025.05-3; SeaBIOS is the one in "
                + "QEMU 11.0, Linux and libvirt are Debian 13's"),
        NamedStack(
            "arch", "Arch Linux of September 2026", qemu: .init(11, 1),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2026, 8)), linux: .init(7, 2), libvirt: .init(12, 7),
            source: "packages that a host had in September 2026: qemu-desktop 11.1.1-1, edk2-ovmf 202608-1, "
                + "libvirt 12.7.0-1; seabios 1.17.0-2 is 2025's, Linux not confirmed"),
        NamedStack(
            "nixos-25.11", "NixOS 25.11", qemu: .init(10, 1),
            firmware: .seabios(.init(1, 17, 0)), .ovmf(.init(2025, 8)), linux: .init(6, 12), libvirt: .init(11, 7),
            source: "what systems of early 2026 had in their stores: qemu-10.1.2, libvirt-11.7.0, OVMF-202508.01, "
                + "seabios-1.17.0; that it was 25.11 and its Linux are not confirmed"),
    ]
}

extension Stack {
    /// What is taken where nothing is said.
    public static let standard = NamedStack.debian12.stack

    /// The stacks that have a name, in the order of lists.
    public static var named: [Stack] { NamedStack.all.map(\.stack) }

    /// The newest of those whose QEMU, firmware and kernel were held against recordings: what is taken where nothing is installed.
    package static var newestMeasured: Stack {
        named.filter { $0.qemu.isMeasured && $0.firmware.allSatisfy(\.isMeasured) && $0.linux.isMeasured }
            .max { $0.qemu < $1.qemu } ?? standard
    }

    /// The named stack whose QEMU is nearest, among those with these machine types; of two that are as near, the first.
    package static func nearest(to qemu: QEMURelease, machines: MachineVendor) -> Stack {
        let order = QEMURelease.known
        func distance(_ stack: Stack) -> Int {
            let (a, b) = (order.firstIndex(of: qemu), order.firstIndex(of: stack.qemu))
            return a.flatMap { a in b.map { abs(a - $0) } } ?? .max
        }
        let own = named.filter { $0.machines == machines }
        return (own.isEmpty ? named : own).min { distance($0) < distance($1) } ?? standard
    }

    /// The stack of a name; nil for another name.
    public static func named(_ name: String) -> Stack? { NamedStack.all.first { $0.name == name }?.stack }

    /// The stack of a name.
    ///
    /// Errors: no stack has this name.
    public static func parse(_ name: String) throws(UnknownName) -> Stack {
        if let stack = named(name) { return stack }
        throw UnknownName(name, notOneOf: NamedStack.all.map(\.name))
    }
}
