import BerthDiagnostics
import BerthHost
import BerthPCI

/// A framebuffer driver of the host's still has the BAR.
struct HostFramebuffer: Problem {
    let id: RuleID = "host-framebuffer"
    let summary = "a framebuffer driver of the host's owns part of the BAR"
    let documentation = """
        'Failed to mmap 0000:00:02.0 BAR <>. Performance may be slow': efifb, simplefb or vesafb took the range \
        at boot and vfio-pci cannot map it. /proc/iomem shows who.
        """
    let sources = [
        "QEMU docs/igd-assign.txt: Failed to mmap BAR"
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let framebuffer = situation.host?.framebuffer else { return [] }
        return [
            consequence(
                .degraded, .slow,
                "\(name: framebuffer.driver) of the host's owns \(framebuffer.range), part of the IGD's BAR",
                remedy: "video=efifb:off or initcall_blacklist=sysfb_init on the host's kernel command line")
        ]
    }
}
