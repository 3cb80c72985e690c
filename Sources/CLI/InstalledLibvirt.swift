import BerthInstalled
import BerthLibvirtRules
import BerthStack
import FoundationEssentials

/// What of libvirt and QEMU is installed here.
enum InstalledLibvirt {
    /// Where Debian's libvirt0 and every other package puts it.
    static let schemaPath = "/usr/share/libvirt/schemas/domain.rng"

    static var schema: String? { FileManager.default.fileExists(atPath: schemaPath) ? schemaPath : nil }

    /// The release that the schema is of, as the package database has it; nil where there is none that says so.
    static let release: LibvirtRelease? = PackageDatabase.installed(below: "").version(of: .libvirt)?.libvirt

    /// Nothing is known about a machine without QEMU: guests for others are made there.
    static let host: LibvirtHost = {
        guard FileManager.default.fileExists(atPath: "/usr/bin/qemu-system-x86_64") else { return LibvirtHost() }
        return LibvirtHost(
            hasHugePages: hasHugePages, firmwareInterfaces: firmwareInterfaces, scsiDevices: scsiDevices,
            numaNodes: numaNodes)
    }()

    /// Starts to read what a document is judged with, while its caller still has other things to do.
    static func readAhead() {
        Task.detached {
            _ = release
            _ = host
            DomainRules.readAhead()
        }
    }

    private static var hasHugePages: Bool? {
        guard let mounts = try? Input.bytes("/proc/mounts") else { return nil }
        return String(decoding: mounts, as: UTF8.self).split(separator: "\n").contains { line in
            line.split(separator: " ").dropFirst(2).first == "hugetlbfs"
        }
    }

    /// A machine without NUMA has no such folder, and nothing is known.
    private static var numaNodes: Set<Int>? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/sys/devices/system/node")
        let numbers = (names ?? []).compactMap { $0.hasPrefix("node") ? Int($0.dropFirst(4)) : nil }
        return numbers.isEmpty ? nil : Set(numbers)
    }

    private static var scsiDevices: Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: "/sys/bus/scsi/devices")) ?? [])
    }

    /// Those of firmware descriptors (QEMU docs/interop/firmware.json); a folder that is not there adds none.
    private static var firmwareInterfaces: Set<String>? {
        struct Descriptor: Decodable {
            var interfaceTypes: [String]
            private enum CodingKeys: String, CodingKey { case interfaceTypes = "interface-types" }
        }
        var found: Set<String> = []
        for folder in ["/usr/share/qemu/firmware", "/etc/qemu/firmware"] {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                guard name.hasSuffix(".json"), let bytes = try? Input.bytes("\(folder)/\(name)", limit: 1 << 20),
                    let descriptor = try? JSONDecoder().decode(Descriptor.self, from: Data(bytes))
                else { continue }
                found.formUnion(descriptor.interfaceTypes)
            }
        }
        return found
    }
}
