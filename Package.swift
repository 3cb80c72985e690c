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

let package = Package(
    name: "Berth",
    products: [
        .library(name: "Berth", targets: ["Berth"]),
        .library(name: "BerthTesting", targets: ["BerthTesting"]),
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
        floor("Diagnostics"),
        floor("PCI", imports: ["BerthDiagnostics"]),
        floor("Stack", imports: ["BerthDiagnostics"]),
        floor("XML", imports: ["CLibXML2", "BerthDiagnostics"]),
        floor("IGD", imports: ["BerthPCI", "BerthDiagnostics"]),
        floor("Host", imports: ["BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Topology", imports: ["BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics", yams]),
        floor(
            "Libvirt", imports: ["BerthXML", "BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("QEMU", imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Boot", imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        floor("Audit", imports: ["BerthBoot", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        floor(
            "Placement",
            imports: [
                "BerthBoot", "BerthTopology", "BerthStack", "BerthHost", "BerthIGD", "BerthPCI", "BerthDiagnostics",
            ]),
        floor(
            "Rehearsal",
            imports: [
                "BerthQEMU", "BerthPlacement", "BerthBoot", "BerthTopology", "BerthStack", "BerthPCI",
                "BerthDiagnostics",
                subprocess,
            ]),
        floor(
            "Report",
            imports: [
                "BerthPlacement", "BerthBoot", "BerthLibvirt", "BerthTopology", "BerthStack", "BerthHost", "BerthIGD",
                "BerthPCI",
                "BerthDiagnostics",
            ]),
        floor(
            "Berth",
            imports: [
                "BerthReport", "BerthRehearsal", "BerthPlacement", "BerthAudit", "BerthBoot", "BerthQEMU",
                "BerthLibvirt",
                "BerthTopology", "BerthStack", "BerthHost", "BerthIGD", "BerthXML", "BerthPCI", "BerthDiagnostics",
                "BerthBundled",
            ]),
        floor("Testing", imports: ["Berth"]),
        .target(
            name: "BerthBundled", dependencies: ["BerthTopology", "BerthDiagnostics"], path: "Topologies",
            resources: bundled.map { .embedInCode("\($0).yaml") }, swiftSettings: settings),
        .executableTarget(
            name: "BerthCLI", dependencies: ["Berth", arguments], path: "Sources/CLI",
            swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: [subprocess, "BerthXML", "BerthTopology", "BerthStack", "BerthPCI"],
            path: "Tests/Support",
            resources: [.copy("Recorded")], swiftSettings: settings),
        tests("Diagnostics", imports: ["BerthDiagnostics"]),
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
                "Berth", "BerthRehearsal", "BerthPlacement", "BerthBoot", "BerthQEMU", "BerthTopology", "BerthStack",
                "BerthPCI",
                "BerthDiagnostics", "BerthBundled",
            ]),
        tests(
            "QEMU",
            imports: ["BerthQEMU", "BerthRehearsal", "BerthTopology", "BerthStack", "BerthPCI", "BerthDiagnostics"]),
        tests("IGD", imports: ["BerthIGD", "BerthPCI"]),
        tests("Host", imports: ["BerthHost", "BerthIGD", "BerthPCI", "BerthDiagnostics"]),
        tests("XML", imports: ["BerthXML", "BerthDiagnostics"]),
        tests(
            "Libvirt",
            imports: [
                "Berth", "BerthLibvirt", "BerthPlacement", "BerthQEMU", "BerthXML", "BerthTopology", "BerthStack",
                "BerthReport",
                "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled",
            ],
            exclude: ["Golden"]),
        tests(
            "Topology",
            imports: ["BerthTopology", "BerthStack", "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled"]),
        tests(
            "Placement",
            imports: [
                "Berth", "BerthReport", "BerthPlacement", "BerthAudit", "BerthBoot", "BerthTopology", "BerthStack",
                "BerthHost",
                "BerthIGD", "BerthPCI", "BerthDiagnostics", "BerthBundled",
            ]),
        tests(
            "Report",
            imports: [
                "Berth", "BerthReport", "BerthPlacement", "BerthBoot", "BerthTopology", "BerthStack", "BerthPCI",
                "BerthDiagnostics", "BerthBundled",
            ]),
        tests("Testing", imports: ["BerthTesting"]),
        tests(
            "CLI", imports: ["BerthCLI", "BerthBundled", "BerthTopology", "BerthStack", "BerthXML"], exclude: ["Golden"]
        ),
        tests(
            "Layout", imports: ["BerthPlacement", "BerthTopology", "BerthStack", "BerthDiagnostics", "BerthBundled"]),
    ]
)
