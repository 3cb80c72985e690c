import BerthDiagnostics
import BerthStack
import BerthTopology

/// What a command line says of the processor, and what follows once the devices are known.
///
/// Under KVM the vendor is the host's, whatever the model (`host_cpu_instance_init` in target/i386/host-cpu.c @ QEMU),
/// and a host with an IGD is Intel's. The width is the host's only where it is asked for: by `-cpu host` or `max`
/// (`host_cpu_max_instance_init`) or by `host-phys-bits`; every other model has QEMU's 40 bits
/// (`host_cpu_adjust_phys_bits`), which firmware does not believe of an Intel processor.
///
/// From the machines of 9.1 on KVM's own width for guests goes with either, no more than the other
/// (`kvm_set_guest_phys_bits` in target/i386/kvm/kvm-cpu.c, `pc_compat_9_0` in hw/i386/pc.c @ QEMU 10.0): with page tables in
/// hardware it is the host's (`__do_cpuid_func` in arch/x86/kvm/cpuid.c @ Linux 6.10; a kernel before says nothing).
struct ProcessorArguments {
    enum Accelerator { case kvm, tcg }

    /// The last one named.
    var accelerator: Accelerator?
    /// Where KVM was asked for.
    var acceleratorPosition = 1
    private var model: String?
    private var vendor: Processor.Vendor?
    private var bits: Int?
    private var hasHostBits: Bool?
    private var hostBitsLimit: Int?
    /// 0 for none; nil where QEMU decides.
    private var guestBits: Int?
    private var hasGiantPages = false
    private var position = 1

    /// `-accel`'s argument, or the value of `-machine accel=`.
    mutating func accelerate(_ value: String, _ position: Int) {
        if value.hasPrefix("kvm") {
            (accelerator, acceleratorPosition) = (.kvm, position)
        } else if value.hasPrefix("tcg") {
            accelerator = .tcg
        }
    }

    /// An option whose value QEMU would refuse.
    struct WrongWidth: Error { var option: String }

    /// Errors: a width that is none.
    mutating func read(_ value: String, _ position: Int) throws(WrongWidth) {
        let options = OptionString(value)
        self.position = position
        model = options.implied ?? model
        if let text = options["vendor"] { vendor = text == "GenuineIntel" ? .intel : .amd }
        if let text = options["phys-bits"], text != "0" {
            guard let number = Int(text), (32...52).contains(number) else {
                throw WrongWidth(option: "phys-bits")
            }
            bits = number
        }
        if let text = options["host-phys-bits"] { hasHostBits = Self.isOn(text) }
        if let text = options["host-phys-bits-limit"], text != "0" {
            guard let number = Int(text), (32...52).contains(number) else {
                throw WrongWidth(option: "host-phys-bits-limit")
            }
            hostBitsLimit = number
        }
        if let text = options["guest-phys-bits"], text != "-1" {
            guard let number = Int(text), number == 0 || (32...52).contains(number) else {
                throw WrongWidth(option: "guest-phys-bits")
            }
            guestBits = number
        }
        if let pages = options["pdpe1gb"] ?? options["+pdpe1gb"] { hasGiantPages = Self.isOn(pages) }
    }

    /// Whoever says how wide addresses are says it of the host, unless it is 40 bits, which no Intel processor has.
    private func guestPhysicalAddressBits(_ width: Int, _ limit: Int?, _ machine: QEMURelease) -> Int? {
        if let guestBits { return guestBits > 0 ? guestBits : nil }
        guard machine.passesGuestPhysicalBits else { return nil }
        let host = width == 40 ? Processor.passedThrough.physicalAddressBits : width
        return min(host, width, limit ?? width)
    }

    typealias Note = (severity: Severity, message: String, position: Int)

    private static func isOn(_ text: String) -> Bool { ["on", "true", "yes", "y"].contains(text) }

    /// The processor of a guest, and what is assumed of it; `hasIGD`: the device itself, or a share of it. TCG runs no such
    /// guest in earnest, so that only who asks for it by name gets QEMU's own processor.
    func processor(hasIGD: Bool, machine: QEMURelease) -> (processor: Processor, note: Note?) {
        let isHost = (["host", "max"].contains(model) && hasHostBits != false) || hasHostBits == true
        guard hasIGD, accelerator != .tcg else {
            let processor = Processor(
                vendor: vendor ?? .amd, physicalAddressBits: bits ?? 40, hasGiantPages: hasGiantPages,
                guestPhysicalAddressBits: guestBits.flatMap { $0 > 0 ? $0 : nil })
            if vendor != nil, bits != nil { return (processor, nil) }
            if accelerator == .kvm, vendor == nil {
                let message = "with KVM the processor's vendor is the host's; -cpu with vendor= and phys-bits= tells"
                return (processor, (.warning, message, acceleratorPosition))
            }
            guard let model, !["qemu64", "qemu64-v1"].contains(model) else { return (processor, nil) }
            let message =
                "-cpu \(model): only the defaults of qemu64 are known (AMD, 40 address bits) unless vendor and phys-bits are given"
            return (processor, (.warning, message, position))
        }
        let assumed = Processor.passedThrough
        let width = isHost ? min(assumed.physicalAddressBits, hostBitsLimit ?? .max) : 40
        let processor = Processor(
            vendor: vendor ?? assumed.vendor, physicalAddressBits: bits ?? width, hasGiantPages: hasGiantPages,
            guestPhysicalAddressBits: guestPhysicalAddressBits(bits ?? width, isHost ? hostBitsLimit : nil, machine))
        if bits != nil || vendor != nil && !isHost { return (processor, nil) }
        let message =
            isHost
            ? "the processor is the host's: Intel with \(width) physical address bits is assumed; -cpu with phys-bits= tells"
            : "a host with an IGD is Intel's, and so is the guest's processor under KVM; its 40 physical address bits are "
                + "QEMU's default unless -cpu host or phys-bits= is given"
        return (processor, (.note, message, position))
    }
}
