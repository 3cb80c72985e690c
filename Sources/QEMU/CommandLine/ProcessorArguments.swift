import BerthDiagnostics
import BerthStack
import BerthTopology

/// What a command line says of the processor, and what follows once machine and devices are known.
///
/// Under KVM the vendor is the host's, whatever the model (`host_cpu_instance_init` in target/i386/host-cpu.c @ QEMU),
/// and a host with an IGD is Intel's. The width is the host's only where it is asked for: by `-cpu host` or `max`
/// (`host_cpu_max_instance_init`), by `host-phys-bits`, or by the machine type of a distribution; every other model has QEMU's
/// 40 bits (`host_cpu_adjust_phys_bits`), which firmware does not believe of an Intel processor.
///
/// From the machines of 9.1 on KVM's own width for guests goes with either, no more than the other
/// (`kvm_set_guest_phys_bits` in target/i386/kvm/kvm-cpu.c, `pc_compat_9_0` in hw/i386/pc.c @ QEMU 10.0): with page tables in
/// hardware it is the host's (`__do_cpuid_func` in arch/x86/kvm/cpuid.c @ Linux 6.10; a kernel before says nothing).
struct ProcessorArguments {
    enum Accelerator { case kvm, tcg }

    /// The last one named.
    private(set) var accelerator: Accelerator?
    private var model: String?
    private var vendor: Processor.Vendor?
    private var bits: Int?
    private var hasHostBits: Bool?
    private var hostBitsLimit: Int?
    /// 0 for none; nil where QEMU decides.
    private var guestBits: Int?
    private var hasGiantPages: Bool?
    private var position = 1

    /// `-accel`'s argument, or the value of `-machine accel=`.
    mutating func accelerate(_ value: String) {
        if value.hasPrefix("kvm") {
            accelerator = .kvm
        } else if value.hasPrefix("tcg") {
            accelerator = .tcg
        }
    }

    /// Something that QEMU would refuse, in its words.
    struct Refusal: Error {
        var message: String
        var position: Int
    }

    /// Errors: a width that is none.
    mutating func read(_ value: String, _ position: Int) throws(Refusal) {
        let options = OptionString(value)
        self.position = position
        model = options.implied ?? model
        if let text = options["vendor"] { vendor = Processor.Vendor(identification: text) }
        bits = try width("phys-bits", options, none: "0") ?? bits
        if let text = options["host-phys-bits"] { hasHostBits = Self.isOn(text) }
        hostBitsLimit = try width("host-phys-bits-limit", options, none: "0") ?? hostBitsLimit
        guestBits =
            options["guest-phys-bits"] == "0" ? 0 : try width("guest-phys-bits", options, none: "-1") ?? guestBits
        if let pages = options["pdpe1gb"] { hasGiantPages = Self.isOn(pages) }
        if options["+pdpe1gb"] != nil { hasGiantPages = true }
        if options["-pdpe1gb"] != nil { hasGiantPages = false }
    }

    private func width(_ name: String, _ options: OptionString, none: String) throws(Refusal) -> Int? {
        guard let text = options[name], text != none else { return nil }
        // What is too much, the release says (`processor`); with 64 bits none starts.
        guard let number = Int(text), (32..<64).contains(number) else { throw tooWide(name, text) }
        return number
    }

    private func tooWide(_ name: String, _ text: String) -> Refusal {
        Refusal(message: "\(name) should be between 32 and 52 (but is \(text))", position: position)
    }

    /// No processor has more than 52 bits. QEMU refused more until 11.0; firmware makes nothing of them.
    private func limited(_ width: Int?, _ name: String, _ release: QEMURelease) throws(Refusal) -> Int? {
        guard let width, width > 52 else { return width }
        guard release.takesAnyAddressWidth else { throw tooWide(name, "\(width)") }
        return 52
    }

    typealias Note = (severity: Severity, message: String, position: Int, assumption: Finding.Assumption?)

    private static func isOn(_ text: String) -> Bool { ["on", "true", "yes", "y"].contains(text) }

    /// The processor of a guest, and what is assumed of it; `hasIGD`: the device itself, or a share of it. TCG runs no such
    /// guest in earnest, so that only who asks for it by name gets the processor that TCG makes.
    ///
    /// Errors: a model that the release does not have.
    func processor(
        hasIGD: Bool, machine: Machine, version: QEMURelease, release: QEMURelease
    ) throws(Refusal) -> (processor: Processor, note: Note?) {
        var arguments = self
        arguments.bits = try limited(bits, "phys-bits", release)
        arguments.guestBits = try limited(guestBits, "guest-phys-bits", release)
        return try arguments.settled(hasIGD, machine, version, release)
    }

    private func settled(
        _ hasIGD: Bool, _ machine: Machine, _ version: QEMURelease, _ release: QEMURelease
    ) throws(Refusal) -> (processor: Processor, note: Note?) {
        let usesKVM = accelerator == .kvm || hasIGD && accelerator == nil
        let name = model ?? "qemu64"
        let known = ProcessorModels.model(name, of: release)
        if name == "host", !usesKVM {
            throw Refusal(message: "CPU model 'host' requires KVM or HVF", position: position)
        }
        guard let known = known ?? (name == "host" ? ProcessorModels.model("max", of: release) : nil) else {
            throw Refusal(
                message: "unable to find CPU model '\(name)'"
                    + NearestName.hint(name, among: ProcessorModels.names), position: position)
        }
        return usesKVM ? ofHost(name, known, machine, version) : emulated(name, known)
    }

    private func emulated(_ name: String, _ known: ProcessorModels.Model) -> (processor: Processor, note: Note?) {
        let processor = Processor(
            vendor: vendor ?? known.vendor, physicalAddressBits: bits ?? known.physicalAddressBits,
            hasGiantPages: hasGiantPages ?? known.hasGiantPages,
            guestPhysicalAddressBits: guestBits.flatMap { $0 > 0 ? $0 : nil })
        guard !known.hasLongMode else { return (processor, nil) }
        return (
            processor,
            (.warning, "-cpu \(name) has no long mode; firmware is modelled as if it had", position, nil)
        )
    }

    private func ofHost(
        _ name: String, _ known: ProcessorModels.Model, _ machine: Machine, _ version: QEMURelease
    ) -> (processor: Processor, note: Note?) {
        let assumed = Processor.passedThrough
        let isHost = ["host", "max"].contains(name)
        let hasHostBits = bits == nil && (hasHostBits ?? (isHost || machine.release?.hasHostAddressBits == true))
        let limit = hasHostBits ? hostBitsLimit ?? machine.release?.hostAddressBitsLimit : nil
        let width = bits ?? (hasHostBits ? min(assumed.physicalAddressBits, limit ?? .max) : 40)
        let hasReach = guestBits == nil && version.passesGuestPhysicalBits
        // 40 bits no Intel processor has; every other width that somebody names will be the host's.
        let host = width == 40 ? assumed.physicalAddressBits : width
        let hasHostPages = isHost && hasGiantPages == nil
        let processor = Processor(
            vendor: vendor ?? assumed.vendor, physicalAddressBits: width,
            hasGiantPages: hasGiantPages ?? (isHost ? false : known.hasGiantPages),
            guestPhysicalAddressBits: hasReach ? min(host, width) : guestBits.flatMap { $0 > 0 ? $0 : nil },
            fromHost: hasHostBits || hasReach || hasHostPages
                ? .init(hasWidth: hasHostBits, limit: limit, hasReach: hasReach, hasPages: hasHostPages) : nil)
        if bits != nil || vendor != nil && !hasHostBits { return (processor, nil) }
        let message =
            hasHostBits
            ? "the processor is the host's: Intel with \(width) physical address bits is assumed; -cpu with phys-bits= tells, or "
                + "--host with a copy of /proc/cpuinfo"
            : "a host with an IGD is Intel's, and so is the guest's processor under KVM; its 40 physical address bits are "
                + "QEMU's default unless -cpu host or phys-bits= is given"
        return (processor, (.note, message, position, hasHostBits ? .hostAddressBits : nil))
    }
}
