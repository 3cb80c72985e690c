import BerthDiagnostics

/// Which firmware the guest boots with.
package struct FirmwareChoice: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case seabios, ovmf }

    package var kind: Kind
    /// As its makers write it: `1.16.2`, `2022.11`.
    package var version: String

    package init(_ kind: Kind, version: String? = nil) {
        self.kind = kind
        self.version = version ?? Self.measured(kind)
    }

    /// Reads `seabios`, `ovmf`, `seabios:1.16.2`. Nil for another kind or an empty version.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = Kind(rawValue: parts[0]), parts.count == 1 || Self.versions(kind).contains(parts[1])
        else { return nil }
        self.init(kind, version: parts.count == 2 ? parts[1] : nil)
    }

    /// The version the predictions were compared with (Debian 12).
    package static func measured(_ kind: Kind) -> String { kind == .seabios ? "1.16.2" : "2022.11" }

    /// The versions that are modelled.
    package static func versions(_ kind: Kind) -> [String] {
        kind == .seabios
            ? ["1.16.2", "1.16.3", "1.17.0"]
            : ["2022.11", "2023.02", "2023.05", "2023.08", "2024.02", "2024.08", "2025.05"]
    }

    package var isMeasured: Bool { version == Self.measured(kind) }
    package var description: String { "\(kind.rawValue):\(version)" }

    /// What `init(_:)` reads, for messages.
    package static var knownNames: [String] {
        Kind.allCases.flatMap { kind in [kind.rawValue] + versions(kind).map { "\(kind.rawValue):\($0)" } }
    }
}
