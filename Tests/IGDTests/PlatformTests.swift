import BerthIGD
import Testing

struct PlatformTests {
    @Test func `no id belongs to two platforms or is listed twice`() {
        let ids = Platform.allCases.flatMap(\.deviceIDs)
        #expect(ids.count == 365)
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: Platform.allCases)
    func `every id finds its platform`(platform: Platform) {
        #expect(!platform.deviceIDs.isEmpty)
        #expect(platform.deviceIDs.allSatisfy { Platform.identify(device: $0) == platform })
        #expect(platform.deviceIDs == platform.deviceIDs.sorted())
        #expect(platform.deviceIDs.contains(platform.representativeDeviceID))
    }

    @Test(arguments: [
        (0x3577, "i830"), (0x2562, "i845"), (0x358e, "i855"), (0x2572, "i865"), (0x2592, "i915"), (0x27a2, "i945"),
        (0x29b2, "g33"), (0xa001, "pineview"), (0x2a02, "i965"), (0x2972, "i965"), (0x2a42, "g45"), (0x2e02, "g45"),
        (0x0042, "ironlake"), (0x0102, "sandy-bridge"), (0x016a, "ivy-bridge"), (0x0a26, "haswell"),
        (0x0d22, "haswell"),
        (0x0f33, "valleyview"), (0x162b, "broadwell"), (0x22b0, "cherryview"), (0x191e, "skylake"), (0x0a84, "broxton"),
        (0x5a85, "broxton"), (0x3184, "gemini-lake"), (0x5917, "kaby-lake"), (0x591c, "kaby-lake"),
        (0x87c0, "kaby-lake"),
        (0x87ca, "coffee-lake"), (0x3e9b, "coffee-lake"), (0x3ea0, "coffee-lake"), (0x9bf6, "comet-lake"),
        (0x8a70, "ice-lake"), (0x4541, "elkhart-lake"), (0x4e55, "jasper-lake"), (0x9a49, "tiger-lake"),
        (0x4c8a, "rocket-lake"), (0x4680, "alder-lake"), (0x4626, "alder-lake"), (0x46d4, "alder-lake"),
        (0xa788, "raptor-lake"), (0xa721, "raptor-lake"), (0xa7a0, "raptor-lake"), (0x7dd5, "meteor-lake"),
        (0x7dd1, "arrow-lake"), (0xb640, "arrow-lake"), (0x64b0, "lunar-lake"), (0xb08f, "panther-lake"),
        (0xfd81, "wildcat-lake"), (0xd745, "nova-lake"), (0xd74b, "nova-lake"), (0xd75f, "nova-lake"),
    ])
    func `known ids belong where the field puts them`(device: UInt16, platform: String) {
        #expect(Platform.identify(device: device)?.rawValue == platform)
    }

    @Test(arguments: [0x0000, 0xffff, 0x2a03, 0x5a40, 0x56a0, 0x4905, 0x1234] as [UInt16])
    func `other ids are nobody's`(device: UInt16) {
        #expect(Platform.identify(device: device) == nil)
    }

    @Test(arguments: [
        (Platform.i830, "i830", "gen 2"), (.g33, "G33", "gen 3"), (.g45, "G45", "gen 4"),
        (.ironlake, "Ironlake", "gen 5"),
        (.sandyBridge, "Sandy Bridge", "gen 6"), (.valleyview, "Valleyview", "gen 7"),
        (.cherryview, "Cherryview", "gen 8"),
        (.kabyLake, "Kaby Lake", "gen 9"), (.jasperLake, "Jasper Lake", "gen 11"),
        (.raptorLake, "Raptor Lake", "gen 12"),
        (.arrowLake, "Arrow Lake", "Xe-LPG"), (.lunarLake, "Lunar Lake", "Xe2"), (.novaLake, "Nova Lake", "Xe3"),
    ])
    func `platforms and generations have names`(platform: Platform, name: String, generation: String) {
        #expect(platform.name == name)
        #expect(platform.generation.description == generation)
    }

    @Test func `raw values are kebab case and read back`() {
        for platform in Platform.allCases {
            #expect(Platform(rawValue: platform.rawValue) == platform)
            #expect(platform.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        }
        #expect(Platform(rawValue: "coffee-lake") == .coffeeLake)
        #expect(Platform.allCases.count == 36)
    }

    @Test func `generations appear in order`() {
        #expect(Generation.allCases.sorted() == Generation.allCases)
        #expect(Generation.gen9 < .gen11 && .gen12 < .xeLPG && .xeLPG < .xe2 && .xe2 < .xe3)
        #expect(Platform.allCases.map(\.generation) == Platform.allCases.map(\.generation).sorted())
    }

    @Test func `passthrough begins with generation 6, VBIOS ends with generation 9`() {
        let supported = Platform.allCases.filter(\.isSupportedForPassthrough)
        #expect(supported.first == .sandyBridge)
        #expect(supported.count == 25)
        let legacy = Platform.allCases.filter(\.hasLegacyVBIOS)
        #expect(legacy.first == .sandyBridge)
        #expect(legacy.last == .cometLake)
        #expect(legacy.count == 12)
    }
}
