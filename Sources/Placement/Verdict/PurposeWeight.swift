import BerthDiagnostics
import BerthTopology

/// What a consequence comes to for a purpose.
///
/// Problems speak of a guest with a monitor whose user looks at it from power-on.
extension Verdict {
    func weighed(for purpose: Purpose) -> Verdict {
        Verdict(consequences.compactMap { $0.weighed(for: purpose) })
    }
}

extension Consequence {
    /// Nil for what is nothing to this purpose.
    fileprivate func weighed(for purpose: Purpose) -> Consequence? {
        var copy = self
        switch (purpose, symptom) {
        // The purpose is a picture before the OS.
        case (.bootDisplay, .noEarlyPicture) where level == .degraded: copy.level = .fails
        case (.display, .noEarlyPicture): copy.level = .works
        case (.render, .noEarlyPicture), (.render, .guessedOutputs), (.render, .requestsIgnored),
            (.render, .partlyBlack),
            (.render, .noStolenMemory), (.render, .filesMissing):
            return nil
        case (.render, .garbledScreen): copy.level = .works
        default: break
        }
        return copy
    }
}
