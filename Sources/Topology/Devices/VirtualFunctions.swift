import BerthPCI
package import BerthStack

/// Virtual functions of QEMU's own devices (SR-IOV). Nobody sees them before an OS enables them, but they have their places.
///
/// Source: `pcie_sriov_pf_init` in hw/pci/pcie_sriov.c, `igb_pci_realize` in hw/net/igb.c @ QEMU 10.0.
package enum VirtualFunctions {
    /// Their devfn, those beyond the bus left out, which is one error.
    package static func places(of model: String, at devfn: UInt8, _ release: QEMURelease) -> [UInt8] {
        guard model == "igb", release.keepsVirtualFunctions else { return [] }
        return (0..<count).compactMap { UInt8(exactly: Int(devfn) + offset + $0 * stride) }
    }

    /// Whether one lies beyond the bus.
    static func overflow(_ model: String, at devfn: UInt8, _ release: QEMURelease) -> Bool {
        model == "igb" && release.keepsVirtualFunctions && places(of: model, at: devfn, release).count < count
    }

    /// `IGB_82576_VF_OFFSET`, `IGB_82576_VF_STRIDE`, `IGB_MAX_VF_FUNCTIONS`.
    private static let (offset, stride, count) = (0x80, 2, 8)
}
