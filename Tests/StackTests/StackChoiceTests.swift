import BerthStack
import Testing

/// Which stack counts: the user's, the input's, or what is assumed; and what a machine type says of QEMU.
struct StackChoiceTests {
    private static let old = Stack.standard
    private static let new = Stack.named("debian-13") ?? .standard
    private static let newest = Stack.named("debian-unstable") ?? .standard

    @Test func `the user's stack goes before the input's, and that before the assumed one`() {
        #expect(StackChoice().answer(.init()).stack == Self.old)
        #expect(StackChoice(fallback: Self.new).answer(.init()).stack == Self.new)
        #expect(StackChoice(fallback: Self.new).answer(.init(stack: Self.newest)).stack == Self.newest)
        #expect(StackChoice(named: Self.new).answer(.init(stack: Self.newest)).stack == Self.new)
    }

    @Test func `a QEMU release replaces one part`() {
        var expected = Self.new
        expected.qemu = QEMURelease(10, 2)
        #expect(StackChoice(named: Self.new, qemu: QEMURelease(10, 2)).answer(.init()).stack == expected)
        #expect(StackChoice().answer(.init(stack: Self.new, qemu: QEMURelease(10, 2))).stack == expected)
        // The stack that the user names counts more than a release that the input names.
        #expect(StackChoice(named: Self.new).answer(.init(qemu: QEMURelease(9, 2))).stack == Self.new)
        #expect(
            StackChoice(qemu: QEMURelease(10, 2)).answer(.init(stack: Self.new, qemu: QEMURelease(9, 2))).stack
                == expected)
    }

    @Test(arguments: [
        ("10.1", "debian-12", SeaBIOSRelease(1, 17, 0)), ("9.2+pve1", "proxmox-8", .init(1, 16, 3)),
        ("rhel9.4.0", "rhel-9", .init(1, 16, 3)), ("noble", "ubuntu-24.04", .init(1, 16, 3)),
    ])
    func `a machine type of a later QEMU raises the release where nobody names one`(
        text: String, name: String, seabios: SeaBIOSRelease
    ) throws {
        let machine = try #require(MachineRelease(text))
        let answer = StackChoice().answer(.init(machine: machine))
        #expect(answer.machine == .raised(from: QEMURelease(7, 2)))
        #expect(answer.stack.qemu == machine.qemu)
        #expect(answer.stack.seabios == seabios)
        #expect(answer.stack.name == name)
    }

    @Test func `a machine type of another vendor leads to that vendor's stack, older or not`() throws {
        let machine = try #require(MachineRelease("9.2+pve1"))
        let answer = StackChoice(fallback: Self.newest).answer(.init(machine: machine))
        #expect(answer.stack == Stack.named("proxmox-8"))
        #expect(answer.machine == .raised(from: QEMURelease(11, 1)))
        #expect(StackChoice(named: Self.newest).answer(.init(machine: machine)).stack == Self.newest)
    }

    @Test func `SeaBIOS follows a QEMU that is named without a stack`() {
        #expect(StackChoice(qemu: QEMURelease(8, 2)).answer(.init()).stack.seabios == SeaBIOSRelease(1, 16, 3))
        #expect(StackChoice().answer(.init(qemu: QEMURelease(10, 1))).stack.seabios == SeaBIOSRelease(1, 17, 0))
        #expect(StackChoice(qemu: QEMURelease(7, 2)).answer(.init()).stack == Self.old)
    }

    @Test func `a machine type does not raise a release that was named`() throws {
        let machine = try #require(MachineRelease("10.1"))
        for answer in [
            StackChoice(named: Self.old).answer(.init(machine: machine)),
            StackChoice(qemu: QEMURelease(7, 2)).answer(.init(machine: machine)),
            StackChoice().answer(.init(stack: Self.old, machine: machine)),
            StackChoice().answer(.init(qemu: QEMURelease(7, 2), machine: machine)),
        ] {
            #expect(answer.machine == .tooNew)
            #expect(answer.stack.qemu == QEMURelease(7, 2))
        }
    }

    @Test func `an older machine type changes nothing`() throws {
        let machine = try #require(MachineRelease("6.2"))
        #expect(StackChoice().answer(.init(machine: machine)) == StackChoice().answer(.init()))
    }

    @Test func `an unknown stack is refused with the near ones`() {
        let error = #expect(throws: UnknownName.self) { try Stack.parse("debian-14") }
        #expect(error?.near == ["debian-12"])
        #expect(
            error?.description.hasPrefix("'debian-14' is not one of debian-12, debian-13, debian-unstable, ") == true)
    }

    @Test(arguments: [
        (MachineVendor.upstream, MachineVendor.upstream, true), (.upstream, .ubuntu, false), (.ubuntu, .upstream, true),
        (.ubuntu, .ubuntu, true), (.proxmox, .upstream, true), (.redHat, .upstream, false), (.redHat, .redHat, true),
    ])
    func `whose QEMU has whose machine types`(vendor: MachineVendor, other: MachineVendor, has: Bool) {
        #expect(vendor.has(other) == has)
    }
}

/// What a kind of firmware is to others.
struct FirmwareKindTests {
    @Test(arguments: [
        ("/usr/share/OVMF/OVMF_CODE_4M.fd", FirmwareKind.ovmf), ("/usr/share/edk2/x64/OVMF_CODE.4m.fd", .ovmf),
        ("edk2-x86_64-code.fd", .ovmf), ("/usr/share/seabios/bios.bin", nil), ("", nil),
    ])
    func `an image names its kind`(path: String, kind: FirmwareKind?) {
        #expect(FirmwareKind.ofImage(path) == kind)
    }

    @Test func `traits`() {
        #expect(FirmwareKind.allCases.map(\.title) == ["SeaBIOS", "OVMF"])
        #expect(FirmwareKind.allCases.map(\.isUEFI) == [false, true])
        #expect(FirmwareKind.allCases.map(\.readsIGDFiles) == [true, false])
        #expect(FirmwareKind.seabios.others == [.ovmf])
        #expect(FirmwareKind.standard.traits.flash == nil)
    }
}
