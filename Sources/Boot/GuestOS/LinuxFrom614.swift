import BerthPCI
package import BerthStack
package import BerthTopology

/// Linux from 6.14 on: decode goes off once for all BARs of a function.
///
/// Also an older kernel into which a distribution put the change: `linux-6.1+batched-sizing`.
package struct LinuxFrom614: GuestOSModel {
    package let summary = "Linux from 6.14 on, and older kernels with commit 4453f360862e: decode off once per function"
    package let guest: GuestOS
    package let evidence = Evidence.notMeasured
    package let sources = [
        "Linux commit 4453f360862e, PCI: Batch BAR sizing operations (6.14)",
        "everything else as Linux 6.1",
    ]
    private let kernel: LinuxKernel

    package init(_ version: LinuxRelease = .init(6, 14)) {
        guest = .linux(version)
        kernel = LinuxKernel(version: version)
    }

    package func run(
        _ topology: GuestTopology, _ tree: PCITree, after firmware: FirmwareOutcome, then actions: [GuestAction]
    ) -> GuestOutcome {
        kernel.run(topology, tree, after: firmware, then: actions)
    }

    package func run(_ handOver: HandOver) -> GuestOutcome { kernel.run(handOver, wholeTree: handOver.tree) }
}
