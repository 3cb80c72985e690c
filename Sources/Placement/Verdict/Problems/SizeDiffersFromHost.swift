import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// Another size of stolen memory than the host's, under Intel's Windows driver.
struct SizeDiffersFromHost: Problem {
    let id: RuleID = "size-differs-from-host"
    let summary = "x-igd-gms shows Windows another size of stolen memory than the host has"
    let documentation = """
        Intel's Windows driver for gen 11 and 12 was seen to crash where the control word has another size than the host's \
        firmware set, because registers that nobody emulates still have the host's. Where the two agree, or the size is set in \
        the host's firmware ('DVMT Pre-Allocated'), nothing is wrong. Needs the host's control word.
        """
    let sources = ["QEMU commit 971ca22f041b (9.2): why x-igd-gms was dropped"]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, let igd = situation.igd, igd.graphicsControl != nil,
            let generation = situation.generation, (.gen11...(.gen12)).contains(generation),
            situation.qemu?.emulatesGraphicsControl == true
        else { return [] }
        let (shown, host) = (situation.topology.visibleStolenMemory, igd.hostStolenMemory)
        guard shown != host, shown > .zero else { return [] }
        return [
            consequence(
                .degraded, .code43,
                "the guest is shown \(shown) of stolen memory and the host has \(host); Intel's driver was seen to crash",
                ["shown": .bytes(shown.rawValue), "host": .bytes(host.rawValue)],
                remedy: "the host's size: no x-igd-gms, and 'DVMT Pre-Allocated' in the host's firmware")
        ]
    }
}
