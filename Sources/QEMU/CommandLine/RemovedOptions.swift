import BerthDiagnostics
import BerthStack
import BerthTopology

/// Options that not every release has: done where the release has them, named where it has not.
extension CommandLineReader {
    /// An option that some release removed, as it was given.
    struct OldOption {
        var option: RemovedOption
        /// Empty for one without an argument.
        var value: String
        var position: Int
    }

    /// Once the release is settled.
    mutating func takeOldOptions() {
        for old in oldOptions {
            if topology.qemu < old.option.release { carryOut(old) } else { warn(of: old) }
        }
        // Their devices stand where the options stood.
        arguments = arguments.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        .map(\.element)
    }

    private mutating func warn(of old: OldOption) {
        let instead = old.option.instead.map { "; \($0) stands for it" } ?? ""
        let functions = Self.functions(of: old)
        let without = functions.isEmpty ? "" : "; \(functions.joined(separator: ", ")) is left out"
        warn("QEMU \(old.option.release) removed -\(old.option.name)\(instead)\(without)", old.position)
    }

    private mutating func carryOut(_ old: OldOption) {
        switch old.option.name {
        case "soundhw": sounds += Self.functions(of: old)
        case "watchdog", "balloon": for model in Self.functions(of: old) { addImplicit(model, old.position) }
        case "no-kvm": accelerate("tcg")
        case "no-acpi": switchOffACPI(old.position)
        default: break
        }
    }

    /// The models of the PCI functions that an option makes.
    private static func functions(of old: OldOption) -> [String] {
        switch old.option.name {
        case "soundhw": Self.soundCards(old.value)
        case "watchdog": old.value == "i6300esb" ? ["i6300esb"] : []
        case "balloon": old.value.hasPrefix("virtio") ? ["virtio-balloon-pci"] : []
        default: []
        }
    }

    /// Those of `-soundhw` and `-audio model=` that are PCI functions, in the order in which QEMU makes them.
    ///
    /// Source: hw/audio/soundhw.c and what registers itself there @ QEMU 10.0.
    static func soundCards(_ names: String) -> [String] {
        let cards = ["ac97": "AC97", "es1370": "ES1370", "hda": "intel-hda", "virtio": "virtio-sound-pci"]
        if names == "all" { return ["AC97", "ES1370", "intel-hda"] }
        return names.split(separator: ",").compactMap { cards[String($0)] }
    }
}
