import BerthInstalled
import BerthStack
import Foundation
import Testing

/// The stack of a machine, from its database and its programs.
struct ThisMachineTests {
    private static func installed(_ versions: [String: String], _ answers: ProgramAnswers = .init()) -> (
        Stack, [String]
    )? {
        InstalledReleases(PackageDatabase(versions.mapValues(PackageVersion.init)), answers: answers).stack()
            .map { ($0.stack, $0.notes) }
    }

    @Test func `Debian 12 is debian-12`() throws {
        let (stack, notes) = try #require(
            Self.installed([
                "qemu-system-x86": "1:7.2+dfsg-7+deb12u18+b3", "seabios": "1.16.2-1", "ovmf": "2022.11-6+deb12u2",
                "libvirt0": "9.0.0-4+deb12u2",
            ]))
        #expect(stack == Stack.named("debian-12"))
        #expect(notes.isEmpty)
    }

    @Test func `what is not installed comes from the nearest stack, SeaBIOS from QEMU`() throws {
        let (stack, _) = try #require(Self.installed([:], ProgramAnswers(qemu: QEMURelease(10, 1))))
        let near = Stack.nearest(to: QEMURelease(10, 1), machines: .upstream)
        #expect(stack.qemu == QEMURelease(10, 1))
        #expect(stack.seabios == SeaBIOSRelease(1, 17, 0))
        #expect(stack.ovmf == near.ovmf && stack.libvirt == near.libvirt && stack.name == near.name)
    }

    @Test func `a program goes before a package`() throws {
        let (stack, _) = try #require(
            Self.installed(["qemu-system-x86": "1:7.2"], ProgramAnswers(qemu: QEMURelease(11, 1))))
        #expect(stack.qemu == QEMURelease(11, 1))
    }

    @Test(arguments: [
        (["pve-qemu-kvm": "9.2.0-7"], MachineVendor.proxmox), (["qemu-system-x86": "1:8.2.2+ds-0ubuntu1"], .ubuntu),
        (["qemu-kvm-core": "10.1.0-17.el9_8"], .redHat), (["qemu-system-x86": "1:10.0.13+ds-0"], .upstream),
    ])
    func `the package says whose machine types there are`(versions: [String: String], vendor: MachineVendor) throws {
        let (stack, _) = try #require(Self.installed(versions))
        #expect(stack.machines == vendor)
        #expect(Stack.named(stack.name)?.machines == vendor)
    }

    @Test func `a release that is not known is taken for the nearest, and said`() throws {
        let (stack, notes) = try #require(
            Self.installed(["qemu-system-x86": "1:12.0.0-1", "seabios": "1.16.0-4", "ovmf": "2022.11-6"]))
        #expect(stack.qemu == QEMURelease.known.last)
        #expect(stack.seabios == SeaBIOSRelease(1, 15, 0))
        #expect(
            notes == [
                "QEMU 12.0 is installed and not known here; taken for 11.1",
                "SeaBIOS 1.16.0 is installed and not known here; taken for 1.15.0",
            ])
    }

    @Test func `without a QEMU there is no stack`() {
        #expect(Self.installed(["libvirt0": "9.0.0-4"]) == nil)
    }

    @Test func `the newest measured stack stands in`() {
        #expect(Stack.newestMeasured == Stack.named("debian-unstable"))
    }

    /// A folder of programs, and nothing else of a machine.
    private static func machine(
        _ programs: [String: String], patience: Duration = .seconds(60)
    ) async throws -> (stack: Stack?, notes: [String]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, script) in programs {
            let file = folder.appendingPathComponent(name)
            try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        var (stack, notes) = await ThisMachine(path: [folder.path], root: folder.path, patience: patience).stack()
        notes = notes.map { $0.replacingOccurrences(of: folder.path, with: "") }
        return (stack, notes)
    }

    @Test func `programs that no package has are asked`() async throws {
        let (stack, notes) = try await Self.machine([
            "qemu-system-x86_64": "echo 'QEMU emulator version 10.0.2 (self-built)'", "virsh": "echo 11.3.0",
        ])
        #expect(stack?.qemu == QEMURelease(10, 0))
        #expect(stack?.libvirt == LibvirtRelease(11, 3))
        #expect(notes.isEmpty)
    }

    @Test func `a QEMU that is none is a note`() async throws {
        let (stack, notes) = try await Self.machine(["qemu-system-x86_64": "echo bash"])
        #expect(stack == nil)
        #expect(notes == ["'/qemu-system-x86_64' names no release; it is left out"])
    }

    @Test func `a QEMU that hangs, or prints without end, is a note, and the rest goes on`() async throws {
        let (stack, notes) = try await Self.machine(
            ["qemu-system-x86_64": "exec sleep 600", "virsh": "exec sleep 600"], patience: .milliseconds(100))
        #expect(stack == nil)
        #expect(
            notes == [
                "'/qemu-system-x86_64' does not answer; it is left out", "'/virsh' does not answer; it is left out",
            ])
        let endless = try await Self.machine(["qemu-system-x86_64": "exec yes"])
        #expect(endless.notes.count == 1)
    }

    @Test func `an empty machine has no stack, and no notes`() async throws {
        let (stack, notes) = try await Self.machine([:])
        #expect(stack == nil && notes.isEmpty)
    }
}
