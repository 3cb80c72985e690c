/// A function that shows interrupts and never raises one: a driver finds what it asks for, and waits.
package protocol SilentInterrupts: FunctionBehaviour {
    /// INTA, as register 0x3d says.
    var hasPin: Bool { get }
    /// One message, as the capability says.
    var hasMSI: Bool { get }
}

extension FunctionRegisters {
    /// INTA.
    package mutating func setPin() { set(0x0100, at: 0x3c, writable: 0xff) }

    /// The only capability: one message of 32 bits, without masking. Source: PCI Local Bus 3.0, 6.8.1.
    package mutating func setMSI(at offset: Int) {
        set(0x0010_0000, at: 0x04, writable: Self.commandBits)
        set(UInt32(offset), at: 0x34, writable: 0)
        // Enable; a guest can ask for no more than one message.
        set(0x0000_0005, at: offset, writable: 0x0001_0000)
        set(0, at: offset + 4, writable: 0xffff_fffc)
        set(0, at: offset + 8, writable: 0xffff)
    }
}
