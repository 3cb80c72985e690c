package import BerthPCI
package import BerthStack
import BerthDiagnostics

/// The two x86 boards of QEMU that have PCI and an IGD can be given to.
package enum MachineType: String, Hashable, Sendable, CaseIterable {
    /// i440FX host bridge and PIIX3 south bridge; conventional PCI.
    case pc
    /// MCH host bridge and ICH9 south bridge; PCI Express.
    case q35

    /// The name QEMU gives the root bus.
    package var rootBus: BusName { self == .pc ? "pci.0" : "pcie.0" }
    package var isExpress: Bool { self == .q35 }
}

/// A machine and the options of it that change the PCI tree or the memory map.
package struct Machine: Hashable, Sendable {
    package var type: MachineType
    /// Of a versioned name (`pc-q35-7.2`); nil for the alias, which means the newest of the QEMU at hand.
    package var release: MachineRelease?
    /// `max-ram-below-4g`.
    package var maxRAMBelow4GiB: ByteCount?
    /// What `max-ram-below-4g` may be: QEMU takes 4 GiB at most; below 16 MiB no firmware starts.
    package static let ramBelow4GiBBounds: ClosedRange<ByteCount> = .mib(16)...(.gib(4))
    /// `pci-hole64-size` of the host bridge: how much room above 4 GiB it promises; nil for its own size.
    package var hole64Size: ByteCount?
    /// `usb=on`: PIIX3 UHCI at 00:01.2, or the ICH9 UHCI and EHCI functions at 00:1d.
    package var hasUSB: Bool
    /// `sata=off` removes ICH9 AHCI (q35).
    package var hasSATA: Bool
    /// `smbus=off` removes ICH9 SMBus (q35); PIIX4 PM stays whatever is said.
    package var hasSMBus: Bool
    /// Off with `acpi=off`: then the i440FX has no PIIX4 PM.
    package var hasACPI = true
    /// With `cxl=on`: the sum of what `cxl-fmw` asks for; zero where it asks for nothing, nil without CXL.
    package var cxlWindows: ByteCount?
    /// `x-south-bridge=piix4-isa`: ISA bridge and IDE of the i440FX say they are a PIIX4's (from 9.0).
    package var hasPIIX4 = false

    package init(
        _ type: MachineType, version: QEMURelease? = nil, maxRAMBelow4GiB: ByteCount? = nil, hasUSB: Bool = false,
        hasSATA: Bool = true, hasSMBus: Bool = true
    ) {
        self.type = type
        release = version.map { MachineRelease($0) }
        self.maxRAMBelow4GiB = maxRAMBelow4GiB
        self.hasUSB = hasUSB
        self.hasSATA = hasSATA
        self.hasSMBus = hasSMBus
    }

    /// Reads `pc`, `q35`, `pc-i440fx-7.2`, `pc-q35-rhel9.4.0`. Nil for every other name, and for a machine that is
    /// later than every known QEMU.
    package init?(name: String) {
        // `qm showcmd` writes `q35+pve0`: the newest machine, with Proxmox's revision of it.
        let plain = name.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if let type = MachineType(rawValue: name)
            ?? (plain.count == 2 && plain[1].hasPrefix("pve") ? MachineType(rawValue: String(plain[0])) : nil)
        {
            self.init(type)
            return
        }
        for (prefix, type) in [("pc-i440fx-", MachineType.pc), ("pc-q35-", .q35)] where name.hasPrefix(prefix) {
            guard let release = MachineRelease(String(name.dropFirst(prefix.count))) else { return nil }
            self.init(type)
            self.release = release
            return
        }
        return nil
    }

    /// The name QEMU and libvirt know it by.
    package var name: String {
        guard let release else { return type.rawValue }
        return (type == .pc ? "pc-i440fx-" : "pc-q35-") + release.description
    }

    /// The QEMU release whose machine it is; nil for the alias.
    package var version: QEMURelease? {
        get { release?.qemu }
        set { release = newValue.map { MachineRelease($0) } }
    }

    /// What `init(name:)` reads, for messages.
    package static let knownNames = ["pc", "q35", "pc-i440fx-VERSION", "pc-q35-VERSION"]
}
