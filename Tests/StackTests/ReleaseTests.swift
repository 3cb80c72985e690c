import BerthStack
import Testing

/// Releases as people write them, read, ordered and refused.
struct ReleaseTests {
    @Test(arguments: [
        ("7.2", 7, 2, "7.2"), ("7.2.22", 7, 2, "7.2"), ("10.1", 10, 1, "10.1"), ("2.12.0", 2, 12, "2.12"),
    ])
    func `QEMU releases`(text: String, major: Int, minor: Int, shown: String) {
        #expect(QEMURelease(text) == QEMURelease(major, minor))
        #expect(QEMURelease(major, minor).description == shown)
    }

    @Test(arguments: ["", "7", "7.", ".2", "7.2.1.0", "7.2-rc1", "1000.1", "-7.2", "7.٢", " 7.2", "2.6", "7.3", "11.2"])
    func `other texts are no QEMU release`(text: String) {
        #expect(QEMURelease(text) == nil)
    }

    @Test(arguments: [
        ("1.15.0", SeaBIOSRelease(1, 15, 0)), ("1.16.2", SeaBIOSRelease(1, 16, 2)),
        ("1.16.3", SeaBIOSRelease(1, 16, 3)),
        ("1.17.0", SeaBIOSRelease(1, 17, 0)),
    ])
    func `SeaBIOS releases`(text: String, release: SeaBIOSRelease) {
        #expect(SeaBIOSRelease(text) == release)
        #expect(release.description == text)
    }

    @Test(arguments: ["", "1.16", "1.16.2.0", "1.18.0", "rel-1.16.2", "banana"])
    func `other texts are no SeaBIOS release`(text: String) {
        #expect(SeaBIOSRelease(text) == nil)
    }

    @Test func `every stable tag of EDK2 from 2022 11 to 2026 08 can be chosen`() {
        #expect(
            OVMFRelease.known.map(\.description) == [
                "2022.02", "2022.11", "2023.02", "2023.05", "2023.08", "2023.11", "2024.02", "2024.05", "2024.08",
                "2024.11",
                "2025.02", "2025.05", "2025.08", "2025.11", "2026.02", "2026.05", "2026.08",
            ])
    }

    @Test(arguments: ["", "2022", "2022.1", "2022.05", "2022.12", "2022.13", "202211", "22.11", "2022.11.1", "banana"])
    func `other texts are no OVMF release`(text: String) {
        #expect(OVMFRelease(text) == nil)
    }

    @Test(arguments: [
        ("6.1", LinuxRelease(6, 1), "6.1"), ("6.1.0", LinuxRelease(6, 1), "6.1"), ("4.6", LinuxRelease(4, 6), "4.6"),
        ("6.12.117", LinuxRelease(6, 12, 117), "6.12.117"),
        ("6.8+batched-sizing", LinuxRelease(6, 8, hasBatchedSizing: true), "6.8+batched-sizing"),
    ])
    func `Linux releases`(text: String, release: LinuxRelease, shown: String) {
        #expect(LinuxRelease(text) == release)
        #expect(release.description == shown)
    }

    /// The first that has each change, and the last stable one before it.
    @Test func `what Linux changed in sizing windows, and when`() throws {
        let changes: [(String, String, KeyPath<LinuxRelease, Bool>)] = [
            ("6.13", "6.14", \.batchesSizing), ("6.10", "6.11", \.relaxesWindowTails),
            ("6.14", "6.15", \.hasOptionalResources),
            ("6.17", "6.18", \.selectsWindows), ("6.18.13", "6.18.14", \.sizesWindowsExactly),
            ("6.19.3", "6.19.4", \.sizesWindowsExactly), ("6.19.99", "7.0", \.hasOptionalWindows),
            ("6.18.32", "6.18.33", \.keepsAdditionsElsewhere), ("7.0.9", "7.0.10", \.keepsAdditionsElsewhere),
            ("6.18.99", "7.0.10", \.keepsRequiredSize), ("7.0.9", "7.0.10", \.keepsRequiredSize),
            ("7.0.99", "7.1", \.fillsHeadOfWindows),
        ]
        for (before, after, change) in changes {
            #expect(try #require(LinuxRelease(before))[keyPath: change] == false, "\(before) \(change)")
            #expect(try #require(LinuxRelease(after))[keyPath: change], "\(after) \(change)")
        }
    }

    @Test(arguments: ["6.11", "6.11.11", "6.12", "6.12.22", "6.13.10", "6.14.1"])
    func `a mistake of 6_11 was taken out of stable releases`(release: String) throws {
        #expect(try #require(LinuxRelease(release)).losesAddedAlignment)
        for later in ["6.10", "6.12.23", "6.12.117", "6.13.11", "6.14.2", "6.15"] {
            #expect(try !#require(LinuxRelease(later)).losesAddedAlignment)
        }
    }

    @Test(arguments: ["", "6", "six", "4.5", "5.20", "7.3", "6.1+batched", "6.1-rc1", "2.6.12"])
    func `other texts are no Linux release`(text: String) {
        #expect(LinuxRelease(text) == nil)
    }

    @Test(arguments: [("9.0", 9, 0, "9.0.0"), ("9.0.0", 9, 0, "9.0.0"), ("12.8.0", 12, 8, "12.8.0")])
    func `libvirt releases`(text: String, major: Int, minor: Int, shown: String) {
        #expect(LibvirtRelease(text) == LibvirtRelease(major, minor))
        #expect(LibvirtRelease(major, minor).description == shown)
    }

    @Test(arguments: ["", "9", "9.11", "12.9", "banana"])
    func `other texts are no libvirt release`(text: String) {
        #expect(LibvirtRelease(text) == nil)
    }

    @Test func `releases have an order`() {
        #expect(QEMURelease(9, 2) < QEMURelease(10, 0))
        #expect(QEMURelease(7, 2) < QEMURelease(7, 10))
        #expect(SeaBIOSRelease(1, 16, 3) < SeaBIOSRelease(1, 17, 0))
        #expect(OVMFRelease(2024, 11) < OVMFRelease(2025, 2))
        #expect(LinuxRelease(6, 1) < LinuxRelease(6, 1, 5))
        #expect(LinuxRelease(6, 1) < LinuxRelease(6, 1, hasBatchedSizing: true))
        for known in [QEMURelease.known.map(\.numbers), OVMFRelease.known.map(\.numbers)] {
            #expect(zip(known, known.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        }
    }

    @Test(arguments: [
        ("7.3", "'7.3' is no release of QEMU that is known; near are 7.2 and 8.0"),
        ("12.0", "'12.0' is no release of QEMU that is known; near is 11.1"),
        ("2.6", "'2.6' is no release of QEMU that is known; near is 2.7"),
        ("banana", "'banana' is no release of QEMU that is known; known are 2.7 to 11.1"),
    ])
    func `an unknown release is refused with the near ones`(text: String, message: String) {
        let error = #expect(throws: UnknownName.self) { try QEMURelease.parse(text) }
        #expect(error?.description == message)
    }

    @Test(
        arguments: [
            ("2.6", nil), ("2.7", QEMUEra.v2_7), ("9.1", .v2_7), ("9.2", .v9_2), ("10.0", .v10_0), ("10.1", .v10_1),
            ("11.0", .v10_1),
        ] as [(String, QEMUEra?)])
    func `eras of the IGD code`(version: String, era: QEMUEra?) {
        #expect(QEMURelease(grammar: version)?.igdEra == era)
    }

    @Test(arguments: [
        ("7.2", QEMURelease(7, 2)), ("4.0.1", QEMURelease(4, 0)), ("1.4", QEMURelease(1, 4)),
        ("9.2+pve1", QEMURelease(9, 2)), ("rhel7.6.0", QEMURelease(2, 12)), ("rhel9.4.0", QEMURelease(8, 2)),
        ("noble", QEMURelease(8, 2)), ("noble-v2", QEMURelease(8, 2)), ("jammy-hpb", QEMURelease(6, 2)),
    ])
    func `machine types of distributions are machines of a QEMU release`(text: String, release: QEMURelease) throws {
        let machine = try #require(MachineRelease(text))
        #expect(machine.qemu == release)
        #expect(machine.description == text)
    }

    @Test(arguments: ["", "12.0", "9.2+pve", "9.2+", "+pve1", "rhel9.5.0", "noble-", "noble-v3", "warty"])
    func `other machine types are nobody's`(text: String) {
        #expect(MachineRelease(text) == nil)
    }
}
