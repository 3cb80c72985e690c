import BerthPCI
package import BerthStack
package import BerthTopology

/// Linux from 6.14 on: decode goes off once for all BARs of a function.
///
/// Also an older kernel into which a distribution put the change: `linux-6.1+batched-sizing`.
package struct LinuxFrom614: GuestOSModel {
    package let summary = "Linux from 6.14 on, and older kernels with commit 4453f360862e: decode off once per function"
    package let guest: GuestOS
    package let evidence: Evidence
    package let sources = [
        "Linux commit 4453f360862e, PCI: Batch BAR sizing operations (6.14)",
        "Linux 6.12, 7.2 drivers/pci/setup-bus.c pbus_size_mem, pci_assign_unassigned_root_bus_resources",
        "everything else as Linux 6.1",
        "recorded runs of Linux 7.2.13 on QEMU 11.1.3",
    ]
    private let kernel: LinuxKernel

    package init(_ version: LinuxRelease = .init(6, 14)) {
        guest = .linux(version)
        evidence = version.isMeasured ? .measured : .notMeasured
        kernel = LinuxKernel(version: version)
    }

    package func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome {
        kernel.run(topology, tree, after: firmware, then: actions)
    }

    package func run(_ handOver: HandOver) -> GuestOutcome { kernel.run(handOver, wholeTree: handOver.tree) }
}
