// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One floor of the house: the folder has no prefix, the module has.
func floor(_ folder: String, imports: [Target.Dependency] = []) -> Target {
    .target(
        name: folder == "Berth" ? folder : "Berth\(folder)", dependencies: imports,
        path: "Sources/\(folder)", swiftSettings: settings)
}

func tests(
    _ folder: String, imports: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(folder)Tests", dependencies: imports + ["TestSupport"],
        path: "Tests/\(folder)Tests", exclude: exclude, resources: resources, swiftSettings: settings)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

/// The files of Topologies/, which the tool carries inside itself.
let bundled = [
    "ovmf-32bit-reach",
    "pc-ovmf-gen8",
    "pc-seabios-gen6",
    "pc-seabios-gen7",
    "pc-seabios-gen8",
    "pc-seabios-gen9",
    "pc-windows-gen9",
    "q35-busy",
    "q35-meteor-lake",
    "q35-nothing-fits",
    "q35-ovmf-gen11",
    "q35-ovmf-gen12",
    "q35-ovmf-gen9",
    "q35-slot2-taken",
]

/// Figures for people, `make benchmarks`. Only where they are asked for: nobody's build and nobody's tests wait for them.
let benchmarks: [Target] =
    Context.environment["BERTH_BENCHMARKS"] == nil
    ? []
    : [
        .systemLibrary(name: "CLibXML2Loop", path: "Tests/Benchmarks/CLibXML2Loop", pkgConfig: "libxml-2.0"),
        .target(name: "SchemaLoop", dependencies: ["CLibXML2Loop"], path: "Tests/Benchmarks/SchemaLoop"),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "BerthReport", "BerthPlacement", "BerthBoot", "BerthLibvirtDomain", "BerthLibvirtEditing",
                "BerthLibvirtRules", "BerthTopology", "BerthStack", "BerthXML", "BerthPCI",
                "BerthDiagnostics", "BerthBundled", "SchemaLoop",
            ], path: "Tests/Benchmarks/Sources", swiftSettings: settings),
    ]

let package = Package(
    name: "Berth",
    // Elsewhere than on Linux: Synchronization came with it.
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Berth", targets: ["Berth"]),
        .library(name: "BerthTesting", targets: ["BerthTesting"]),
        .library(name: "BerthRehearsal", targets: ["BerthRehearsal"]),
        .library(name: "BerthVFIOUser", targets: ["BerthVFIOUser"]),
        .executable(name: "berth", targets: ["BerthCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CMemfd", path: "Sources/CMemfd"),
        // Not in Swift, whose modules would all be built anew with each commit.
        .target(
            name: "CBuild", path: "Sources/CBuild",
            cSettings: Context.environment["BERTH_COMMIT"].map { [.define("BERTH_COMMIT", to: "\"\($0)\"")] } ?? []),
        floor("VFIOUser", imports: ["CMemfd"]),
        floor("Diagnostics"),
        floor("PCI", imports: ["BerthDiagnostics"]),
        floor("Stack", imports: ["BerthDiagnostics"]),
        floor("Installed", imports: ["BerthStack", subprocess]),
        floor("XML", imports: ["CLibXML2", "BerthDiagnostics"]),
        floor("IGD", imports: ["BerthPCI", "BerthDiagnostics"]),
        floor("Host", imports: ["BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Logs", imports: ["BerthPCI", "BerthDiagnostics"]),
        floor("Topology", imports: ["BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics", yams]),
        .target(
            name: "BerthOptionROM", dependencies: ["BerthTopology", "BerthPCI", "BerthDiagnostics"],
            path: "Sources/OptionROM",
            exclude: [
                "Firmware/build", "Firmware/bios.S", "Firmware/bios.c", "Firmware/bios.ld", "Firmware/core.c",
                "Firmware/core.h", "Firmware/uefi.c", "Firmware/uefi.h",
            ],
            resources: [.embedInCode("Firmware/bios.bin"), .embedInCode("Firmware/uefi.efi")], swiftSettings: settings),
        floor("LibvirtDomain", imports: ["BerthXML", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor(
            "LibvirtEditing",
            imports: ["BerthLibvirtDomain", "BerthXML", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor(
            "LibvirtRules",
            imports: ["BerthLibvirtDomain", "BerthXML", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor("QEMU", imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Proxmox", imports: ["BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor("Boot", imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Audit", imports: ["BerthBoot", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor(
            "Placement",
            imports: [
                "BerthBoot", "BerthTopology", "BerthStack", "BerthHost", "BerthIGD", "BerthPCI", "BerthDiagnostics",
            ]),
        floor(
            "Report",
            imports: [
                "BerthPlacement", "BerthBoot", "BerthLibvirtDomain", "BerthLibvirtRules", "BerthOptionROM",
                "BerthTopology", "BerthStack", "BerthHost", "BerthLogs", "BerthIGD", "BerthPCI",
                "BerthDiagnostics",
            ]),
        floor(
            "Services",
            imports: [
                "BerthPlacement", "BerthAudit", "BerthBoot", "BerthQEMU", "BerthProxmox", "BerthLibvirtDomain",
                "BerthLibvirtEditing", "BerthLibvirtRules", "BerthOptionROM", "BerthTopology", "BerthStack",
                "BerthHost",
                "BerthXML", "BerthPCI", "BerthDiagnostics",
            ]),
        floor(
            "Berth",
            imports: [
                "BerthServices", "BerthReport", "BerthPlacement", "BerthBoot", "BerthQEMU", "BerthLibvirtDomain",
                "BerthLibvirtEditing", "BerthLibvirtRules",
                "BerthTopology", "BerthStack", "BerthHost", "BerthIGD", "BerthXML", "BerthPCI", "BerthDiagnostics",
                "BerthBundled",
            ]),
        floor("Testing", imports: ["Berth"]),
        floor(
            "Rehearsal",
            imports: [
                "Berth", "BerthServices", "BerthReport", "BerthVFIOUser", "BerthQEMU", "BerthBoot", "BerthTopology",
                "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics", subprocess,
            ]),
        .target(
            name: "BerthBundled", dependencies: ["BerthTopology", "BerthStack", "BerthDiagnostics"], path: "Topologies",
            resources: bundled.map { .embedInCode("\($0).yaml") }, swiftSettings: settings),
        .executableTarget(
            name: "BerthCLI",
            dependencies: [
                "BerthServices", "BerthReport", "BerthRehearsal", "BerthInstalled", "BerthPlacement", "BerthAudit",
                "BerthBoot", "BerthQEMU", "BerthProxmox", "BerthLibvirtDomain", "BerthLibvirtEditing",
                "BerthLibvirtRules", "BerthOptionROM", "BerthTopology", "BerthVFIOUser",
                "BerthStack", "BerthHost", "BerthLogs", "BerthXML", "BerthPCI", "BerthDiagnostics",
                "BerthBundled", "CBuild", arguments,
            ], path: "Sources/CLI", swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: [subprocess, "BerthXML", "BerthTopology", "BerthStack", "BerthPCI", "BerthHost"],
            path: "Tests/Support",
            resources: [.copy("Recorded")], swiftSettings: settings),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "TestSupport", "BerthServices", "BerthReport", "BerthRehearsal", "BerthPlacement", "BerthAudit",
                "BerthBoot", "BerthQEMU", "BerthProxmox", "BerthLibvirtEditing", "BerthLibvirtRules", "BerthTopology",
                "BerthStack", "BerthHost", "BerthLogs", "BerthXML", "BerthDiagnostics", "BerthBundled", "BerthPCI",
                "BerthOptionROM", "BerthVFIOUser", "BerthLibvirtDomain",
            ],
            path: "Tests/Fuzz/Targets", swiftSettings: settings),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], path: "Tests/Fuzz/Tests",
            swiftSettings: settings),
        tests("Diagnostics", imports: ["BerthDiagnostics"]),
        tests("Field", imports: [], exclude: ["Cases", "expect.json"]),
        tests("Installed", imports: ["BerthInstalled", "BerthStack"]),
        tests("Stack", imports: ["BerthStack", "BerthDiagnostics"]),
        tests("PCI", imports: ["BerthPCI", "BerthDiagnostics"]),
        tests(
            "Boot",
            imports: [
                "BerthBoot", "BerthRehearsal", "BerthQEMU", "BerthTopology", "BerthStack", "BerthPCI",
                "BerthDiagnostics",
            ]),
        tests(
            "Rehearsal",
            imports: [
                "BerthServices", "BerthRehearsal", "BerthReport", "BerthVFIOUser", "BerthPlacement", "BerthBoot",
                "BerthQEMU",
                "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics", "BerthBundled",
            ]),
        tests(
            "QEMU",
            imports: ["BerthQEMU", "BerthRehearsal", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        tests(
            "Proxmox",
            imports: [
                "BerthServices", "BerthProxmox", "BerthPlacement", "BerthQEMU", "BerthTopology", "BerthStack",
                "BerthHost",
                "BerthPCI", "BerthDiagnostics",
            ], exclude: ["Golden", "Posted"]),
        tests("Logs", imports: ["BerthLogs", "BerthPCI", "BerthDiagnostics"]),
        tests("IGD", imports: ["BerthIGD", "BerthPCI"]),
        tests("VFIOUser", imports: ["BerthVFIOUser"]),
        tests("OptionROM", imports: ["BerthOptionROM", "BerthTopology", "BerthPCI", "BerthDiagnostics"]),
        tests("Host", imports: ["BerthHost", "BerthIGD", "BerthPCI", "BerthDiagnostics"], exclude: ["Posted"]),
        tests("XML", imports: ["BerthXML", "BerthDiagnostics"]),
        tests(
            "Libvirt",
            imports: [
                "BerthServices", "BerthLibvirtDomain", "BerthLibvirtEditing", "BerthLibvirtRules", "BerthPlacement",
                "BerthQEMU", "BerthXML", "BerthTopology", "BerthStack",
                "BerthReport", "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled",
            ],
            exclude: ["Golden"]),
        tests(
            "Topology",
            imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled"]),
        tests(
            "Placement",
            imports: [
                "BerthServices", "BerthReport", "BerthRehearsal", "BerthPlacement", "BerthAudit", "BerthBoot",
                "BerthQEMU",
                "BerthTopology", "BerthStack", "BerthHost", "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled",
            ]),
        tests(
            "Report",
            imports: [
                "BerthServices", "BerthReport", "BerthLogs", "BerthPlacement", "BerthBoot", "BerthLibvirtDomain",
                "BerthLibvirtRules", "BerthXML", "BerthTopology", "BerthStack", "BerthPCI",
                "BerthDiagnostics", "BerthBundled",
            ]),
        tests("Testing", imports: ["BerthTesting"]),
        tests(
            "CLI", imports: ["BerthCLI", "BerthBundled", "BerthTopology", "BerthStack", "BerthXML"], exclude: ["Golden"]
        ),
        tests(
            "Layout",
            imports: [
                "BerthLogs", "BerthLibvirtDomain", "BerthLibvirtRules", "BerthPlacement", "BerthBoot", "BerthTopology",
                "BerthStack", "BerthDiagnostics", "BerthBundled",
            ]),
        tests("Face", imports: ["Berth", "BerthTesting", "BerthRehearsal", "BerthVFIOUser"]),
    ] + benchmarks
)

// `make fuzz`: libFuzzer's main and its instrumentation, which nothing that is shipped may carry.
if Context.environment["BERTH_LIBFUZZER"] != nil {
    package.products.append(.executable(name: "berth-fuzz", targets: ["LibFuzzer"]))
    package.targets.append(
        .executableTarget(
            name: "LibFuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/LibFuzzer",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=\(Context.environment["BERTH_SANITIZE"] ?? "fuzzer,address")"])]))
}
