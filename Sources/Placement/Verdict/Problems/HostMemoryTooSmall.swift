import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthTopology

/// The host has not the memory, or not the pages, that the guest's locked memory needs.
struct HostMemoryTooSmall: Problem {
    let id: RuleID = "host-memory-too-small"
    let summary = "the host has less memory, or fewer huge pages, than the guest takes"
    let documentation = """
        With a device of the host's all of the guest's memory is there from the start and stays: nothing is swapped out, ballooning gives \
        nothing back. Huge pages are taken at the start, too, and those that are free have to be enough: \
        'Insufficient free host memory pages available to allocate guest RAM'.
        """
    let sources = [
        "Linux drivers/vfio/vfio_iommu_type1.c vfio_pin_pages_remote",
        "QEMU util/oslib-posix.c qemu_prealloc_mem",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.igd != nil, let system = situation.host?.system else { return [] }
        let ram = situation.topology.ram
        if let memory = system.memory, memory <= ram.size {
            return [
                consequence(
                    .fails, .refusesToStart,
                    "all \(ram.size) of the guest's memory is taken at the start, and the host has \(memory)",
                    ["memory": .bytes(ram.size.rawValue), "host": .bytes(memory.rawValue)],
                    remedy: "less memory for the guest")
            ]
        }
        guard let size = ram.hugePage, size > .zero, let pages = system.hugePages else { return [] }
        let needed = Int(clamping: (ram.size.rawValue - 1) / size.rawValue + 1)
        let found = pages.first { $0.size == size.rawValue }
        guard (found?.free ?? 0) < needed else { return [] }
        return [
            consequence(
                .fails, .refusesToStart,
                "the guest takes \(needed) pages of \(size), and the host has \(found?.free ?? 0) free of \(found?.total ?? 0)",
                ["memory": .bytes(ram.size.rawValue), "page": .bytes(size.rawValue)],
                remedy:
                    "hugepagesz=\(Self.option(size)) hugepages=\(max(needed, needed + (found?.total ?? 0) - (found?.free ?? 0))) on the host's kernel command line"
            )
        ]
    }

    private static func option(_ size: ByteCount) -> String { size == .gib(1) ? "1G" : "\(size.rawValue >> 20)M" }
}
