/// The releases that decide where a guest's functions lie: what a distribution ships together.
///
/// Each part can be replaced; the name goes on saying where the others come from.
public struct Stack: Hashable, Sendable {
    /// Of the row it comes from: `debian-12`.
    public var name: String
    /// The hypervisor.
    public var qemu: QEMURelease
    /// The firmware, one release of each kind.
    package private(set) var firmware: [FirmwareChoice]
    /// The kernel of a guest of which nothing else is said.
    public var linux: LinuxRelease
    /// What reads and starts domains.
    public var libvirt: LibvirtRelease
    /// Whose machine types its QEMU has.
    public var machines: MachineVendor

    /// A stack of these releases; `name` is for messages and reports. Of a kind of firmware that is not named it has the release
    /// that comes with QEMU.
    public init(
        _ name: String, qemu: QEMURelease, firmware: [FirmwareChoice], linux: LinuxRelease, libvirt: LibvirtRelease,
        machines: MachineVendor = .upstream
    ) {
        self.name = name
        self.qemu = qemu
        self.firmware = FirmwareKind.allCases.map { kind in
            firmware.last { $0.kind == kind } ?? kind.shipped(with: qemu) ?? kind.assumed
        }
        self.linux = linux
        self.libvirt = libvirt
        self.machines = machines
    }

    /// One part, as reports show it.
    package struct Part: Hashable, Sendable {
        /// `SeaBIOS`.
        package var product: String
        /// `1.16.2`.
        package var release: String
        /// Whether predictions for it were held against recorded runs.
        package var isMeasured: Bool

        init<R: Release>(_ release: R) {
            product = R.product
            self.release = release.description
            isMeasured = release.isMeasured
        }
    }

    package var parts: [Part] { [Part(qemu)] + firmware.map { Part($0.release) } + [Part(linux), Part(libvirt)] }

    /// The release of a kind of firmware.
    package subscript(kind: FirmwareKind) -> FirmwareChoice {
        firmware.first { $0.kind == kind } ?? kind.assumed
    }

    /// The release of a kind of firmware, for those who know the kind.
    func release<R: FirmwareRelease>() -> R {
        self[FirmwareKind(R.self)].release as? R ?? R.assumed
    }

    /// With the firmware's release replaced.
    package mutating func take(_ choice: FirmwareChoice) {
        let kind = choice.kind
        for index in firmware.indices where firmware[index].kind == kind { firmware[index] = choice }
    }

    /// With another QEMU, and the firmware that comes in its tree.
    package mutating func takeWithFirmware(_ qemu: QEMURelease) {
        self.qemu = qemu
        takeFirmware(shippedWith: qemu)
    }

    /// With the firmware that comes in the tree of a QEMU.
    package mutating func takeFirmware(shippedWith qemu: QEMURelease) {
        for kind in FirmwareKind.allCases {
            if let shipped = kind.shipped(with: qemu) { take(shipped) }
        }
    }
}
