package import BerthPCI

/// One PCI function of the host, as far as a dump tells.
package struct HostFunction: Hashable, Sendable {
    package var address: PCIAddress
    /// The bytes that were dumped: none, 64, 256 or 4096 as a rule.
    package var configuration: ConfigurationSpace
    /// Nil if the dump names the function without numbers.
    package var identity: FunctionIdentity?
    /// The programming interface is 0 where the dump leaves it out, as `lspci -n` does.
    package var classCode: ClassCode?
    package var state = HostFunctionState()

    /// Identity and class are taken from the configuration space where it has them.
    package init(
        address: PCIAddress, configuration: ConfigurationSpace = ConfigurationSpace(bytes: []),
        identity: FunctionIdentity? = nil, classCode: ClassCode? = nil
    ) {
        self.address = address
        self.configuration = configuration
        self.identity = FunctionIdentity(configuration: configuration) ?? identity
        self.classCode = configuration.classCode ?? classCode
    }
}
