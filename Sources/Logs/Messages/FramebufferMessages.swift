import BerthDiagnostics

/// Who had the screen before.
extension LogMessages {
    static let framebuffer: [LogMessage] = [
        LogMessage(
            "host-efifb", by: .kernel,
            "efifb: framebuffer at \(kernel: "address"), using \(number: "used")k, total \(number: "total")k",
            releases: "Linux 3.x to 7.1", .doubtful,
            means: "efifb draws into the display's BAR; on a host it has to leave before the device is given away",
            sees: .slow,
            help: "on a host: video=efifb:off on its kernel command line",
            source: "Linux 6.8 drivers/video/fbdev/efifb.c efifb_probe"),
        LogMessage(
            "host-simplefb", by: .kernel,
            "simple-framebuffer.0: framebuffer at \(kernel: "address"), \(size: "size") bytes",
            releases: "Linux 3.11 to 7.1", .doubtful,
            means: "simplefb draws into the display's BAR; on a host it has to leave before the device is given away",
            sees: .slow,
            help: "on a host: initcall_blacklist=sysfb_init on its kernel command line",
            source: "Linux 6.8 drivers/video/fbdev/simplefb.c simplefb_probe"),
    ]
}
