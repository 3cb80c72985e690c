/// A family of processors or chipsets that share one kind of integrated graphics.
///
/// The raw value is the name on the command line and in files. Whiskey Lake and Amber Lake have no case of
/// their own: Whiskey Lake and Amber Lake 87ca count as Coffee Lake, Amber Lake 591c and 87c0 as Kaby Lake,
/// as the id lists group them (`include/drm/intel/pciids.h@torvalds/linux`).
package enum Platform: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case i830, i845, i855, i865
    case i915, i945, g33, pineview
    case i965, g45
    case ironlake
    case sandyBridge = "sandy-bridge"
    case ivyBridge = "ivy-bridge"
    case haswell, valleyview, broadwell, cherryview, skylake, broxton
    case geminiLake = "gemini-lake"
    case kabyLake = "kaby-lake"
    case coffeeLake = "coffee-lake"
    case cometLake = "comet-lake"
    case iceLake = "ice-lake"
    case elkhartLake = "elkhart-lake"
    case jasperLake = "jasper-lake"
    case tigerLake = "tiger-lake"
    case rocketLake = "rocket-lake"
    case alderLake = "alder-lake"
    case raptorLake = "raptor-lake"
    case meteorLake = "meteor-lake"
    case arrowLake = "arrow-lake"
    case lunarLake = "lunar-lake"
    case pantherLake = "panther-lake"
    case wildcatLake = "wildcat-lake"
    case novaLake = "nova-lake"

    /// As people write it: `Kaby Lake`, `i915`.
    package var name: String {
        switch self {
        case .i830, .i845, .i855, .i865, .i915, .i945, .i965: rawValue
        case .g33, .g45: rawValue.uppercased()
        default:
            rawValue.split(separator: "-")
                .map { $0.prefix(1).uppercased() + $0.dropFirst() }
                .joined(separator: " ")
        }
    }

    package var description: String { name }

    package var generation: Generation {
        switch self {
        case .i830, .i845, .i855, .i865: .gen2
        case .i915, .i945, .g33, .pineview: .gen3
        case .i965, .g45: .gen4
        case .ironlake: .gen5
        case .sandyBridge: .gen6
        case .ivyBridge, .haswell, .valleyview: .gen7
        case .broadwell, .cherryview: .gen8
        case .skylake, .broxton, .geminiLake, .kabyLake, .coffeeLake, .cometLake: .gen9
        case .iceLake, .elkhartLake, .jasperLake: .gen11
        case .tigerLake, .rocketLake, .alderLake, .raptorLake: .gen12
        case .meteorLake, .arrowLake: .xeLPG
        case .lunarLake: .xe2
        case .pantherLake, .wildcatLake, .novaLake: .xe3
        }
    }

    /// The platform a PCI device id of vendor 8086 belongs to; nil for an id in no list.
    package static func identify(device: UInt16) -> Platform? { byDeviceID[device] }

    private static let byDeviceID = Dictionary(
        allCases.flatMap { platform in platform.deviceIDs.map { ($0, platform) } },
        uniquingKeysWith: { first, _ in first })
}
