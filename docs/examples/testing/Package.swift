// swift-tools-version: 6.2
import PackageDescription

// A package that tests its domains with BerthTesting. In yours, take Berth by its address and version instead of the path.
let package = Package(
    name: "guest-tests",
    dependencies: [.package(name: "Berth", path: "../../..")],
    targets: [
        .testTarget(
            name: "GuestTests", dependencies: [.product(name: "BerthTesting", package: "Berth")],
            resources: [.copy("guest.xml")])
    ])
