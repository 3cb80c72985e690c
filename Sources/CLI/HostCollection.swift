import BerthHost
import BerthInstalled
import BerthLogs
import BerthStack
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// What of the host goes into a bundle: bounded in time and size, no shell, no network.
enum HostCollection {
    static func add(to collected: inout Collected) {
        var name = [CChar](repeating: 0, count: 256)
        if gethostname(&name, name.count - 1) == 0 {
            let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            collected.redaction.hide(String(decoding: bytes, as: UTF8.self), as: "host")
        }
        var tree = HostFolder.read(below: "/")
        tree.files["proc/iomem"] = nil
        let hasFunctions = SysfsTree.isIn(tree)
        collected.tree = tree
        let (lspci, dmesg, stack) = asked()
        if let lspci {
            collected.add("host/lspci.txt", lspci)
        } else if !hasFunctions {
            collected.notes.append("there is no /sys/bus/pci, and lspci is not installed, or does not answer")
        }
        if let iomem = try? Input.bytes("/proc/iomem", limit: 1 << 20) {
            collected.add("host/iomem.txt", String(decoding: iomem, as: UTF8.self))
        }
        if geteuid() != 0 { collected.notes.append("not run as root: registers and addresses may be missing") }
        if let dmesg {
            collected.add(Bundle.hostLog, relevant(dmesg))
        } else {
            collected.notes.append("dmesg cannot be read; as root it can")
        }
        logs(&collected)
        collected.add("versions.txt", versions(stack))
    }

    private static func asked() -> (lspci: String?, dmesg: String?, stack: Stack?) {
        Waiting.value {
            let machine = ThisMachine(patience: .seconds(10))
            let lspci = await machine.output(of: "lspci", ["-D", "-nn", "-vvv", "-xxx"])
            let dmesg = await machine.output(of: "dmesg", [], limit: 32 << 20)
            return (lspci, dmesg, await ThisMachine().stack().stack)
        } ?? (nil, nil, nil)
    }

    /// Words of lines that matter, known message or not.
    private static let words = [
        "DMAR", "vfio", "i915", "xe 0000:00:02", "0000:00:02.", "Intel graphics", "Linux version", "DMI:", "kvm", "VMX",
        "efifb", "simple-framebuffer", "snd_hda", "Command line:", "IOMMU", "iommu", "vgaarb", "mei_",
    ]

    private static func relevant(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true).filter { line in
            words.contains { line.contains($0) }
        }.joined(separator: "\n") + "\n"
    }

    /// libvirt's folder of QEMU's logs: the end of each, the newest run of a guest is there.
    private static func logs(_ collected: inout Collected) {
        let folder = "/var/log/libvirt/qemu"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".log")
        }.sorted()
        for (index, name) in names.prefix(20).enumerated() {
            collected.redaction.hide(String(name.dropLast(4)), as: "guest")
            guard let bytes = try? Input.bytes("\(folder)/\(name)") else {
                collected.notes.append("\(folder)/\(name) cannot be read")
                continue
            }
            let text = String(decoding: bytes.suffix(1 << 18), as: UTF8.self)
            collected.add("logs/qemu-\(index + 1).log", text)
        }
    }

    private static func versions(_ stack: Stack?) -> String {
        var name = utsname()
        uname(&name)
        let release = withUnsafeBytes(of: &name.release) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        var lines = ["linux \(release)"]
        if let stack {
            lines += stack.parts.map { "\($0.product) \($0.release)" }
        } else {
            lines.append("no QEMU is installed")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
