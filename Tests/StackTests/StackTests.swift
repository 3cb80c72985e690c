import BerthStack
import Foundation
import TestSupport
import Testing

/// Releases that are shipped together.
struct StackTests {
    @Test func `the standard stack is that of Debian 12`() throws {
        let stack = try #require(Stack.named("debian-12"))
        #expect(stack == .standard)
        #expect(
            stack.parts.map { "\($0.product) \($0.release)" } == [
                "QEMU 7.2", "SeaBIOS 1.16.2", "OVMF 2022.11", "Linux 6.1", "libvirt 9.0.0",
            ])
        #expect(stack.parts.allSatisfy { $0.isMeasured })
    }

    @Test func `names of stacks are unique, and their releases known`() {
        #expect(Set(NamedStack.all.map(\.name)).count == NamedStack.all.count)
        for stack in NamedStack.all.map(\.stack) {
            #expect(stack.qemu.isKnown && stack.seabios.isKnown && stack.ovmf.isKnown, "\(stack.name)")
            #expect(stack.linux.isKnown && stack.libvirt.isKnown, "\(stack.name)")
            #expect(Stack.named(stack.name) == stack)
        }
        #expect(Stack.named("debian-11") == nil)
    }

    @Test func `the page on stacks has the table`() throws {
        let page = try String(
            contentsOf: PackageRoot.url.appendingPathComponent("docs/stacks.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.split(separator: "|").count == 6 }
        #expect(
            rows.map(String.init)
                == NamedStack.all.map { named in
                    let releases = named.stack.parts.map(\.release)
                    return "| `\(named.name)` | \(releases.joined(separator: " | ")) |"
                })
    }

    @Test(arguments: [
        ("seabios", FirmwareChoice(.seabios), "seabios:1.16.2"), ("ovmf", FirmwareChoice(.ovmf), "ovmf:2022.11"),
        ("seabios:1.16.2", .seabios(SeaBIOSRelease(1, 16, 2)), "seabios:1.16.2"),
        ("ovmf:2025.02", .ovmf(OVMFRelease(2025, 2)), "ovmf:2025.02"),
    ])
    func `firmware`(text: String, choice: FirmwareChoice, shown: String) {
        #expect(FirmwareChoice(text) == choice)
        #expect(choice.description == shown)
    }

    @Test(arguments: ["", ":", "bios", "SeaBIOS", "seabios:", "seabios:1.0.0", "ovmf:2022.11:x", "ovmf:banana"])
    func `other firmware is not taken`(text: String) {
        #expect(FirmwareChoice(text) == nil)
    }

    @Test func `every name in a message can be typed`() {
        for name in FirmwareChoice.knownNames { #expect(FirmwareChoice(name) != nil, "\(name)") }
    }

    @Test func `a firmware without a release is the stack's`() throws {
        let stack = try #require(Stack.named("debian-13"))
        #expect(FirmwareChoice("ovmf", of: stack) == .ovmf(OVMFRelease(2025, 2)))
        #expect(FirmwareChoice("ovmf:2024.02", of: stack) == .ovmf(OVMFRelease(2024, 2)))
    }

    @Test func `one part can be replaced`() {
        var stack = Stack.standard
        stack.take(.ovmf(OVMFRelease(2026, 8)))
        #expect(FirmwareChoice(.ovmf, of: stack) == .ovmf(OVMFRelease(2026, 8)))
        #expect(FirmwareChoice(.seabios, of: stack) == .seabios(SeaBIOSRelease(1, 16, 2)))
    }
}
