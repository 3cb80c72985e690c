import BerthStack
import ArgumentParser
import BerthDiagnostics
import BerthStack

/// Which releases a guest is read for.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The releases a distribution ships together, such as debian-13; 'berth catalog stacks' lists them.",
            valueName: "name"))
    var stack: String?

    @Option(help: "Another QEMU release, such as 10.1.")
    var qemuVersion: String?

    /// `fallback` is what is taken where neither these options nor the input name a stack.
    ///
    /// Errors: a stack or a release that is not known.
    func choice(fallback: Stack = .standard) throws(InputError) -> StackChoice {
        var choice = StackChoice(fallback: fallback)
        if let stack { choice.named = try Self.value(stack, "stack", Stack.parse) }
        if let qemuVersion { choice.qemu = try Self.value(qemuVersion, "qemu-version", QEMURelease.parse) }
        return choice
    }

    /// The value of an option. Errors: a name that stands for nothing, with those that are near.
    static func value<Value>(
        _ text: String, _ option: String, _ parse: (String) throws(UnknownName) -> Value
    ) throws(InputError) -> Value {
        do {
            return try parse(text)
        } catch {
            throw InputError("--\(option): \(error)", rule: "usage", kind: .usage)
        }
    }
}
