import ArgumentParser
import BerthDiagnostics
import BerthInstalled
import BerthStack
import Glibc

/// Which releases a guest is read for.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The releases a distribution ships together, such as debian-13 ('berth catalog stacks'); else those of this machine.",
            valueName: "name"))
    var stack: String?

    @Option(help: "Another QEMU release, such as 10.1.")
    var qemuVersion: String?

    @Option(
        help: ArgumentHelp(
            "Another libvirt release, such as 12.8, where it reads a domain; else that of the stack.",
            valueName: "release"))
    var libvirt: String?

    /// `kept` is what is taken where neither these options nor the input name a stack: where it is nil, that of the
    /// environment's `BERTH_STACK`, of this machine, or the newest one that is measured.
    ///
    /// Errors: a stack or a release that is not known.
    func choice(kept: Stack? = nil) throws(InputError) -> StackChoice {
        var choice = try named()
        if let known = kept ?? choice.named {
            choice.fallback = known
        } else if let environment = try Self.environment() {
            choice.fallback = environment
        } else {
            choice.fallback = Self.thisMachine() ?? Stack.newestMeasured
        }
        return choice
    }

    /// What these options name, and nothing of this machine.
    ///
    /// Errors: a stack or a release that is not known.
    func named() throws(InputError) -> StackChoice {
        try Self.named(stack: stack, qemuVersion: qemuVersion, libvirt: libvirt)
    }

    /// The same with names from elsewhere.
    static func named(stack: String?, qemuVersion: String?, libvirt: String?) throws(InputError) -> StackChoice {
        var choice = StackChoice()
        if let stack { choice.named = try value(stack, "stack", Stack.parse) }
        if let qemuVersion { choice.qemu = try value(qemuVersion, "qemu-version", QEMURelease.parse) }
        if let libvirt { choice.libvirt = try value(libvirt, "libvirt", LibvirtRelease.parse) }
        return choice
    }

    /// Nil where no QEMU is installed.
    private static func thisMachine() -> Stack? {
        guard let (stack, notes) = Waiting.value(of: { await ThisMachine().stack() }) else { return nil }
        for note in notes { Output.complain("note: \(note) [stack]") }
        return stack
    }

    /// Errors: a name that no stack has.
    private static func environment() throws(InputError) -> Stack? {
        guard let value = getenv("BERTH_STACK"), value.pointee != 0 else { return nil }
        return try Self.value(String(cString: value), from: "BERTH_STACK", Stack.parse)
    }

    /// The value of an option. Errors: a name that stands for nothing, with those that are near.
    static func value<Value>(
        _ text: String, _ option: String, _ parse: (String) throws(UnknownName) -> Value
    ) throws(InputError) -> Value {
        try value(text, from: "--\(option)", parse)
    }

    private static func value<Value>(
        _ text: String, from place: String, _ parse: (String) throws(UnknownName) -> Value
    ) throws(InputError) -> Value {
        do {
            return try parse(text)
        } catch {
            throw InputError("\(place): \(error)", rule: "usage", kind: .usage)
        }
    }
}
