package import BerthPCI
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

    /// What the registers for BARs of virtual functions ask for, for all of them together: an OS or OVMF finds room for them
    /// before one is enabled. SR-IOV is in extended configuration space, which a PCI Express host bridge has.
    ///
    /// Source: `pcie_sriov_pf_init_vf_bar` in hw/pci/pcie_sriov.c @ QEMU 10.0.
    ///
    /// `function` is an index: it is asked of all of a tree, and a copy of each would cost more than the answer.
    package static func registers(of function: Int, in tree: PCITree) -> [Register] {
        guard tree.functions[function].model == "igb", tree.buses[0].isExpress else { return [] }
        return [Register(size: .kib(16), count: UInt64(count)), Register(size: .kib(16), count: UInt64(count))]
    }

    /// Whether it has alternative routing IDs (ARI), which its virtual functions need.
    ///
    /// Source: `igb_pci_realize` in hw/net/igb.c @ QEMU 10.0.
    package static func areAddressed(by function: PCIFunction, in tree: PCITree) -> Bool {
        function.model == "igb" && tree.buses[0].isExpress
    }

    /// One of them; 64 bits wide and prefetchable.
    package struct Register: Hashable, Sendable {
        /// Of one virtual function.
        package var size: ByteCount
        package var count: UInt64
    }

    /// `IGB_82576_VF_OFFSET`, `IGB_82576_VF_STRIDE`, `IGB_MAX_VF_FUNCTIONS`.
    private static let (offset, stride, count) = (0x80, 2, 8)
}
