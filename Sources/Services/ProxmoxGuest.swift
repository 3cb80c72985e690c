package import BerthDiagnostics
package import BerthHost
import BerthPCI
package import BerthProxmox
import BerthQEMU
package import BerthStack
package import BerthTopology

/// The guest of a Proxmox VM's file, as its next start makes it.
extension Services {
    /// Read, started as qemu-server would start it, and the command line read as QEMU reads it.
    ///
    /// `host` tells what an address without a function stands for, where it is known; `fileSize` looks at ROM files where the caller
    /// can. Findings are what qemu-server leaves out and what is assumed, the stack among it.
    /// Errors: what qemu-server or QEMU would refuse, in their words; a device that is not modelled.
    package static func guest(
        of document: VMDocument, stack given: StackChoice = StackChoice(), host: HostInventory? = nil,
        fileSize: @escaping (String) -> UInt64? = { _ in nil }
    ) throws(InputError) -> (topology: GuestTopology, findings: [Finding]) {
        let vm = VMConfiguration(document)
        let (choice, note) = vm.choice(given)
        let qemu = choice.answer(.init(machine: vm.pinnedRelease)).stack.qemu
        let (words, notes) = try VMArguments.commandLine(
            vm, qemu: qemu, hostFunctions: host?.functions.map(\.address) ?? [])
        // Whose name asks for KVM.
        let program = CommandWord("/usr/bin/kvm", at: SourceLocation(file: document.file))
        var (topology, warnings) = try CommandLineReader.read(
            [program] + words.map { CommandWord($0.text, at: $0.location) }, source: document.file, stack: choice,
            fileSize: fileSize)
        topology.name = vm.name
        // 'any' takes the largest that fits, which the host decides.
        topology.ram.hugePage = vm["hugepages"].flatMap { UInt64($0) }.map { .mib($0) }
        topology.guest = guestOS(of: vm) ?? .linux(topology.stack.linux)
        // Its own configuration files are no news where Proxmox starts the guest, and `ostype:` says what runs.
        warnings.removeAll { [.shippedConfiguration, .guestOS].contains($0.assumption) }
        return (topology, (note.map { [$0] } ?? []) + notes + warnings)
    }

    /// By `ostype:`; older Windows goes with the oldest that is modelled.
    private static func guestOS(of vm: VMConfiguration) -> GuestOS? {
        vm.windowsVersion == 0 ? nil : .windows(vm.windowsVersion >= 11 ? 11 : 10)
    }
}
