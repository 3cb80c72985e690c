import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import Testing

/// Dumps of machines whose users do not speak English, and dumps that were cut.
struct OtherLocaleTests {
    private static func read(_ name: String, _ text: String) throws -> HostInventory {
        try HostReader.read(files: [(name, Array(text.utf8))])
    }

    @Test(arguments: [
        "Architektur:             x86_64\nAdressgrößen:            39 bits physical, 48 bits virtual\nAnbieterkennung:         GenuineIntel\n",
        "Architecture :                           x86_64\nTailles des adresses:                    39 bits physical, 48 bits virtual\n",
        "架构：                   x86_64\nAddress sizes:                        39 bits physical, 48 bits virtual\n",
    ])
    func `lscpu in other languages`(text: String) throws {
        #expect(try Self.read("lscpu.txt", text).processor?.physicalAddressBits == 39)
    }

    @Test(arguments: [
        "Nov 25 08:00:01 host kernel: ", "11月 25 08:00:01 host kernel: ", "févr. 25 08:00:01 hôte kernel: ",
        "[Mo Nov 25 08:00:01 2024] ", "[lun. nov. 25 08:00:01 2024] ", "2024-11-25T08:00:01+0100 host kernel: ",
    ])
    func `a kernel's log with the date of its user`(prefix: String) throws {
        let lines = [
            "DMAR: Host address width 39",
            "Reserving Intel graphics memory at [mem 0x7c800000-0x807fffff]",
            "DMAR: RMRR base: 0x0000007c000000 end: 0x000000807fffff",
        ]
        let host = try Self.read("dmesg.txt", lines.map { prefix + $0 + "\n" }.joined())
        #expect(host.addressWidth == 39)
        #expect(host.stolenRange?.description == "0x7c800000-0x807fffff")
        #expect(
            host.reservations == [
                HostReservation(range: try #require(HostRange(first: 0x7c00_0000, last: 0x807f_ffff)))
            ])
    }

    @Test func `drivers and groups that lspci names`() throws {
        let text = """
            0000:00:02.0 VGA compatible controller [0300]: Intel Corporation HD Graphics 630 [8086:5912] (rev 04)
            \tIOMMU group: 1
            \tKernel driver in use: vfio-pci
            \tKernel modules: i915
            """
        let function = try #require(try Self.read("lspci.txt", text).functions.first)
        #expect(function.state.driver == .named("vfio-pci"))
        #expect(function.state.group == 1)
        let machine = """
            Slot:\t00:02.0
            Class:\tVGA compatible controller [0300]
            Vendor:\tIntel Corporation [8086]
            Device:\tHD Graphics 630 [5912]
            Driver:\ti915
            IOMMUGroup:\t3
            """
        let other = try #require(try Self.read("lspci.txt", machine).functions.first)
        #expect(other.state.driver == .named("i915"))
        #expect(other.state.group == 3)
    }

    @Test func `an OpRegion that was cut, or is none`() throws {
        let whole = OpRegionBytes.plain()
        #expect(try OpRegionDump(whole, file: "op").region.mailboxes.rawValue == 0b1101)
        for (bytes, words) in [
            (Array(whole.prefix(4096)), "the OpRegion has 4 KiB, the least is 8 KiB; dump it whole"),
            ([UInt8](repeating: 0xff, count: 8192), "the OpRegion starts with ff ff"),
        ] {
            let error = #expect(throws: InputError.self) { try OpRegionDump(bytes, file: "op") }
            #expect(error?.findings.first?.message.hasPrefix(words) == true)
        }
        // RVDA is an offset from 2.1 on, and what it points at is not in the copy.
        let far = try OpRegionDump(OpRegionBytes.plain(rvda: 0x2000, rvds: 0x1000), file: "op").region
        #expect(far.exportedSize == .kib(12))
        #expect(
            far.findings.map(\.description) == [
                "the extended VBT, 4 KiB at offset 0x2000, runs past the bytes at hand"
            ])
        // Up to 2.0 it is an address of the host's.
        let absolute = try OpRegionDump(OpRegionBytes.plain(rvda: 0x8a9b_0018, rvds: 0x1c00, minor: 0), file: "op")
            .region
        #expect(absolute.vbt == .absolute(0x8a9b_0018, size: .kib(7)))
    }
}
