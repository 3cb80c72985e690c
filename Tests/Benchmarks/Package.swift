// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody's tests wait for it: swift run -c release -Xswiftc -cross-module-optimization --package-path Tests/Benchmarks
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "Berth", path: "../..")],
    targets: [
        .systemLibrary(name: "CLibXML2Loop", path: "CLibXML2Loop", pkgConfig: "libxml-2.0"),
        .target(name: "SchemaLoop", dependencies: ["CLibXML2Loop"], path: "SchemaLoop"),
        .executableTarget(
            name: "benchmarks", dependencies: [.product(name: "Berth", package: "Berth"), "SchemaLoop"],
            path: "Sources",
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
