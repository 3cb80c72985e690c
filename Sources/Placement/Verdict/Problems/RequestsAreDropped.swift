import BerthDiagnostics
import BerthTopology

/// What the driver writes to the OpRegion is lost.
struct RequestsAreDropped: Problem {
    let id: RuleID = "requests-are-dropped"
    let summary = "what the driver asks of the OpRegion does not happen"
    let documentation = """
        Drivers write to the OpRegion: that they are ready, how bright the panel should be. Where writes are \
        dropped, the brightness keys do nothing.
        """
    let sources = [
        "google/crosvm devices/src/pci/vfio_pci.rs: writes are ignored, tested with Linux only"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.state == .served, let memory = situation.berth?.combination.memory,
            memory == .hostMemoryReadOnly || memory == .forwardedReads, situation.guest != .firmwareOnly
        else { return [] }
        return [consequence(.degraded, .requestsIgnored, "what the driver writes to the OpRegion is dropped")]
    }
}
