import BerthDiagnostics

/// Faults of the IOMMU, in the log of the host.
extension LogMessages {
    static let dmar: [LogMessage] = [
        LogMessage(
            "dmar-fault", by: .hostKernel,
            """
            [DMA \(text: "access")] Request device [\(function: "device")] fault addr \(dma: "address") \
            [fault reason \(word: "code")] \(text: "reason")
            """,
            releases: "Linux 4.4 to 7.1; NO_PASID and 0x since 5.13", .trouble,
            means: "the device sent an address to the IOMMU that nobody mapped for it",
            sees: .dmarFaults,
            help: """
                see whose address it is: that of the host's stolen memory means that the guest read it out of a \
                register nobody emulates, or, a few times at the start, that the host's last picture was still shown
                """,
            source: "Linux 7.1 drivers/iommu/intel/dmar.c dmar_fault_do_one"),
        LogMessage(
            "dmar-fault-pasid", by: .hostKernel,
            """
            [DMA \(word: "access")] Request device [\(function: "device")] PASID \(raw: "pasid") fault addr \
            \(dma: "address") [fault reason \(word: "code")] \(text: "reason")
            """,
            releases: "Linux 5.1 to 5.12", .trouble,
            means: "the device sent an address to the IOMMU that nobody mapped for it",
            sees: .dmarFaults,
            help: "see whose address it is",
            source: "Linux 5.10 drivers/iommu/intel/dmar.c dmar_fault_do_one"),
        LogMessage(
            "dmar-interrupt-fault", by: .hostKernel,
            "[INTR-REMAP] Request device [\(function: "device")] fault index \(raw: "index")",
            releases: "Linux 2.6 to 7.1", .doubtful,
            means: "an interrupt of the device has no entry in the table of the IOMMU",
            sees: .hostFreezes,
            help: "load vfio-pci before the host's driver takes the device",
            source: "Linux 7.1 drivers/iommu/intel/dmar.c dmar_fault_do_one"),
        LogMessage(
            "dmar-fault-status", by: .hostKernel,
            "DRHD: handling fault status reg \(raw: "status")",
            releases: "Linux 2.6 to 7.1", .doubtful,
            means: "the IOMMU has faults to tell, which are in the lines after it",
            source: "Linux 7.1 drivers/iommu/intel/dmar.c dmar_fault"),
        LogMessage(
            "dmar-stuck-queue", by: .hostKernel,
            "VT-d detected Invalidation \(text: "kind") Error: ",
            releases: "Linux 5.18 to 7.1", .trouble,
            means: "the IOMMU's own queue of commands stands still; the host is about to freeze",
            sees: .hostFreezes,
            help: "reboot the host; leave the device alone while it is in a low power state",
            source: "Linux 7.1 drivers/iommu/intel/dmar.c qi_dump_fault"),
    ]
}
