/// The releases that decide where a guest's functions lie: what a distribution ships together.
///
/// Each part can be replaced; the name goes on saying where the others come from.
public struct Stack: Hashable, Sendable {
    /// Of the row it comes from: `debian-12`.
    public var name: String
    /// The hypervisor.
    public var qemu: QEMURelease
    /// The firmware of guests that boot by BIOS.
    public var seabios: SeaBIOSRelease
    /// The firmware of guests that boot by UEFI.
    public var ovmf: OVMFRelease
    /// The kernel of a guest of which nothing else is said.
    public var linux: LinuxRelease
    /// What reads and starts domains.
    public var libvirt: LibvirtRelease
    /// Whose machine types its QEMU has.
    public var machines: MachineVendor

    /// A stack of these releases; `name` is for messages and reports.
    public init(
        _ name: String, qemu: QEMURelease, seabios: SeaBIOSRelease, ovmf: OVMFRelease, linux: LinuxRelease,
        libvirt: LibvirtRelease, machines: MachineVendor = .upstream
    ) {
        self.name = name
        self.qemu = qemu
        self.seabios = seabios
        self.ovmf = ovmf
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

    package var parts: [Part] { [Part(qemu), Part(seabios), Part(ovmf), Part(linux), Part(libvirt)] }

    /// With the firmware's release replaced.
    package mutating func take(_ firmware: FirmwareChoice) {
        switch firmware {
        case .seabios(let release): seabios = release
        case .ovmf(let release): ovmf = release
        }
    }
}
