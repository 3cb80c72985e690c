import BerthPCI

/// `ivshmem-plain`: BAR 2 is the memory backend, 64-bit and prefetchable, with real RAM behind it.
///
/// Source: hw/misc/ivshmem.c `ivshmem_common_realize` @ QEMU 7.2.
enum IVSHMEMPlain: DeviceBehaviour {
    static let models: Set<String> = ["ivshmem-plain"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard let backend = device.backend else {
            throw PropertyProblem(property: "memdev", message: "missing: the device needs a memory backend")
        }
        guard backend.size.isPowerOfTwo else {
            throw PropertyProblem(
                property: "memdev", message: "'\(backend.id)' has \(backend.size), which is not a power of two")
        }
        function.setBAR(.bar(2), .memory64(size: backend.size, prefetchable: true))
    }
}
