import BerthInstalled
import BerthStack
import Testing

/// What package databases say, and which release a package is.
struct PackageTests {
    @Test(arguments: [
        ("1:7.2+dfsg-7+deb12u18+b3", QEMURelease(7, 2)), ("1:10.0.13+ds-0+deb13u1", .init(10, 0)),
        ("9.2.0-7", .init(9, 2)), ("10.1.0-17.el9_8", .init(10, 1)), ("1:8.2.2+ds-0ubuntu1.10", .init(8, 2)),
    ])
    func `a package of QEMU`(text: String, release: QEMURelease) {
        #expect(PackageVersion(text).qemu == release)
    }

    @Test(arguments: [
        ("2022.11-6+deb12u2", OVMFRelease(2022, 11)), ("4.2025.02-4", .init(2025, 2)), ("202508-1", .init(2025, 8)),
        ("20260812-8.fc44", .init(2026, 8)), ("20241117-8.el9", .init(2024, 11)),
    ])
    func `a package of OVMF, by tag, by day, behind another number`(text: String, release: OVMFRelease) {
        #expect(OVMFRelease(package: PackageVersion(text)) == release)
    }

    @Test(arguments: ["", "git", "1", "0~20160408.ffea0a2c-2", "2025.13-1", "99999999999999999999.1"])
    func `what is no release is none`(text: String) {
        let version = PackageVersion(text)
        #expect(OVMFRelease(package: version) == nil && SeaBIOSRelease(package: version) == nil)
    }

    private static let status = """
        Package: libvirt0
        Status: install ok installed
        Version: 9.0.0-4+deb12u2

        Package: ovmf
        Status: deinstall ok config-files
        Version: 2022.11-6

        Package: qemu-system-x86
        Status: install ok installed
        Architecture: amd64
        Description: emulator
         Version: of the description
        Version: 1:7.2+dfsg-7+deb12u18

        Package: seabios-not-this
        Status: install ok installed
        Version: 9.9.9

        """

    private static func read(_ text: String) -> PackageDatabase {
        Array(text.utf8).withUnsafeBytes { PackageDatabase(dpkgStatus: $0) }
    }

    @Test func `dpkg's database has what is installed, and not what was removed`() {
        let database = Self.read(Self.status)
        #expect(
            database.versions == [
                "libvirt0": PackageVersion("9.0.0-4+deb12u2"),
                "qemu-system-x86": PackageVersion("1:7.2+dfsg-7+deb12u18"),
            ])
        for end in 0..<Self.status.utf8.count {
            #expect(Self.read(String(decoding: Self.status.utf8.prefix(end), as: UTF8.self)).versions.count <= 2)
        }
    }

    @Test func `pacman's has a folder a package, and rpm answers in lines`() {
        let pacman = PackageDatabase(pacmanFolders: [
            "seabios-1.17.0-1", "edk2-ovmf-202508-1", "qemu-system-x86-core-10.1.0-2", "bash-5.2-1", "odd", "a-b",
        ])
        #expect(pacman.version(of: .firmware(.ovmf)).flatMap(OVMFRelease.init(package:)) == OVMFRelease(2025, 8))
        #expect(
            pacman.version(of: .firmware(.seabios)).flatMap(SeaBIOSRelease.init(package:)) == SeaBIOSRelease(1, 17, 0))
        #expect(pacman.version(of: .qemu)?.qemu == QEMURelease(10, 1))
        #expect(pacman.versions.count == 3)
        let rpm = PackageDatabase(
            rpmAnswer: "qemu-kvm-core 10.1.0-17.el9_8\npackage seabios is not installed\nedk2-ovmf 20241117-8.el9\n")
        #expect(rpm.version(of: .qemu)?.qemu == QEMURelease(10, 1))
        #expect(rpm.version(of: .firmware(.seabios)) == nil)
        #expect(rpm.version(of: .firmware(.ovmf)).flatMap(OVMFRelease.init(package:)) == OVMFRelease(2024, 11))
    }

    @Test func `programs say what they are`() {
        #expect(ProgramAnswers.qemu("QEMU emulator version 7.2.22 (Debian 1:7.2)\nCopyright") == QEMURelease(7, 2))
        #expect(ProgramAnswers.qemu("QEMU emulator version 10.1.50 (v10.1.0-1)") == QEMURelease(10, 1))
        #expect(ProgramAnswers.qemu("GNU bash 5.2") == nil)
        #expect(ProgramAnswers.libvirt("11.3.0\n") == LibvirtRelease(11, 3))
        #expect(ProgramAnswers.libvirt("error: 9.0.0") == nil)
    }
}
