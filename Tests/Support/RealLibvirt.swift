package import BerthXML
import Foundation
import Subprocess

/// The libvirt of this machine, or that of another Debian (`LiveLibvirt`), run in-process by virsh with a root directory of its
/// own; no daemon.
///
/// Calls take turns, because one root directory serves one driver at a time.
package actor RealLibvirt {
    package static let shared = RealLibvirt()

    private let virsh = Program("virsh", package: "libvirt-clients")
    private let setpriv = Program("setpriv", package: "util-linux")
    private let chroot = Program("chroot", package: "coreutils")
    private let validator = Program("virt-xml-validate", package: "libvirt-clients")
    /// Of the other Debian; empty for this machine.
    private let debian: String
    private let root: URL
    private var previous: Task<Verdict, any Error>?
    private var previousCommands: Task<Program.Answer, any Error>?

    private init() {
        debian = LiveLibvirt.current.root ?? ""
        let temporary = debian.isEmpty ? FileManager.default.temporaryDirectory : URL(fileURLWithPath: debian + "/tmp")
        root = temporary.appendingPathComponent("berth-libvirt-\(UUID().uuidString)")
    }

    /// What libvirt made of a document.
    package struct Verdict: Sendable {
        /// The domain as libvirt wrote it back, every address in it.
        package var definition: String
        /// QEMU's command line, word by word, without the network interfaces: `domxml-to-native` replaces each by one
        /// that has lost its address, and opens a tap device for it (`qemuConnectDomainXMLToNative` @ 9.0.0).
        package var commandLine: [String]
    }

    package struct Refusal: Error, CustomStringConvertible {
        package var description: String
    }

    /// One virsh for any number of commands; what it prints, and what it complains of. Commands that fail do not end it.
    func commands(_ script: (URL) throws -> String) async throws -> Program.Answer {
        try prepareRoot()
        let input = try script(root)
        let before = previousCommands
        let verdicts = previous
        let task = Task {
            _ = await before?.result
            _ = await verdicts?.result
            return try await self.start([], input: input)
        }
        previousCommands = task
        return try await task.value
    }

    /// Errors: what virt-xml-validate, `define --validate` or `domxml-to-native` says against the document; a program
    /// or driver that is not installed.
    package func verdict(on xml: String) async throws -> Verdict { try await queue(xml, wantsCommandLine: true) }

    /// The domain as libvirt defines it, for documents that only a start would make a command line of.
    ///
    /// Errors: what virt-xml-validate or `define --validate` says; a program or driver that is not installed.
    package func definition(of xml: String) async throws -> String {
        try await queue(xml, wantsCommandLine: false).definition
    }

    private func queue(_ xml: String, wantsCommandLine: Bool) async throws -> Verdict {
        let before = previous
        let commands = previousCommands
        let task = Task {
            _ = await before?.result
            _ = await commands?.result
            return try await self.run(xml, wantsCommandLine)
        }
        previous = task
        return try await task.value
    }

    private func run(_ xml: String, _ wantsCommandLine: Bool) async throws -> Verdict {
        try prepareRoot()
        let file = root.appendingPathComponent("domain.xml").path
        try xml.write(toFile: file, atomically: true, encoding: .utf8)
        let valid = try await validator([file, "domain"])
        guard valid.isSuccess else { throw Refusal(description: "schema: \(valid.output)\(valid.errors)") }
        var domain = try XMLDocument(xml, file: file).root
        let name = domain.first("name")?.text ?? ""
        _ = try await call(["define", "--validate", file])
        let definition = try await call(["dumpxml", "--inactive", name])
        _ = try await call(["undefine", "--keep-nvram", name])
        guard wantsCommandLine else { return Verdict(definition: definition, commandLine: []) }
        domain.removeInterfaces()
        domain.nameHostDrivers()
        try domain.serialized().write(toFile: file, atomically: true, encoding: .utf8)
        let words = try await call(["domxml-to-native", "qemu-argv", "--xml", file])
        return Verdict(definition: definition, commandLine: QuotedWords.split(words))
    }

    private func prepareRoot() throws {
        guard !FileManager.default.fileExists(atPath: root.path) else { return }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        Leftovers.removeAtExit(root)
        try prepareHelper()
        guard isRoot else { return }
        let owner: [FileAttributeKey: Any] = [.ownerAccountID: nobody, .groupOwnerAccountID: nobody]
        try FileManager.default.setAttributes(owner, ofItemAtPath: root.path)
    }

    /// Whether libvirt takes RDP depends on a program beside QEMU, which it asks for nothing but this.
    private func prepareHelper() throws {
        let folder = root.appendingPathComponent("bin")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let helper = folder.appendingPathComponent("qemu-rdp").path
        try "#!/bin/sh\necho '{\"features\": []}'\n".write(toFile: helper, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: helper)
    }

    private let isRoot = geteuid() == 0
    private let nobody: uid_t = 65534

    /// As root, libvirt's driver insists on a user that a package we do not need makes, so it runs as nobody.
    ///
    /// setpriv changes the user, not Subprocess: between fork and exec of a process with threads, glibc's setgroups can
    /// wait for a thread that is not there.
    private func call(_ arguments: [String]) async throws -> String {
        let answer = try await start(arguments)
        guard answer.isSuccess else { throw Refusal(description: "\(arguments[0]): \(answer.errors)") }
        return answer.output
    }

    /// A path as the other Debian sees it.
    private func inside(_ text: String) -> String {
        debian.isEmpty ? text : text.replacing(root.path, with: root.path.dropFirst(debian.count))
    }

    private func start(_ arguments: [String], input: String = "") async throws -> Program.Answer {
        let place = inside(root.path)
        let words = ["-q", "-c", "qemu:///embed?root=\(place)"] + arguments.map(inside)
        let identity = ["--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups", "--", virsh.name]
        let environment = ["HOME": place, "PATH": "\(place)/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
        let answer =
            !debian.isEmpty
            ? try await chroot(
                ["--userspec=\(nobody):\(nobody)", debian, virsh.name] + words, input: inside(input),
                environment: environment)
            : isRoot
                ? try await setpriv(identity + words, input: input, environment: environment)
                : try await virsh(words, input: input, environment: environment)
        if isRoot, debian.isEmpty, answer.errors.contains("failed to execute") { throw virsh.missing }
        if answer.errors.contains("no connection driver available") {
            throw Program.Missing(
                description: "libvirt's QEMU driver is missing: install the Debian package libvirt-daemon-driver-qemu")
        }
        if answer.errors.contains("no emulator") || answer.errors.contains("Cannot find suitable emulator") {
            throw Program.Missing(description: "QEMU is missing: install the Debian package qemu-system-x86")
        }
        return answer
    }
}

extension XMLElement {
    /// Takes the network interfaces out of a domain.
    package mutating func removeInterfaces() {
        for index in children.indices {
            guard case .element(var devices) = children[index], devices.name == "devices" else { continue }
            devices.children.removeAll { if case .element(let child) = $0 { child.name == "interface" } else { false } }
            children[index] = .element(devices)
        }
    }
}

extension XMLElement {
    /// Writes the driver of PCI host devices that name none. Every libvirt takes vfio for them when it starts a guest; up to
    /// 9.x its `domxml-to-native` does not find that out (`qemuBuildPCIHostdevDevProps` @ 9.0.0).
    package mutating func nameHostDrivers() {
        for index in children.indices {
            guard case .element(var devices) = children[index], devices.name == "devices" else { continue }
            for index in devices.children.indices {
                guard case .element(var device) = devices.children[index], device.name == "hostdev",
                    device["type"] == "pci", device.first("driver")?["name"] == nil
                else { continue }
                device.children.removeAll { if case .element(let child) = $0 { child.name == "driver" } else { false } }
                device.children.insert(.element(XMLElement("driver", ["name": "vfio"])), at: 0)
                devices.children[index] = .element(device)
            }
            children[index] = .element(devices)
        }
    }
}

/// Directories to remove when the tests end.
private enum Leftovers {
    nonisolated(unsafe) private static var directory: URL?

    /// Called once, by the actor.
    static func removeAtExit(_ url: URL) {
        directory = url
        atexit { if let directory = Leftovers.directory { try? FileManager.default.removeItem(at: directory) } }
    }
}
