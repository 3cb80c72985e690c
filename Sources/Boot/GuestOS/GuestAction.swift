/// Something that happens to a running guest; functions are indices into `PCITree.functions`.
package enum GuestAction: Hashable, Sendable {
    /// All modules that match are loaded.
    case loadDrivers
    /// The driver lets go of the function.
    case unbindDriver(Int)
    /// The function and everything behind it is forgotten (`remove` in sysfs).
    case remove(Int)
    /// All buses are read again (`rescan` in sysfs).
    case rescan
    /// The function was not there when the guest started, and is plugged in now.
    case plug(Int)
    /// A reset of one function (`reset` in sysfs, or a virtual machine monitor inside the guest).
    case reset(Int)
    /// Suspend-to-idle: the machine keeps running.
    case suspendToIdle
    /// S3: QEMU resets every device, and firmware does not bring the BARs back.
    case suspendToRAM
    /// Whatever may sleep while the guest runs does (`power/control` is `auto` everywhere), and wakes up again.
    case runtimeSuspend
    /// A warm reset: every device loses its registers, and the firmware starts over.
    case reboot

    /// The functions that are not there at first.
    static func absent(before actions: [GuestAction]) -> Set<Int> {
        Set(actions.compactMap { if case .plug(let index) = $0 { index } else { nil } })
    }
}
