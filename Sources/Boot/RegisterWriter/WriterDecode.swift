import BerthPCI
import BerthStack
import BerthTopology

/// What register writers do to the decode of their carriers: off while a BAR's size is read, off while it moves.
///
/// Source: `bar_read`, `bar_set` in Sources/OptionROM/Firmware/core.c.
struct WriterDecode {
    private let results: [RegisterWriterResult]
    private let phase: BootPhase

    init(_ outcome: FirmwareOutcome, _ firmware: FirmwareKind) {
        results = outcome.writerResults.filter(\.sizesCarrier)
        phase = Self.phase(firmware)
    }

    /// When ROMs of this firmware run: OVMF starts what others wrote when everything else is done.
    static func phase(_ firmware: FirmwareKind) -> BootPhase { firmware.isUEFI ? .firmwareBoot : .optionROM }

    private static let sizing = DecodeCause(
        "the register writer reads the size of the BAR", source: "Sources/OptionROM/Firmware/core.c bar_read")
    private static let moving = DecodeCause(
        "the register writer moves the BAR below 4 GiB", source: "Sources/OptionROM/Firmware/core.c bar_set")

    func run(_ decode: inout FunctionDecode) {
        for result in results where result.carrier == decode.index {
            decode.interrupt(phase, Self.sizing)
            guard let moved = result.moved else { continue }
            decode.off(phase, Self.moving)
            decode.write(result.bar, moved, phase, Self.moving)
            decode.on(phase, Self.moving)
        }
    }
}
