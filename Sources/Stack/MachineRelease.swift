/// Who names machine types.
public enum MachineVendor: String, Hashable, Sendable, CaseIterable {
    /// QEMU itself.
    case upstream
    /// Proxmox VE: `+pve1` behind QEMU's name.
    case proxmox
    /// Red Hat: `rhel9.4.0`.
    case redHat
    /// Ubuntu: `noble`.
    case ubuntu

    /// Whether its QEMU has a machine type that another named: Red Hat's has none but its own, all others have
    /// QEMU's.
    package func has(_ other: MachineVendor) -> Bool { self == other || other == .upstream && self != .redHat }
}

/// The part of a versioned machine type that says of which release it is: `7.2` of `pc-q35-7.2`.
///
/// Distributions name machine types of their own after themselves: `9.2+pve1`, `rhel9.4.0`, `noble`. Each is the
/// machine of one QEMU release.
package struct MachineRelease: Hashable, Sendable, CustomStringConvertible {
    /// The QEMU release whose machine it is.
    package let qemu: QEMURelease
    /// As it stands in the name.
    package let description: String
    /// Whose QEMU has it.
    package let vendor: MachineVendor

    /// Whether every processor model has the host's address width: on Red Hat's machines, up to a limit, and on Ubuntu's
    /// `-hpb`.
    package var hasHostAddressBits: Bool { vendor == .redHat || vendor == .ubuntu && description.contains("-hpb") }
    /// The most that this width may be, so that nobody gets five levels of page tables unasked (`host-phys-bits-limit` in
    /// `pc_rhel_compat` of Red Hat's qemu-kvm).
    package var hostAddressBitsLimit: Int? { vendor == .redHat ? 48 : nil }

    package init(_ qemu: QEMURelease) {
        self.init(qemu, named: qemu.description, of: .upstream)
    }

    private init(_ qemu: QEMURelease, named description: String, of vendor: MachineVendor) {
        self.qemu = qemu
        self.description = description
        self.vendor = vendor
    }

    /// Reads what follows `pc-q35-` or `pc-i440fx-`. Nil for what no known QEMU has.
    package init?(_ text: String) {
        if let qemu = QEMURelease(grammar: text) {
            guard qemu <= Self.newest else { return nil }
            self.init(qemu, named: text, of: .upstream)
        } else if let qemu = Self.proxmox(text) {
            self.init(qemu, named: text, of: .proxmox)
        } else if let qemu = Self.redHat[text] {
            self.init(qemu, named: text, of: .redHat)
        } else if let qemu = Self.ubuntu(text) {
            self.init(qemu, named: text, of: .ubuntu)
        } else {
            return nil
        }
    }

    private static var newest: QEMURelease { QEMURelease.known.last ?? QEMURelease(0, 0) }

    /// `9.2+pve1`: Proxmox's revision of QEMU's own machine.
    private static func proxmox(_ text: String) -> QEMURelease? {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasPrefix("pve"), Int(parts[1].dropFirst(3)) != nil,
            let qemu = QEMURelease(grammar: String(parts[0])), qemu <= newest
        else { return nil }
        return qemu
    }

    /// Source: the machine types of hw/i386/pc_piix.c and pc_q35.c in Red Hat's qemu-kvm.
    private static let redHat: [String: QEMURelease] = [
        "rhel7.0.0": .init(2, 0), "rhel7.1.0": .init(2, 1), "rhel7.2.0": .init(2, 3), "rhel7.3.0": .init(2, 6),
        "rhel7.4.0": .init(2, 9), "rhel7.5.0": .init(2, 10), "rhel7.6.0": .init(2, 12), "rhel8.0.0": .init(3, 1),
        "rhel8.1.0": .init(4, 1), "rhel8.2.0": .init(4, 2), "rhel8.3.0": .init(5, 1), "rhel8.4.0": .init(5, 2),
        "rhel8.5.0": .init(6, 0), "rhel8.6.0": .init(6, 2), "rhel9.0.0": .init(6, 2), "rhel9.2.0": .init(7, 2),
        "rhel9.4.0": .init(8, 2), "rhel9.6.0": .init(9, 1), "rhel9.8.0": .init(10, 1), "rhel10.0.0": .init(9, 1),
        "rhel10.2.0": .init(10, 1),
    ]

    /// Ubuntu's machine types are named after its releases; `-hpb`, `-v2` and `-maxcpus` are variants of them.
    private static func ubuntu(_ text: String) -> QEMURelease? {
        let name = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard name.count == 1 || ["hpb", "v2", "maxcpus", "hpb-maxcpus"].contains(name[1]) else { return nil }
        return ubuntu[String(name[0])]
    }

    /// Source: the `ubuntu` machine types that Ubuntu's patches add to pc_piix.c and pc_q35.c.
    private static let ubuntu: [String: QEMURelease] = [
        "trusty": .init(2, 0), "xenial": .init(2, 5), "yakkety": .init(2, 6), "zesty": .init(2, 8),
        "artful": .init(2, 10), "bionic": .init(2, 11), "cosmic": .init(2, 12), "disco": .init(3, 1),
        "eoan": .init(4, 0), "focal": .init(4, 2), "groovy": .init(5, 0), "hirsute": .init(5, 2),
        "impish": .init(6, 0), "jammy": .init(6, 2), "kinetic": .init(7, 0), "lunar": .init(7, 2),
        "mantic": .init(8, 0), "noble": .init(8, 2), "oracular": .init(9, 0), "plucky": .init(9, 2),
        "questing": .init(10, 1), "resolute": .init(10, 2),
    ]
}
