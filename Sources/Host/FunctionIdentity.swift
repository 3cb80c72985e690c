package import BerthPCI

/// What a PCI function says it is. A guest's LPC bridge and host bridge are given these numbers.
package struct FunctionIdentity: Hashable, Sendable {
    package var vendor: UInt16
    package var device: UInt16
    package var revision: UInt8?
    /// Nil where the dump does not say, and for bridges, which have none in this place.
    package var subsystemVendor: UInt16?
    package var subsystem: UInt16?

    package init(
        vendor: UInt16, device: UInt16, revision: UInt8? = nil, subsystemVendor: UInt16? = nil,
        subsystem: UInt16? = nil
    ) {
        self.vendor = vendor
        self.device = device
        self.revision = revision
        self.subsystemVendor = subsystemVendor
        self.subsystem = subsystem
    }

    /// Nil if the ids are not known, or all ones: what a sleeping or missing device answers.
    package init?(configuration: ConfigurationSpace) {
        guard let vendor = configuration.vendor, vendor != 0xffff, let device = configuration.device else {
            return nil
        }
        self.init(
            vendor: vendor, device: device, revision: configuration.revision,
            subsystemVendor: configuration.subsystemVendor, subsystem: configuration.subsystem)
    }
}
