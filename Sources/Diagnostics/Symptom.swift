/// What a user sees, the worst first.
package enum Symptom: String, Hashable, Sendable, CaseIterable, Comparable {
    case refusesToStart = "QEMU does not start"
    case hardwareError = "QEMU stops with hw_error"
    case hostFreezes = "the host freezes"
    case firmwareStops = "the firmware stops"
    case hostExposed = "the guest reaches the host's firmware"
    case code43 = "Code 43"
    case blackScreen = "black screen"
    case dmarFaults = "DMAR faults"
    case garbledScreen = "garbled picture"
    case partlyBlack = "part of the screen is black"
    case noEarlyPicture = "no picture before the OS"
    case memoryMissing = "memory is missing"
    case noStolenMemory = "the driver works without stolen memory"
    case otherMemory = "the guest uses other memory than was wanted"
    case guessedOutputs = "the driver guesses the display outputs"
    case requestsIgnored = "requests of the driver are ignored"
    case filesMissing = "fw_cfg files are missing"
    case exclamationMark = "an exclamation mark in the device manager"
    case dmaMappingFails = "vfio_container_dma_map fails"
    case cannotRestart = "the guest cannot be started again"
    case slow = "slow access to the device"
    case noAudio = "no audio"
    case impossible = "cannot be done"

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    package static func < (a: Symptom, b: Symptom) -> Bool { a.rank < b.rank }
}

extension Symptom {
    /// The same as somebody in front of the machine would tell it, with the place where it shows.
    package var seen: String {
        switch self {
        case .refusesToStart: "the guest does not start: QEMU ends with a message"
        case .hardwareError: "the guest is gone while it boots: QEMU ends with hw_error in its log"
        case .hostFreezes: "the host freezes, or its own screen does"
        case .firmwareStops: "black screen from power-on, and it stays so: the firmware stops"
        case .hostExposed: "nothing to be seen; the guest can make the host's firmware act"
        case .code43: "Code 43 at the display in Windows' device manager, and no picture by it"
        case .blackScreen: "black screen from power-on, and it stays so"
        case .dmarFaults: "DMAR faults in the host's dmesg, and a black or garbled screen"
        case .garbledScreen: "a garbled picture"
        case .partlyBlack: "a part of the screen stays black"
        case .noEarlyPicture: "black screen from power-on until the guest's driver runs"
        case .memoryMissing: "the guest has less memory than it was given"
        case .noStolenMemory: "a picture once the driver runs; the driver does without stolen memory"
        case .otherMemory: "nothing to be seen"
        case .guessedOutputs: "a picture on the usual outputs; others may stay dark"
        case .requestsIgnored: "a picture; backlight, lid and hot keys do nothing"
        case .filesMissing: "the firmware sets nothing up for the IGD; QEMU's log says that legacy mode is disabled"
        case .exclamationMark: "an exclamation mark in Windows' device manager"
        case .dmaMappingFails: "'vfio_container_dma_map(...) = -22' in QEMU's log"
        case .cannotRestart:
            "it works once: the next start, or a reboot of the guest, shows nothing or freezes the host"
        case .slow: "'Failed to mmap' in QEMU's log, and slow drawing"
        case .noAudio: "a picture, and no sound by the monitor"
        case .impossible: "what is asked for does not come"
        }
    }
}
