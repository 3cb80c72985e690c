import BerthIGD
import BerthPCI
import Testing

struct PlatformRegisterTests {
    @Test(arguments: [
        (Platform.i845, StolenMemoryEncoding.a), (.i855, .b), (.i915, .b), (.g45, .b), (.ironlake, .b),
        (.sandyBridge, .c),
        (.haswell, .c), (.valleyview, .c), (.broadwell, .d), (.cherryview, .chv), (.skylake, .e), (.cometLake, .e),
        (.iceLake, .e), (.raptorLake, .e), (.meteorLake, .f), (.lunarLake, .f), (.pantherLake, .f),
    ])
    func `the size of stolen memory is encoded as the platform does`(platform: Platform, encoding: StolenMemoryEncoding)
    {
        #expect(platform.stolenEncoding == encoding)
    }

    @Test func `of the newest platforms nothing was established`() {
        #expect(Platform.wildcatLake.stolenEncoding == nil)
        #expect(Platform.novaLake.graphicsControl == nil)
    }

    @Test(arguments: [
        (Platform.i965, GraphicsControlLocation.hostBridge(offset: 0x52)), (.ironlake, .hostBridge(offset: 0x52)),
        (.sandyBridge, .device(offset: 0x50)), (.raptorLake, .device(offset: 0x50)),
        (.meteorLake, .mmio(offset: 0x10_8040)),
    ])
    func `the control word moved from the bridge to the device to MMIO`(
        platform: Platform, location: GraphicsControlLocation
    ) {
        #expect(platform.graphicsControl == location)
    }

    @Test(
        arguments: [
            (Platform.i865, nil, nil, nil), (.i965, 0x5c, 4, nil), (.ironlake, 0x5c, 4, nil),
            (.sandyBridge, 0x5c, 4, 0x10_80c0),
            (.cometLake, 0x5c, 4, 0x10_80c0), (.iceLake, 0xc0, 8, 0x10_80c0), (.raptorLake, 0xc0, 8, 0x10_80c0),
            (.meteorLake, nil, nil, nil), (.novaLake, nil, nil, nil),
        ] as [(Platform, Int?, Int?, UInt64?)])
    func `BDSM is where the platform has it`(platform: Platform, offset: Int?, bytes: Int?, mirror: UInt64?) {
        #expect(platform.bdsm?.offset == offset)
        #expect(platform.bdsm?.width.byteCount == bytes)
        #expect(platform.bdsm?.mirrorOffset == mirror)
    }

    @Test func `from Meteor Lake on nobody places stolen memory`() {
        #expect(Platform.allCases.first { !$0.placesStolenMemory } == .meteorLake)
        #expect(Platform.allCases.filter { !$0.placesStolenMemory }.count == 6)
    }

    @Test func `the base of stolen memory loses lock bit and low bits`() throws {
        let narrow = try #require(Platform.skylake.bdsm)
        let base: HostPhysicalAddress = narrow.base(raw: 0x8900_0001)
        #expect(base == 0x8900_0000)
        #expect(narrow.isLocked(raw: 0x8900_0001))
        #expect(!narrow.isLocked(raw: 0x8900_0000))
        #expect((narrow.base(raw: 0x1_89ff_ffff) as HostPhysicalAddress) == 0x89f0_0000)
        #expect(narrow.maximumAddress == 0xfff0_0000)
        let wide = try #require(Platform.tigerLake.bdsm)
        #expect((wide.base(raw: 0x1_4b8f_ffff) as HostPhysicalAddress) == 0x1_4b80_0000)
        #expect(wide.maximumAddress == 0xffff_ffff_fff0_0000)
    }

    @Test(
        arguments: [
            (0x7c00_0000, 0x7c00_0000), (0, 0), (0xfff0_0000, 0xfff0_0000), (0x7c00_0001, nil), (0x7c08_0000, nil),
            (0x1_0000_0000, nil),
        ] as [(UInt64, UInt64?)])
    func `a 32-bit BDSM holds multiples of 1 MiB below 4 GiB`(address: UInt64, raw: UInt64?) throws {
        let register = try #require(Platform.kabyLake.bdsm)
        #expect(register.raw(base: GuestPhysicalAddress(address)) == raw)
    }

    @Test func `ASLS keeps its page offset`() throws {
        let asls = try #require(Platform.skylake.asls)
        #expect(asls.offset == 0xfc)
        #expect(asls.maximumAddress == 0xffff_ffff)
        #expect(asls.pageOffset(raw: 0x87f8_8018) == 0x18)
        #expect(asls.pageOffset(raw: 0xbf6c_ba93) == 0xa93)
        #expect(asls.pageOffset(raw: 0x7fe0_0000) == .zero)
        #expect(asls.mappedSize(raw: 0x87f8_8018, size: .kib(8)) == .kib(12))
        #expect(asls.mappedSize(raw: 0x87f8_8000, size: .kib(8)) == .kib(8))
        #expect(asls.mappedSize(raw: 0x87f8_8018, size: ByteCount(.max)) == nil)
        #expect([0, 1, 0xffff_fffe, .max].map(asls.isSet) == [false, true, true, false])
        #expect(Platform.i945.asls == nil)
    }
}
