package import BerthDiagnostics
package import BerthPCI
import BerthTopology

/// What is true once the OS has bound its drivers.
package struct GuestOutcome: Hashable, Sendable {
    /// By index of the function: addresses of BARs that decode, and windows.
    package var functions: [FunctionOutcome]
    /// By index of the bus; nil for a bus that nobody gave a number.
    package var busNumbers: [UInt8?]
    /// What Linux set aside as stolen memory, before it looked at any BAR.
    package var graphicsReservation: GuestRange?
    /// Every change of decode, function by function, each in the order of time.
    package var timeline: [TimelineEvent]
    /// By index of the function: when it decoded no memory.
    package var interruptions: [[DecodeInterruption]]
    /// The ranges that a root bus owns, as the ACPI tables say.
    package var rootWindows: [RootWindows]
    /// Reasons why this OS does not run here.
    package var findings: [Finding]

    init(_ firmware: FirmwareOutcome, _ decodes: [FunctionDecode]) {
        functions = firmware.functions
        busNumbers = firmware.busNumbers
        timeline = []
        interruptions = Array(repeating: [], count: functions.count)
        rootWindows = []
        findings = []
        add(decodes)
    }

    mutating func add(_ decodes: [FunctionDecode]) {
        for decode in decodes where decode.isWatched {
            timeline += decode.events
            interruptions[decode.index] += decode.interruptions
        }
    }
}
