import BerthBundled
import BerthDiagnostics
import BerthLibvirtEditing
import BerthPCI
import BerthQEMU
import BerthStack
import BerthTopology
import TestSupport
import Testing

/// libvirt's own command line, read back.
@Suite struct CommandLineRoundTripTests {
    @Test(arguments: BundledTopologies.names)
    func `what libvirt makes of our XML reads as the guest we had`(name: String) async throws {
        let guest = try #require(try BundledTopologies.topology(named: name))
        let verdict = try await RealLibvirt.shared.verdict(on: DomainWriter.write(asItIs: guest, accelerator: .qemu))
        var (read, _) = try CommandLineReader.read(verdict.commandLine, source: "argv")
        #expect(read.machine.type == guest.machine.type)
        #expect(read.ram.size == guest.ram.size)
        #expect(read.firmware.kind == guest.firmware.kind)
        #expect(read.igd?.slot == guest.igd?.slot)
        // Identity and release of QEMU are not part of a command line.
        read.igd = guest.igd
        read.qemu = guest.qemu
        // domxml-to-native drops the addresses of network cards, so they are left out of what it is given.
        let describe = { (tree: PCITree) in
            tree.functions.filter { $0.classCode.base != 2 }.map { function in
                "\(function.device) \(function.devfn) \(function.bars.map(\.kind))"
            }.sorted()
        }
        // libvirt names the version of the machine that its QEMU has, which decides how some models look.
        var named = guest
        named.machine = read.machine
        #expect(describe(try read.resolved()) == describe(try named.resolved()))
    }
}
