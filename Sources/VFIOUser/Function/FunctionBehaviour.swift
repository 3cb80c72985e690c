/// What a PCI function does behind a vfio-user socket: a carrier, or a stand-in for a device that is not there.
///
/// The server calls it from one thread, one call at a time, and stays within the sizes of its regions: no offset and no count needs a
/// check. Nothing in it may wait, for the guest's processor waits meanwhile.
public protocol FunctionBehaviour: Sendable {
    /// A new client has come, which is a new machine: everything is as after power-on. Whoever was there before has left.
    ///
    /// Errors: the client is refused with the errno of a failed call of the system, else with ENOMEM.
    mutating func attach() throws(FunctionError)
    /// The machine was reset.
    mutating func reset()
    /// The client has left.
    mutating func detach()
    /// The region as it is from ``attach()`` on. Configuration space has to be there, with 256 or 4096 bytes, trapped and writable.
    func region(_ index: FunctionRegion.Index) -> FunctionRegion
    /// A read of a trapped region. More bytes than asked for are dropped, missing ones are 0.
    mutating func read(_ index: FunctionRegion.Index, at offset: UInt64, count: Int) -> [UInt8]
    /// A write to a trapped region that is writable.
    mutating func write(_ bytes: [UInt8], to index: FunctionRegion.Index, at offset: UInt64)
}
