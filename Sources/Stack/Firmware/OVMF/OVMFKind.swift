import BerthDiagnostics

extension FirmwareKind {
    /// OVMF, the UEFI firmware of EDK2.
    public static var ovmf: FirmwareKind { FirmwareKind(OVMFRelease.self) }
}

extension FirmwareChoice {
    /// A release of OVMF.
    public static func ovmf(_ release: OVMFRelease) -> Self { Self(release) }
}

extension Stack {
    /// The firmware of guests that boot by UEFI.
    public var ovmf: OVMFRelease {
        get { release() }
        set { take(.ovmf(newValue)) }
    }
}

extension OVMFRelease: FirmwareRelease {
    package static let kindName = "ovmf"

    package static let traits = FirmwareTraits(
        isUEFI: true, readsIGDFiles: false, leavesROMAddresses: false, imageWords: ["ovmf", "edk2"],
        flash: FirmwareTraits.Flash(
            code: "/usr/share/OVMF/OVMF_CODE_4M.fd", variables: "/usr/share/OVMF/OVMF_VARS_4M.fd", package: "ovmf"),
        log: nil,
        packages: ["pve-edk2-firmware-ovmf", "pve-edk2-firmware", "ovmf", "edk2-ovmf"])

    package static let assumed = Self(2022, 11)

    /// EDK2 is packaged by year and month (`2025.02`, Arch's `202508`, behind Proxmox's own number in `4.2025.02`) or by the day
    /// of the commit (Fedora's and Red Hat's `20260812`), whose stable tag is of that month.
    package init?(package version: PackageVersion) {
        let parts = version.numbers
        if let year = parts.firstIndex(where: { (2015...2099).contains($0) }), year + 1 < parts.count {
            self.init(tag: parts[year], parts[year + 1])
        } else if let first = parts.first, (201_501...209_912).contains(first) {
            self.init(tag: first / 100, first % 100)
        } else if let first = parts.first, (20_150_101...20_991_231).contains(first) {
            self.init(tag: first / 10_000, first / 100 % 100)
        } else {
            return nil
        }
    }

    private init?(tag year: Int, _ month: Int) {
        guard (1...12).contains(month) else { return nil }
        self.init(year, month)
    }

    package var lowBARSetting: LowBARSetting? {
        guard honoursRequestedSize else { return nil }
        return .file(
            name: "opt/ovmf/X-PciMmio64Mb", text: "0", effect: "which leaves no window above 4 GiB")
    }
}
