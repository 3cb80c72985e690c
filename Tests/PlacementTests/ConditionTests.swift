import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology
import Testing

/// QEMU's six conditions, by who depends on them (docs/igd-assign.txt).
struct ConditionTests {
    enum Consumer: String, CaseIterable, Sendable { case linux, windows, videoBIOS, gop }

    /// A guest in which one consumer has everything it needs and no other is there.
    private func guest(_ consumer: Consumer) -> GuestTopology {
        switch consumer {
        case .linux, .windows:
            Guests.q35 {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = consumer == .linux ? .linux(.init(6, 1)) : .windows(11)
            }
        case .videoBIOS:
            Guests.classic {
                $0.guest = .firmwareOnly
                $0.igd?.set("x-igd-gms", .number(2))
            }
        case .gop:
            Guests.classic {
                $0.qemu = QEMURelease(10, 1)
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .firmwareOnly
                $0.igd?.rom = .file(path: "/igd.rom", contents: .vfioIgdPkg)
                $0.igd?.set("x-igd-legacy-mode", .text("off"))
                $0.igd?.set("x-igd-lpc", .bool(true))
                $0.igd?.set("x-igd-gms", .number(2))
            }
        }
    }

    /// Condition, its rules, how it is broken, and who is hurt.
    static let conditions: [(Int, Set<RuleID>, @Sendable (inout GuestTopology) -> Void, Set<Consumer>)] = [
        (
            1,
            ["linux-without-opregion", "windows-without-opregion", "option-rom-without-opregion"],
            { $0.igd?.set("x-igd-opregion", .bool(false)) }, [.linux, .windows, .gop]
        ),
        (
            2, ["lpc-identity-differs"],
            {
                $0.igd?.set("x-igd-lpc", .bool(false))
                $0.igd?.set("x-igd-legacy-mode", .text("off"))
                if $0.firmware.kind == .seabios { $0.qemu = QEMURelease(10, 1) }
            }, [.videoBIOS, .gop]
        ),
        (3, ["not-at-slot-2"], { $0.moveIGD(to: 5) }, [.videoBIOS, .gop]),
        (4, ["not-a-vga-device"], { $0.igd?.classCode = .otherDisplay }, [.videoBIOS, .gop]),
        (5, ["vga-ranges-not-mapped"], { $0.igd?.graphicsControl = 0x02c3 }, [.videoBIOS]),
        (6, ["no-option-rom", "ovmf-without-driver"], { $0.igd?.rom = .none }, [.videoBIOS, .gop]),
    ]

    @Test(arguments: 0..<6)
    func `a broken condition hurts those who depend on it`(index: Int) {
        let (number, rules, change, hurt) = Self.conditions[index]
        for consumer in Consumer.allCases {
            var guest = guest(consumer)
            if number == 6, consumer == .linux || consumer == .windows { continue }
            change(&guest)
            let found = Problems.find(in: guest).filter { rules.contains($0.fact.rule) }
            #expect(found.isEmpty == !hurt.contains(consumer), "condition \(number), \(consumer)")
        }
    }

    @Test func `with all conditions met ROMs show a picture`() {
        for consumer in [Consumer.videoBIOS, .gop] {
            let found = Problems.find(in: guest(consumer)).filter { $0.fact.rule != "address-above-iommu" }
            #expect(found.map(\.fact.description) == [], "\(consumer)")
        }
    }

    /// In legacy mode QEMU offers the OpRegion whatever the property says; outside of it the video BIOS has none.
    @Test func `a video BIOS without OpRegion shows nothing`() {
        var guest = guest(.videoBIOS)
        guest.qemu = QEMURelease(10, 1)
        guest.igd?.set("x-igd-legacy-mode", .text("off"))
        guest.igd?.set("x-igd-opregion", .bool(false))
        #expect(
            Problems.find(in: guest).contains { $0.fact.rule == "option-rom-without-opregion" && $0.level == .fails })
    }
}
