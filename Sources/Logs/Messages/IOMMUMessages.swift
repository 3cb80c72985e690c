import BerthDiagnostics

/// What the host says of its IOMMU and of who may be behind it.
extension LogMessages {
    static let iommu: [LogMessage] = [
        LogMessage(
            "iommu-width", by: .hostKernel,
            "Host address width \(width: "width")",
            releases: "Linux 2.6 to 7.1", .fine,
            means: "so many bits of addresses does the host have; the IOMMU maps no more",
            source: "Linux 7.1 drivers/iommu/intel/dmar.c parse_dmar_table"),
        LogMessage(
            "iommu-rmrr", by: .hostKernel,
            "RMRR base: \(host: "first") end: \(host: "last")",
            releases: "Linux 2.6 to 7.1", .fine,
            means: "memory that the host's firmware keeps for a device, stolen memory of the IGD among it",
            keeps: .forDMA,
            source: "Linux 7.1 drivers/iommu/intel/dmar.c dmar_table_print_dmar_entry"),
        LogMessage(
            "iommu-enabled", by: .hostKernel,
            "DMAR: Intel(R) Virtualization Technology for Directed I/O",
            releases: "Linux 4.2 to 7.1", .fine,
            means: "the IOMMU is on",
            source: "Linux 7.1 drivers/iommu/intel/iommu.c intel_iommu_init"),
        LogMessage(
            "iommu-disabled", by: .hostKernel,
            "DMAR: IOMMU disabled",
            releases: "Linux 4.2 to 7.1", .trouble,
            means: "the IOMMU is off: nothing can be passed through",
            sees: .refusesToStart,
            help: "take intel_iommu=off from the host's kernel command line, and turn VT-d on in its firmware",
            source: "Linux 7.1 drivers/iommu/intel/iommu.c intel_iommu_setup"),
        LogMessage(
            "iommu-without-graphics", by: .hostKernel,
            "DMAR: Disable GFX device mapping",
            releases: "Linux 4.2 to 7.1", .trouble,
            means: "intel_iommu=igfx_off: the IGD is not behind the IOMMU and has no group",
            sees: .refusesToStart,
            help: "take igfx_off from the host's kernel command line",
            source: "Linux 7.1 drivers/iommu/intel/iommu.c intel_iommu_setup"),
        LogMessage(
            "iommu-rmrr-refused", by: .hostKernel,
            "Device is ineligible for IOMMU domain attach due to platform RMRR requirement",
            releases: "Linux 3.17 to 6.7", .trouble,
            means: """
                the host's firmware keeps memory for this device that may not be mapped otherwise; graphics is \
                exempt since 5.3
                """,
            sees: .refusesToStart,
            help: "give the guest another device; an IGD needs Linux 5.3 on the host",
            source: "Linux 6.1 drivers/iommu/intel/iommu.c intel_iommu_attach_device"),
        LogMessage(
            "iommu-one-to-one", by: .hostKernel,
            "Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device",
            releases: "Linux 6.7 to 7.1", .trouble,
            means: """
                the host's firmware wants memory of this device mapped at its own address, which a guest cannot \
                have
                """,
            sees: .refusesToStart,
            help: "give the guest another device",
            source: "Linux 7.1 drivers/iommu/iommu.c iommu_group_claim_dma_owner"),
        LogMessage(
            "iommu-interrupts", by: .hostKernel,
            "No interrupt remapping support.  Use the module param \"allow_unsafe_interrupts\"",
            releases: "Linux 3.6 to 7.1", .trouble,
            means: "the host cannot remap interrupts, and vfio refuses to work without",
            sees: .refusesToStart,
            help: "turn VT-d and x2APIC on in the host's firmware; else vfio_iommu_type1.allow_unsafe_interrupts=1",
            source: "Linux 7.1 drivers/vfio/vfio_iommu_type1.c vfio_iommu_type1_attach_group"),
        LogMessage(
            "iommu-locked-memory", by: .hostKernel,
            "RLIMIT_MEMLOCK (\(number: "limit")) exceeded",
            releases: "Linux 3.6 to 7.1", .trouble,
            means: "QEMU may not lock so much memory as the guest has",
            sees: .refusesToStart,
            help: "raise the limit of locked memory: <memtune><hard_limit> in a domain, LimitMEMLOCK of a service",
            source: "Linux 7.1 drivers/vfio/vfio_iommu_type1.c vfio_lock_acct"),
    ]
}
