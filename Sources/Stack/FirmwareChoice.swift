/// The kinds of firmware that are modelled.
package enum FirmwareKind: String, Hashable, Sendable, CaseIterable { case seabios, ovmf }

/// Which firmware a guest boots with, and which release of it.
package enum FirmwareChoice: Hashable, Sendable, CustomStringConvertible {
    case seabios(SeaBIOSRelease)
    case ovmf(OVMFRelease)

    /// The release that a stack has of a kind.
    package init(_ kind: FirmwareKind, of stack: Stack = .standard) {
        switch kind {
        case .seabios: self = .seabios(stack.seabios)
        case .ovmf: self = .ovmf(stack.ovmf)
        }
    }

    /// Reads `seabios`, `ovmf`, which are those of the stack, and `seabios:1.16.2`. Nil for another kind, and for a
    /// release that is not known.
    package init?(_ text: String, of stack: Stack = .standard) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = FirmwareKind(rawValue: parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(kind, of: stack)
            return
        }
        switch kind {
        case .seabios:
            guard let release = SeaBIOSRelease(parts[1]) else { return nil }
            self = .seabios(release)
        case .ovmf:
            guard let release = OVMFRelease(parts[1]) else { return nil }
            self = .ovmf(release)
        }
    }

    package var kind: FirmwareKind {
        switch self {
        case .seabios: .seabios
        case .ovmf: .ovmf
        }
    }

    private var release: any Release {
        switch self {
        case .seabios(let release): release
        case .ovmf(let release): release
        }
    }

    /// The release as its makers write it: `1.16.2`, `2022.11`.
    package var version: String { release.description }
    package var isMeasured: Bool { release.isMeasured }
    package var description: String { "\(kind.rawValue):\(version)" }

    /// The releases of a kind that can be chosen, oldest first.
    package static func versions(_ kind: FirmwareKind) -> [String] {
        switch kind {
        case .seabios: SeaBIOSRelease.known.map(\.description)
        case .ovmf: OVMFRelease.known.map(\.description)
        }
    }

    /// What `init(_:)` reads, for messages.
    package static var knownNames: [String] {
        FirmwareKind.allCases.flatMap { kind in [kind.rawValue] + versions(kind).map { "\(kind.rawValue):\($0)" } }
    }
}
