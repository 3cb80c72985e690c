package import BerthHost

/// What was read from a host, as far as it matters to an IGD. Nil: not in the dump.
package struct HostReport: Hashable, Sendable {
    /// How many functions the dump has.
    package let functions: Int
    package let igd: HostIGD?
    package let lpc: FunctionIdentity?
    package let hostBridge: FunctionIdentity?

    /// Address bits of the IOMMU.
    package let addressWidth: Int?

    package init(_ host: HostInventory) {
        functions = host.functions.count
        igd = host.igd
        lpc = host.lpc
        hostBridge = host.hostBridge
        addressWidth = host.addressWidth
    }
}
