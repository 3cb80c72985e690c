import BerthQEMU
public import BerthTopology

/// Plans as arguments for QEMU: every device with id, bus and slot, so that nothing is left to QEMU.
///
/// Disks, networks and character back ends are placeholders that hold nothing.
public enum QEMUArguments {
    /// One word an argument, to start a process with; the program's name is not among them.
    ///
    /// Errors: what no QEMU can be told.
    public static func write(_ plan: EmittablePlan) throws(EmissionRefusal) -> [String] {
        try ArgumentWriter.write(plan.plan).flatMap(\.words)
    }

    /// The same of a guest that nobody planned: its IGD has the regions that QEMU and firmware give it.
    ///
    /// Errors: what no QEMU can be told.
    public static func write(asItIs guest: Guest) throws(EmissionRefusal) -> [String] {
        try ArgumentWriter.write(asItIs: guest.topology).flatMap(\.words)
    }

    /// The command line as a POSIX shell reads it, an option a line.
    ///
    /// Errors: what no QEMU can be told.
    public static func commandLine(
        _ plan: EmittablePlan, program: String = "qemu-system-x86_64"
    ) throws(EmissionRefusal) -> String {
        ArgumentWriter.text(try ArgumentWriter.write(plan.plan), program: program)
    }
}
