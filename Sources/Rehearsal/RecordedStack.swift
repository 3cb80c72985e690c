package import BerthDiagnostics
package import BerthStack

/// What ran while a case was recorded, as the packages of its distribution name it.
package struct RecordedStack: Codable, Hashable, Sendable {
    private var qemu: String?
    private var linux: String?
    /// By the name of the kind.
    private var firmware: [String: String] = [:]

    /// Debian 12's, as for a case that does not say.
    package init() {}

    private struct Key: CodingKey {
        var stringValue: String
        init(stringValue: String) { self.stringValue = stringValue }
        var intValue: Int? { nil }
        init?(intValue: Int) { nil }

        static let qemu = Key(stringValue: "qemu")
        static let linux = Key(stringValue: "linux")
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        qemu = try container.decodeIfPresent(String.self, forKey: .qemu)
        linux = try container.decodeIfPresent(String.self, forKey: .linux)
        for kind in FirmwareKind.allCases {
            firmware[kind.rawValue] = try container.decodeIfPresent(
                String.self, forKey: Key(stringValue: kind.rawValue))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(qemu, forKey: .qemu)
        try container.encodeIfPresent(linux, forKey: .linux)
        for (kind, version) in firmware { try container.encode(version, forKey: Key(stringValue: kind)) }
    }

    /// What the names stand for; Debian 12's where nothing is said.
    ///
    /// Errors: a name without a release in it, or one of a release that is not known.
    package func releases(source: String) throws(InputError) -> Stack {
        var stack = Stack.standard
        if let release = try read(qemu, "qemu", source, QEMURelease.parse) { stack.qemu = release }
        for kind in FirmwareKind.allCases {
            let release = try read(firmware[kind.rawValue], kind.rawValue, source) {
                (text) throws(UnknownName) in try FirmwareChoice.parse(text, kind)
            }
            if let release { stack.take(release) }
        }
        if let release = try read(linux, "linux", source, LinuxRelease.parse) { stack.linux = release }
        return stack
    }

    /// `1:10.0.13+ds-0+deb13u1` is 10.0.13: without epoch, and without what a distribution adds.
    private func read<R>(
        _ text: String?, _ key: String, _ source: String, _ parse: (String) throws(UnknownName) -> R
    ) throws(InputError) -> R? {
        guard let text else { return nil }
        do {
            return try parse(String(PackageVersion(text).upstream))
        } catch {
            throw InputError(
                "'\(key)' in 'ran' of the recorded case is '\(text)': \(error)", rule: "recorded-case",
                at: SourceLocation(file: source))
        }
    }
}
