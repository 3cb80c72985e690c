import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct OnePrimaryVideo: DomainCheck {
    let rule = DomainRule(
        "video-primary", "one video is the primary one",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefVideoValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefVideo",
        ],
        """
        Firmware shows its picture on the primary display. vga, cirrus, vmvga, bochs and ramfb can be nothing else; qxl
        and virtio may be secondary. Without primary='yes' the first video is it.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let videos = domain.devices("video")
        let marked = videos.filter { $0.first("model")?["primary"] == "yes" }
        var findings = marked.dropFirst().map { video in
            finding(
                "Only one primary video device is supported", at: video.first("model") ?? video, "primary", in: domain,
                fix: "remove primary='yes'")
        }
        let primary = marked.first ?? videos.first
        for video in videos where video != primary {
            let model = video.first("model")
            let written = model?["type"] ?? "default"
            let type = written == "default" ? "cirrus" : written
            guard Self.primaryOnly.contains(type) else { continue }
            findings.append(
                finding(
                    "video type '\(type)' is only valid as primary video device", at: model ?? video, "type",
                    in: domain,
                    fix: "remove this <video>, or write type='qxl'"))
        }
        return findings
    }

    private static let primaryOnly: Set = ["vga", "cirrus", "vmvga", "bochs", "ramfb"]
}
