package import BerthStack
import Foundation

/// Whose verdict live tests ask for: this machine's libvirt, which is taken for Debian 12's, or with `BERTH_LIVE_STACK` that of
/// another stack, in the Debian under `BERTH_LIVE_ROOT`. That needs root, for chroot.
package struct LiveLibvirt: Sendable {
    package var stack: Stack
    /// Nil for this machine.
    package var root: String?

    package static let current = LiveLibvirt(ProcessInfo.processInfo.environment)

    private init(_ environment: [String: String]) {
        stack = Stack.standard
        guard let name = environment["BERTH_LIVE_STACK"], let other = Stack.named(name),
            let root = environment["BERTH_LIVE_ROOT"], !root.isEmpty
        else { return }
        stack = other
        self.root = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    }

    /// A root without /sys has no nodes.
    package var numaNodes: Set<Int> {
        FileManager.default.fileExists(atPath: (root ?? "") + "/sys/devices/system/node/node0") ? [0] : []
    }

    package var schemaPath: String { (root ?? "") + "/usr/share/libvirt/schemas/domain.rng" }
}
