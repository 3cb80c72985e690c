import BerthPCI
package import BerthTopology

extension GuestTopology {
    /// The guest with a stand-in for the IGD: a test device with a 256 MiB BAR at the same place, for
    /// machines that have no IGD. What QEMU makes beside a real one is gone with it.
    package func withStandIn() -> GuestTopology {
        guard let igd else { return self }
        var copy = self
        copy.igd = nil
        let standIn = Device(
            id: igd.id, model: "pci-testdev", at: igd.slot, properties: [Property("membar", .text("256M"))])
        copy.devices.insert(standIn, at: 0)
        return copy
    }
}
