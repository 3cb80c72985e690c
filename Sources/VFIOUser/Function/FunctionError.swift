import Glibc

/// Why a function cannot be described or served.
public enum FunctionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A BAR that no client can show to a guest; the number of the BAR and what is wrong with it.
    case bar(Int, String)
    /// An option ROM or a register that does not fit; what is wrong with it.
    case description(String)
    /// More memory behind BARs than the machine has, both in bytes.
    case memory(needed: UInt64, installed: UInt64)
    /// A path that no socket can have; what is wrong with it.
    case path(String, String)
    /// Somebody answers on the socket.
    case inUse(String)
    /// A call of the system failed; what it was for, and errno.
    case system(String, Int32)

    /// For people, lower case, no full stop.
    public var description: String {
        switch self {
        case .bar(let number, let what): "BAR \(number): \(what)"
        case .description(let what): what
        case .memory(let needed, let installed):
            "\(Self.mebibytes(needed)) MiB behind BARs are more than the \(Self.mebibytes(installed)) MiB of this machine"
        case .path(let path, let what): "the socket '\(path)' \(what)"
        case .inUse(let path):
            "the socket '\(path)' is in use: another server answers there; a guest has one server for each of its carriers"
        case .system(let what, let number): "\(what): \(String(cString: strerror(number)))"
        }
    }

    private static func mebibytes(_ bytes: UInt64) -> UInt64 { bytes >> 20 }
}
