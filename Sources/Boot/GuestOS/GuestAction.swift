/// Something that happens to a running guest; functions are indices into `PCITree.functions`.
public enum GuestAction: Hashable, Sendable {
    /// All modules that match are loaded.
    case loadDrivers
    /// The driver lets go of the function.
    case unbindDriver(Int)
    /// The function and everything behind it is forgotten (`remove` in sysfs).
    case remove(Int)
    /// All buses are read again (`rescan` in sysfs, or a hot-plugged device).
    case rescan
    /// A reset of one function (`reset` in sysfs, or a virtual machine monitor inside the guest).
    case reset(Int)
    /// Suspend-to-idle: the machine keeps running.
    case suspendToIdle
    /// S3: QEMU resets every device, and firmware does not bring the BARs back.
    case suspendToRAM
}
