package import BerthDiagnostics
package import BerthStack

/// What ran while a case was recorded, as the packages of its distribution name it.
package struct RecordedStack: Codable, Hashable, Sendable {
    package var qemu: String?
    package var seabios: String?
    package var ovmf: String?
    package var linux: String?

    /// Debian 12's, as for a case that does not say.
    package init() {}

    /// What the names stand for; Debian 12's where nothing is said.
    ///
    /// Errors: a name without a release in it, or one of a release that is not known.
    package func releases(source: String) throws(InputError) -> Stack {
        var stack = Stack.standard
        stack.qemu = try release(qemu, "qemu", source) ?? stack.qemu
        stack.seabios = try release(seabios, "seabios", source) ?? stack.seabios
        stack.ovmf = try release(ovmf, "ovmf", source) ?? stack.ovmf
        stack.linux = try release(linux, "linux", source) ?? stack.linux
        return stack
    }

    /// `1:10.0.13+ds-0+deb13u1` is 10.0.13: without epoch, and without what a distribution adds.
    private func release<R: Release>(_ text: String?, _ key: String, _ source: String) throws(InputError) -> R? {
        guard let text else { return nil }
        do {
            return try R.parse(String(PackageVersion(text).upstream))
        } catch {
            throw InputError(
                "'\(key)' in 'ran' of the recorded case is '\(text)': \(error)", rule: "recorded-case",
                at: SourceLocation(file: source))
        }
    }
}
