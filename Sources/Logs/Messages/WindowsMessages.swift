import BerthDiagnostics

/// Windows' device manager and event log; the numbers are the same in every language.
extension LogMessages {
    static let windows: [LogMessage] = [
        LogMessage(
            "windows-code-43", by: .windows,
            "(Code 43)",
            releases: "Windows 10, 11", .trouble,
            means: """
                the display's driver started and gave up: no OpRegion, no stolen memory, or registers that do not \
                agree
                """,
            sees: .code43,
            help: "see the problems above: what the driver misses is there",
            source: "https://learn.microsoft.com/windows-hardware/drivers/install/cm-prob-failed-post-start"),
        LogMessage(
            "windows-code-12", by: .windows,
            "(Code 12)",
            releases: "Windows 10, 11", .trouble,
            means: "Windows found no room for the device's BARs",
            sees: .code43,
            help: "a larger window for 64-bit BARs, or fewer devices",
            source: "https://learn.microsoft.com/windows-hardware/drivers/install/cm-prob-normal-conflict"),
        LogMessage(
            "windows-code-10", by: .windows,
            "(Code 10)",
            releases: "Windows 10, 11", .trouble,
            means: "the driver did not start",
            sees: .code43,
            help: "another release of Intel's driver",
            source: "https://learn.microsoft.com/windows-hardware/drivers/install/cm-prob-failed-start"),
        LogMessage(
            "windows-code-31", by: .windows,
            "(Code 31)",
            releases: "Windows 10, 11", .trouble,
            means: "the driver could not be loaded",
            sees: .code43,
            help: "another release of Intel's driver",
            source: "https://learn.microsoft.com/windows-hardware/drivers/install/cm-prob-failed-add"),
        LogMessage(
            "windows-tdr", by: .windows,
            "0x00000116",
            releases: "Windows 10, 11", .trouble,
            means: "the display stopped answering and could not be reset (VIDEO_TDR_FAILURE): a blue screen",
            sees: .garbledScreen,
            help: "see whether the host's dmesg has DMAR faults at that moment",
            source: "https://learn.microsoft.com/windows-hardware/drivers/debugger/bug-check-0x116---video-tdr-error"),
        LogMessage(
            "windows-tdr-recovered", by: .windows,
            "Display driver \(word: "driver") stopped responding and has successfully recovered",
            releases: "Windows 10, 11 (event 4101)", .doubtful,
            means: "the display stopped answering and was reset",
            sees: .garbledScreen,
            help: "see whether the host's dmesg has DMAR faults at that moment",
            source: "https://learn.microsoft.com/windows-hardware/drivers/display/timeout-detection-and-recovery"),
    ]
}
