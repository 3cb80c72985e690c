package import BerthDiagnostics

/// A message that somebody prints and that tells something about an IGD in a guest: one row of the table.
package struct LogMessage: Hashable, Sendable {
    package let id: RuleID
    package let printer: LogPrinter
    package let pattern: LogPattern
    /// Which releases print it.
    package let releases: String
    /// What it means, in a sentence: lower case, no full stop.
    package let meaning: String
    package let weight: LogWeight
    /// What the user sees of it; nil for what is as it should be, and for what says nothing about that.
    package let symptom: Symptom?
    /// What helps, as an imperative; nil where nothing has to be done or nobody knows.
    package let help: String?
    /// Whose memory its two addresses bound; nil for a message that bounds none.
    package let keeps: KeptMemory?
    /// The place of it that has the device id of an Intel display; nil for a message without.
    package let identifies: String?
    /// File, function and release in which it was read.
    package let source: String

    init(
        _ id: RuleID, by printer: LogPrinter, _ pattern: LogPattern, releases: String, _ weight: LogWeight,
        means meaning: String, sees symptom: Symptom? = nil, help: String? = nil, keeps: KeptMemory? = nil,
        identifies: String? = nil, source: String
    ) {
        self.id = id
        self.printer = printer
        self.pattern = pattern
        self.releases = releases
        self.meaning = meaning
        self.weight = weight
        self.symptom = symptom
        self.help = help
        self.keeps = keeps
        self.identifies = identifies
        self.source = source
    }
}

/// Memory that a kernel leaves to a device.
package enum KeptMemory: Hashable, Sendable {
    /// Of a reserved memory region, which the firmware names for DMA (RMRR).
    case forDMA
    /// Stolen memory of the IGD.
    case graphics
}

/// Whether a message tells of something wrong.
package enum LogWeight: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// Somebody sees it, or will.
    case trouble
    /// Something is lost, or it is trouble only with other things.
    case doubtful
    /// As it should be, or a number that others are compared with.
    case fine

    package static func < (a: LogWeight, b: LogWeight) -> Bool { a.rawValue < b.rawValue }
}

/// Who prints a message, and so which log it is from.
package enum LogPrinter: String, Hashable, Sendable, CaseIterable {
    case hostKernel = "the host's kernel"
    case guestKernel = "the guest's kernel"
    /// Of the host or of the guest, whichever log it is.
    case kernel = "a kernel"
    case qemu = "QEMU"
    case libvirt = "libvirt"
    case proxmox = "Proxmox"
    case seabios = "SeaBIOS"
    case ovmf = "OVMF"
    case windows = "Windows"

    /// Whether it names functions by the host's addresses.
    package var namesHostFunctions: Bool {
        switch self {
        case .hostKernel, .qemu, .libvirt: true
        case .guestKernel, .kernel, .proxmox, .seabios, .ovmf, .windows: false
        }
    }
}
