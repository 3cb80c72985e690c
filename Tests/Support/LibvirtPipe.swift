import BerthXML
package import Foundation

extension RealLibvirt {
    /// What libvirt makes of a domain that a shell has piped from one libvirt through a program into another:
    /// `virsh dumpxml NAME | PROGRAM | virsh define /dev/stdin`. Two, because one root directory serves one driver at a
    /// time.
    ///
    /// Errors: a part of the pipe that fails, with what all of them complained of; a program that is not installed.
    package static func piped(_ xml: String, through program: URL, _ arguments: [String]) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-pipe-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let roots = ["from", "to"].map { folder.appendingPathComponent($0).path }
        for root in roots { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }
        // Libvirt's user has to be able to run it.
        let copy = folder.appendingPathComponent("program").path
        try FileManager.default.copyItem(atPath: program.resolvingSymlinksInPath().path, toPath: copy)
        let file = folder.appendingPathComponent("domain.xml").path
        try xml.write(toFile: file, atomically: true, encoding: .utf8)
        let name = try XMLDocument(xml, file: file).root.first("name")?.text ?? ""
        let script = """
            from=$1 to=$2 file=$3 name=$4; shift 4
            virsh -q -c "$from" define "$file" >&2 || exit 2
            virsh -q -c "$from" dumpxml --inactive "$name" | "$@" | virsh -q -c "$to" define /dev/stdin >&2 || exit 3
            virsh -q -c "$to" dumpxml --inactive "$name"
            """
        let words =
            ["-o", "pipefail", "-c", script, "bash"] + roots.map { "qemu:///embed?root=\($0)" } + [file, name, copy]
            + arguments
        let isRoot = geteuid() == 0
        if isRoot {
            let nobody: [FileAttributeKey: Any] = [.ownerAccountID: 65534, .groupOwnerAccountID: 65534]
            for path in roots + [folder.path] { try FileManager.default.setAttributes(nobody, ofItemAtPath: path) }
        }
        let (shell, before) =
            isRoot
            ? (
                Program("setpriv", package: "util-linux"),
                ["--reuid=65534", "--regid=65534", "--clear-groups", "--", "bash"]
            ) : (Program("bash", package: "bash"), [])
        let answer = try await shell(before + words, environment: ["HOME": folder.path])
        guard answer.isSuccess else { throw Refusal(description: "the pipe failed: \(answer.errors)") }
        return answer.output
    }
}
