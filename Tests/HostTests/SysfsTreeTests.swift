import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import TestSupport
import Testing

/// Hosts out of their `/sys` and `/proc`.
struct SysfsTreeTests {
    struct Machine: Sendable, CustomTestStringConvertible {
        var device: UInt16
        var generation: Generation
        var stolen: String?
        var asls: UInt32
        var gtt: ByteCount?
        var testDescription: String { "\(generation)" }
    }

    @Test(arguments: [
        Machine(device: 0x0116, generation: .gen6, stolen: "0xbfa00000-0xc39fffff", asls: 0xbb7c_2018, gtt: .mib(2)),
        Machine(device: 0x0412, generation: .gen7, stolen: "0xcf200000-0xd31fffff", asls: 0xca3c_3018, gtt: .mib(2)),
        Machine(device: 0x1616, generation: .gen8, stolen: "0xdd000000-0xdeffffff", asls: 0xd8f8_4018, gtt: .mib(8)),
        Machine(device: 0x5912, generation: .gen9, stolen: "0x8c000000-0x8fffffff", asls: 0x8a9a_f018, gtt: .mib(8)),
        Machine(device: 0x8a56, generation: .gen11, stolen: "0x4c400000-0x4fffffff", asls: 0x3c5f_5018, gtt: .mib(8)),
        Machine(device: 0xa780, generation: .gen12, stolen: "0x7c800000-0x807fffff", asls: 0x6bca_5018, gtt: .mib(8)),
        Machine(device: 0x7d55, generation: .xeLPG, stolen: nil, asls: 0x6b9a_5018, gtt: nil),
    ])
    func `a machine of each generation, as root sees it`(machine: Machine) throws {
        let host = try MadeUpTree.desktop(machine.device).read()
        let igd = try #require(host.igd)
        #expect(igd.generation == machine.generation)
        #expect(igd.stolenMemory?.description == machine.stolen)
        #expect(igd.bdsmIsLocked == (machine.stolen == nil ? nil : true))
        #expect(igd.asls == machine.asls)
        #expect(igd.aslsPageOffset == 0x18)
        #expect(igd.graphicsControl?.gttSize == machine.gtt)
        #expect(host.lpc?.device == 0xa2c5)
        #expect(host.hostBridge?.device == 0x591f)
        #expect(host.addressWidth == 39)
        #expect(host.findings == [])
    }

    @Test func `the host beside its functions`() throws {
        let host = try MadeUpTree.desktop(0x5912).read()
        #expect(host.system.machine == "Example Ltd. Desk 1")
        #expect(host.system.kernel == "6.12.48+deb13-amd64")
        #expect(host.system.hasIOMMU == true)
        #expect(host.system.modules == ["i915", "vfio_pci"])
        #expect(host.system.memory == .kib(16_246_784))
        #expect(host.system.framebuffers == ["i915drmfb"])
        #expect(host.system.lockLimit == .bytes(.mib(8)))
        #expect(host.system.hugePages == [.init(size: 2 << 20, total: 1024, free: 1000)])
        let state = try #require(host.functions.first { $0.address.device == 2 }?.state)
        #expect(state.driver == .named("i915"))
        #expect(state.group == 0)
        #expect(state.isBootDisplay == true)
        #expect(state.iommu == "dmar0")
        #expect(
            host.reservations.map(\.kind) == [.relaxable, .interrupts]
                && host.reservations.first?.range.description == "0x8b800000-0x8fffffff")
    }

    @Test func `without root there are 64 bytes, and that is said`() throws {
        let host = try MadeUpTree.desktop(0x5912, length: 64).read()
        #expect(host.igd?.deviceID == 0x5912)
        #expect(host.igd?.stolenMemory == nil && host.igd?.asls == nil && host.igd?.graphicsControl == nil)
        #expect(host.findings.map(\.rule) == ["host-dump-short"])
        let step = try #require(host.steps.first { $0.topic == .privileges })
        #expect(step.remedy == "sudo berth host")
    }

    @Test func `a device that sleeps has the ids that the kernel kept`() throws {
        var tree = MadeUpTree.desktop(0x5912)
        tree.files.files["sys/bus/pci/devices/0000:00:02.0/config"] = [UInt8](repeating: 0xff, count: 256)
        let host = try tree.read()
        #expect(host.igd?.deviceID == 0x5912)
        #expect(host.igd?.asls == nil)
        #expect(host.findings.map(\.rule) == ["host-dump-asleep"])
    }

    @Test func `a copy from anywhere, without its links`() throws {
        var copy = HostFiles()
        for (path, bytes) in MadeUpTree.desktop(0x5912).files.files {
            copy.files[path.replacing("sys/bus/pci/devices/", with: "dump/pci0000:00/")] = bytes
        }
        copy.files["dump/pci0000:00/0000:00:02.0/uevent"] = Array("DRIVER=xe\nPCI_ID=8086:5912\n".utf8)
        copy.folders = ["x/iommu_groups/4/devices/0000:00:02.0"]
        let state = try #require(
            try SysfsTree.read(copy, name: "copy").functions.first { $0.address.device == 2 }?.state)
        #expect(state.driver == .named("xe"))
        #expect(state.group == 4)
    }

    @Test func `no IGD, and what looks like one elsewhere`() throws {
        var tree = MadeUpTree()
        tree.function("0000:00:00.0", device: 0x4660, class: 0x06_0000)
        tree.function("0000:03:00.0", device: 0x56a0, class: 0x03_0000)
        #expect(try tree.read().igd == nil)
        #expect(try tree.read().steps == [])
        // A second one in another segment is not what QEMU's contract speaks of.
        tree.igd(0xa780)
        tree.function("0001:00:02.0", device: 0xa780, class: 0x03_8000)
        #expect(try tree.read().igd?.address == PCIAddress("0000:00:02.0"))
    }

    @Test func `a damaged memory map in a tree is an error with its place`() throws {
        var tree = MadeUpTree.desktop(0x5912)
        tree.put("proc/iomem", "00000000-00000fff : Reserved\n8c000000-8fff")
        let error = #expect(throws: InputError.self) { try tree.read() }
        #expect(error?.findings.first?.location?.file == "tree/proc/iomem")
        #expect(error?.findings.first?.location?.line == 2)
    }

    @Test func `serial numbers are taken out of configuration spaces`() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        // Two capabilities: advanced errors at 0x100, the serial number at 0x140.
        bytes.replaceSubrange(0x100..<0x104, with: [1, 0, 1, 0x14])
        bytes.replaceSubrange(0x140..<0x14c, with: [3, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8])
        let result = HostFiles.withoutSerialNumber(bytes)
        #expect(Array(result[0x140..<0x14c]) == [3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(result[..<0x140]) == Array(bytes[..<0x140]))
        // A list that goes round in circles ends.
        bytes.replaceSubrange(0x100..<0x104, with: [1, 0, 1, 0x10])
        #expect(HostFiles.withoutSerialNumber(bytes) == bytes)
    }
}
