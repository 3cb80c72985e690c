extension Stack {
    /// What is taken where nothing is said.
    package static let standard = debian12

    private static let debian12 = Stack(
        "debian-12", qemu: .init(7, 2), seabios: .init(1, 16, 2), ovmf: .init(2022, 11), linux: .init(6, 1),
        libvirt: .init(9, 0))

    /// The stacks that have a name, in the order of lists.
    package static let named: [Stack] = [
        debian12,
        Stack(
            "debian-13", qemu: .init(10, 0), seabios: .init(1, 16, 3), ovmf: .init(2025, 2),
            linux: .init(6, 12, 117), libvirt: .init(11, 3)),
        Stack(
            "debian-unstable", qemu: .init(11, 1), seabios: .init(1, 17, 0), ovmf: .init(2026, 8),
            linux: .init(7, 2, 13), libvirt: .init(12, 8)),
    ]

    /// The stack of a name. Nil for another name.
    package static func named(_ name: String) -> Stack? { named.first { $0.name == name } }
}
