import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Windows believes the host's size of stolen memory.
struct WindowsLosesMemory: Problem {
    let id: RuleID = "windows-loses-memory"
    let summary = "Windows counts the host's stolen memory as its own and loses RAM"
    let documentation = """
        Without BDSM of its own the guest reads the host's control word, too. Windows takes the size off its \
        RAM, and more than that was seen: over 4 GiB. x-igd-gms helps where QEMU emulates the word: in legacy \
        mode, and everywhere from 10.0 on.
        """
    let sources = [
        "https://github.com/intel/gvt-linux/issues/23, comment of 28 February 2020"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, let fact = situation.rejection(.hostAddress) else { return [] }
        let size = situation.igd?.hostStolenMemory ?? .zero
        return [
            consequence(
                .degraded, .memoryMissing, "Windows reads the host's control word, \(size): \(fact.statement)",
                ["size": .bytes(size.rawValue)], remedy: fact.remedy)
        ]
    }
}
