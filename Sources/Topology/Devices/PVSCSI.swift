import BerthPCI

/// `pvscsi`: old machines have another identity of the board.
///
/// Source: hw/scsi/vmw_pvscsi.c `pvscsi_realizefn` @ QEMU 7.2.
enum PVSCSI: DeviceBehaviour {
    static let models: Set<String> = ["pvscsi"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard try device.bool("x-old-pci-configuration") == true else { return }
        function.revision = 0
        function.subsystem = .init(vendor: 0, device: 0x1000)
    }
}
