import BerthTopology

/// What changed in OVMF after the release that was measured.
///
/// Source: OvmfPkg/Library/PlatformInitLib/MemDetect.c and Platform.c, OvmfPkg/PciHotPlugInitDxe/PciHotPlugInit.c
/// @ the edk2-stable releases named; read, not measured.
struct OVMFRelease {
    /// 202211 for edk2-stable202211.
    private let number: Int

    init(_ choice: FirmwareChoice) {
        number = Int(choice.version.filter(\.isNumber)) ?? 202211
    }

    /// 202302, `PlatformReservationConflictCB`: the dynamic window steps below what the memory map holds.
    var avoidsReservations: Bool { number >= 202302 }
    /// 202305, `PcdPciExpressBaseAddress`: ECAM at 0xe0000000 leaves q35 a larger aperture below it.
    var hasHighECAM: Bool { number >= 202305 }
    /// 202308: Linux has trouble with more.
    var addressBitsLimit: Int { number >= 202308 ? 46 : 47 }
    /// 202308, commits 27727338b2 and 638dfb4135: ports only where they are asked for, 4 KiB at least.
    var padsPorts: Bool { number < 202308 }
    /// 202505: the size that users set wins over the dynamic window.
    var honoursRequestedSize: Bool { number >= 202505 }
}
