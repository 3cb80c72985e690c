import ArgumentParser
import BerthDiagnostics

/// The exit statuses of the tool, with their names in sysexits.h.
enum ExitStatus {
    /// The answer is no.
    static let no = ExitCode(1)
    /// EX_USAGE
    static let usage = ExitCode(64)
    /// EX_DATAERR
    static let unusable = ExitCode(65)
    /// EX_NOINPUT
    static let missing = ExitCode(66)
    /// EX_UNAVAILABLE
    static let unavailable = ExitCode(69)
    /// EX_SOFTWARE
    static let defect = ExitCode(70)
    /// EX_CANTCREAT
    static let notWritable = ExitCode(73)

    static func of(_ kind: InputError.Kind) -> ExitCode {
        switch kind {
        case .unusable: unusable
        case .missing: missing
        case .usage: usage
        case .notWritable: notWritable
        }
    }
}
