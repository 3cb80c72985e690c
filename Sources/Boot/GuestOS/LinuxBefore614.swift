import BerthPCI
package import BerthStack
package import BerthTopology

/// Linux up to 6.13: decode goes off once for every BAR register that is sized.
package struct LinuxBefore614: GuestOSModel {
    package let summary = "Linux up to 6.13: decode off once per BAR register"
    package let guest: GuestOS
    package let evidence = Evidence.measured
    package let sources = [
        "Linux 6.1 drivers/pci/probe.c __pci_read_base, drivers/pci/quirks.c quirk_mmio_always_on",
        "Linux 6.1 arch/x86/pci/i386.c pcibios_resource_survey",
        "Linux 6.1 drivers/pci/setup-bus.c pci_assign_unassigned_root_bus_resources",
        "Linux 6.1 arch/x86/kernel/early-quirks.c intel_graphics_quirks",
        "recorded runs of Debian's Linux 6.1 on QEMU 7.2.22, 6.12 on 10.0.13",
    ]
    private let kernel: LinuxKernel

    package init(_ version: LinuxRelease = .init(6, 1)) {
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
