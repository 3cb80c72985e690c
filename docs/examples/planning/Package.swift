// swift-tools-version: 6.2
import PackageDescription

// A package that plans with Berth. In yours, take Berth by its address and version instead of the path.
let package = Package(
    name: "planning",
    dependencies: [.package(name: "Berth", path: "../../..")],
    targets: [
        .executableTarget(
            name: "planning", dependencies: [.product(name: "Berth", package: "Berth")], path: "Sources")
    ])
