import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// RAM that nobody reserved in the memory map has to be kept free by the kernel.
struct RangeIsKeptFree: Rule {
    let id: RuleID = "range-is-kept-free"
    let watchesBoot = true
    let summary = "the guest's kernel leaves RAM alone that no firmware reserves"
    let documentation = """
        Where neither firmware nor QEMU reserves the range, the guest's kernel has to be told: memmap= takes a range out of \
        Linux's memory map before anything is allocated. Firmware must have nothing there that lives on: what it \
        reserves by itself, stolen memory among it, lies at the top of RAM below 4 GiB. Windows has no such parameter.
        """
    let sources = [
        "Linux Documentation/admin-guide/kernel-parameters.txt, memmap=nn[KMG]$ss[KMG]",
        "SeaBIOS 1.16.2 src/fw/pciinit.c intel_igd_setup, src/malloc.c malloc_preinit",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard case .range(let address?) = berth.backing, berth.combination.memory == .guestRAM, berth.writer == .guest
        else { return [] }
        let numbers: [String: Fact.Quantity] = [
            "address": .address(address.rawValue), "size": .bytes(berth.reserved.rawValue),
        ]
        if let range = GuestRange(start: address, size: berth.reserved),
            let taken = evaluation.outcome.memoryMap.first(where: { $0.kind == .reserved && $0.range.overlaps(range) })
        {
            return [
                .rejects(
                    Fact(
                        id, "the firmware reserves \(taken.range), which meets \(range)", numbers,
                        remedy: "memory that the firmware reserves"), .impossible)
            ]
        }
        switch evaluation.topology.guest {
        case .linux:
            let bytes = berth.reserved.rawValue
            let size = bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes >> 10)K"
            return [
                .costs(
                    Fact(
                        id,
                        "the guest's kernel needs memmap=\(size)$\(address) (not measured)", numbers)),
                .costs(
                    Fact(
                        id,
                        "nobody checks that the firmware has nothing at \(address) that lives on", numbers)),
            ]
        case .windows(let version):
            return [
                .rejects(
                    Fact(
                        id, "Windows \(.windows, version) cannot be told to keep \(address) free", numbers,
                        remedy: "memory that the firmware reserves"), .impossible)
            ]
        case .firmwareOnly:
            return [
                .rejects(
                    Fact(
                        id, "no operating system runs that would keep \(address) free", numbers,
                        remedy: "memory that the firmware reserves"), .impossible)
            ]
        }
    }
}
