/// Something that happens to a running guest.
///
/// A device goes by its id, or by its place: `00:03.0`, `rp1:00.0`.
public enum GuestAction: Hashable, Sendable {
    /// All modules that match are loaded.
    case loadDrivers
    /// The driver lets go of the function.
    case unbindDriver(device: String)
    /// The function and everything behind it is forgotten (`remove` in sysfs).
    case remove(device: String)
    /// All buses are read again (`rescan` in sysfs).
    case rescan
    /// The device was not there when the guest started, and is plugged in now.
    case plug(device: String)
    /// A reset of one function (`reset` in sysfs, or a virtual machine monitor inside the guest).
    case reset(device: String)
    /// Suspend-to-idle: the machine keeps running.
    case suspendToIdle
    /// S3: QEMU resets every device, and firmware does not bring the BARs back.
    case suspendToRAM
    /// Whatever may sleep while the guest runs does (`power/control` is `auto` everywhere), and wakes up again.
    case runtimeSuspend
    /// A warm reset: every device loses its registers, and the firmware starts over.
    case reboot

    /// As `berth simulate --then` takes it.
    var text: String {
        switch self {
        case .loadDrivers: "load-drivers"
        case .unbindDriver(let device): "unbind=\(device)"
        case .remove(let device): "remove=\(device)"
        case .rescan: "rescan"
        case .plug(let device): "plug=\(device)"
        case .reset(let device): "reset=\(device)"
        case .suspendToIdle: "suspend"
        case .suspendToRAM: "suspend-to-ram"
        case .runtimeSuspend: "runtime-suspend"
        case .reboot: "reboot"
        }
    }
}
