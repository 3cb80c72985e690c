package import BerthStack
import FoundationEssentials
import Glibc

/// A kernel, a busybox and modules, as a distribution installs them.
package struct LinuxInstallation: Hashable, Sendable {
    /// `/boot/vmlinuz-6.1.0-40-amd64`
    package var kernel: String
    /// `6.1.0-40-amd64`; nil where its file is called otherwise.
    package var version: String?
    private var busybox: String

    /// The kernel named, or the newest one that is installed.
    ///
    /// Errors: no kernel, no busybox that is linked statically.
    package init(kernel named: String?) throws(GuestRun.Failure) {
        guard let kernel = named ?? Self.newestKernel else {
            throw .missing(file: "/boot/vmlinuz-*", package: "linux-image-amd64")
        }
        guard access(kernel, R_OK) == 0 else { throw .missing(file: kernel, package: "linux-image-amd64") }
        guard let busybox = ["/bin/busybox", "/usr/bin/busybox"].first(where: GuestProcess.isInstalled) else {
            throw .missing(file: "/bin/busybox", package: "busybox-static")
        }
        self.kernel = kernel
        self.busybox = busybox
        let name = kernel.split(separator: "/").last.map(String.init) ?? kernel
        version = name.hasPrefix("vmlinuz-") ? String(name.dropFirst("vmlinuz-".count)) : nil
    }

    /// Of the version: `6.12.117`; nil where that says nothing.
    package var release: LinuxRelease? {
        version.flatMap { LinuxRelease(grammar: String($0.prefix { $0.isNumber || $0 == "." })) }
    }

    private static var newestKernel: String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/boot")) ?? []
        let numbers = { (name: String) in name.split { !$0.isNumber }.compactMap { Int($0) } }
        return names.filter { $0.hasPrefix("vmlinuz-") }.max {
            numbers($0).lexicographicallyPrecedes(numbers($1))
        }.map { "/boot/\($0)" }
    }

    /// Copies it all to where the guest's files lie: a QEMU in another root sees nothing else.
    func image(modules names: [String], in folder: PrivateFolder) throws -> LinuxImage {
        let files = try names.isEmpty ? [] : modules(names)
        let kernelCopy = folder.file("vmlinuz")
        try FileManager.default.copyItem(atPath: kernel, toPath: kernelCopy)
        var archive = CPIOArchive()
        for name in ["bin", "proc", "sys", "dev", "mod"] { archive.addFolder(name) }
        archive.addFile("bin/busybox", try Self.bytes(busybox))
        for path in files { archive.addFile("mod/\(Self.name(path))", try Self.bytes(path)) }
        archive.addFile("init", Array(LinuxImage.script(modules: files.map(Self.name)).utf8))
        try folder.write(archive.closed(), to: "initrd")
        return LinuxImage(kernel: kernelCopy, fileSystem: folder.file("initrd"), modules: names)
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    /// Files of modules, each behind what it needs, by `modules.dep`. What has no file is built in.
    private func modules(_ names: [String]) throws -> [String] {
        guard let version, let boot = kernel.ranges(of: "/boot/").last else {
            throw GuestRun.Failure.missing(file: "modules of \(kernel)", package: "linux-image-amd64")
        }
        let folder = "\(kernel[..<boot.lowerBound])/lib/modules/\(version)"
        guard let list = try? Self.bytes("\(folder)/modules.dep") else {
            throw GuestRun.Failure.missing(file: "\(folder)/modules.dep", package: "linux-image-\(version)")
        }
        var needs: [String: [String]] = [:]
        var paths: [String: String] = [:]
        for line in String(decoding: list, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard let path = parts.first else { continue }
            needs[path] = parts.count > 1 ? parts[1].split(separator: " ").map(String.init) : []
            let stem = Self.name(path).prefix { $0 != "." }.map { $0 == "-" ? "_" : $0 }
            paths[String(stem)] = path
        }
        var order: [String] = []
        func add(_ path: String) {
            guard !order.contains(path) else { return }
            for other in (needs[path] ?? []).reversed() { add(other) }
            if !order.contains(path) { order.append(path) }
        }
        for name in names {
            if let path = paths[String(name.map { $0 == "-" ? "_" : $0 })] { add(path) }
        }
        return order.map { "\(folder)/\($0)" }
    }
}

/// The archive that a kernel unpacks as its first file system.
///
/// Source: Documentation/driver-api/early-userspace/buffer-format.rst @ Linux 6.1, "newc".
struct CPIOArchive {
    private var bytes: [UInt8] = []
    private var count = 0

    mutating func addFolder(_ name: String) { add(name, mode: 0o040755, []) }
    mutating func addFile(_ name: String, _ content: [UInt8]) { add(name, mode: 0o100755, content) }

    func closed() -> [UInt8] {
        var copy = self
        copy.add("TRAILER!!!", mode: 0, [])
        return copy.bytes
    }

    private mutating func add(_ name: String, mode: Int, _ content: [UInt8]) {
        count += 1
        let fields = [count, mode, 0, 0, 1, 0, content.count, 0, 0, 0, 0, name.utf8.count + 1, 0]
        bytes += Array("070701".utf8)
        for field in fields {
            let text = String(field, radix: 16, uppercase: true)
            bytes += Array((String(repeating: "0", count: 8 - text.count) + text).utf8)
        }
        bytes += Array(name.utf8) + [0]
        align()
        bytes += content
        align()
    }

    private mutating func align() { while bytes.count % 4 != 0 { bytes.append(0) } }
}
