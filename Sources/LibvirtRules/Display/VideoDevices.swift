import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<video>`.
enum VideoDevices: RuleTable {
    static let all = [
        alone, primary, secondary, supported, ramfbAddress, virtioOption, qxlMemory, qxlSize, memorySize, heads,
        accelerationGiven, acceleration, resolutionGiven, resolution, blob, blobMemory, vhostUser,
    ]

    private static let conf = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainVideoDefValidate"]
    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefVideo"]

    /// The model of one that is there, cirrus where none is written; nil for none.
    private static func model(_ video: XMLElement) -> (type: String, element: XMLElement)? {
        let element = video.first("model")
        let type = element?["type"] ?? "cirrus"
        return type == "none" ? nil : (type, element ?? video)
    }

    private static func number(_ element: XMLElement, _ name: String) -> UInt32 {
        element[name].flatMap { UInt32($0) } ?? 0
    }

    private static let alone = RuleRow.domain(
        "video-none", "a video of type 'none' is the only one", remedy: "remove the other <video>, or this one",
        sources: conf, "<video><model type='none'/></video> says that there is no emulated display."
    ) { domain, report in
        let videos = domain.devices("video")
        guard videos.count > 1, let none = videos.first(where: { $0.first("model")?["type"] == "none" }) else { return }
        report.refuse(
            "a 'none' video type must be the only video device defined for the domain", at: none.first("model") ?? none,
            "type")
    }

    private static func marked(_ domain: CheckedDomain) -> [XMLElement] {
        domain.devices("video").filter { $0.first("model")?["primary"] == "yes" }
    }

    private static let primary = RuleRow.domain(
        "video-primary", "one video is the primary one", remedy: "remove primary='yes'",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefVideoValidate"],
        "Firmware shows its picture there. Without primary='yes' it is the first."
    ) { domain, report in
        for video in marked(domain).dropFirst() {
            report.refuse("Only one primary video device is supported", at: video.first("model") ?? video, "primary")
        }
    }

    private static let secondary = RuleRow.domain(
        "video-secondary", "a video beside the primary one is of a kind that can be",
        remedy: "remove this <video>, or write type='qxl'", sources: qemu,
        "qxl and virtio can; vga, cirrus, vmvga, bochs and ramfb are primary or nothing."
    ) { domain, report in
        let primary = marked(domain).first ?? domain.devices("video").first
        for video in domain.devices("video") where video != primary {
            let model = video.first("model")
            let written = model?["type"] ?? "default"
            let type = written == "default" ? "cirrus" : written
            guard ["vga", "cirrus", "vmvga", "bochs", "ramfb"].contains(type) else { continue }
            report.refuse("video type '\(type)' is only valid as primary video device", at: model ?? video, "type")
        }
    }

    private static let supported = RuleRow.devices(
        "video", "video-model", "a video is one QEMU has", remedy: "write type='virtio' or 'qxl'", sources: qemu,
        "xen, vbox, parallels and gop are of other hypervisors."
    ) { video, _, report in
        guard let (type, model) = model(video), ["xen", "vbox", "parallels", "gop"].contains(type) else { return }
        report.refuse("domain configuration does not support video model '\(type)'", at: model, "type")
    }

    private static let ramfbAddress = RuleRow.devices(
        "video", "video-ramfb-address", "ramfb has no address", sources: conf,
        "It is memory of the guest that fw_cfg names, and no PCI device."
    ) { video, _, report in
        guard video.first("model")?["type"] == "ramfb" else { return }
        report.surplus("address not supported for video type ramfb", video.first("address"))
    }

    private static let virtioOption = RuleRow.devices(
        "video", "video-option", "options of virtio are for a video of virtio", sources: conf,
        "iommu=, ats=, packed= and page_per_vq= set up a virtqueue."
    ) { video, _, report in
        guard let (type, _) = model(video), type != "virtio" else { return }
        for (name, message) in VirtioOptions.complaints { report.surplus(message, video.first("driver"), name) }
    }

    private static let qxlMemory = RuleRow.devices(
        "video", "video-qxl-memory", "ram, vram64 and vgamem belong to qxl", sources: qemu,
        "They are BARs of its own."
    ) { video, _, report in
        guard let (type, model) = model(video), type != "qxl" else { return }
        for name in ["ram", "vram64", "vgamem"] where number(model, name) != 0 {
            report.surplus("\(name) attribute only supported for video type qxl", model, name)
        }
    }

    private static let qxlSize = RuleRow.devices(
        "video", "video-vgamem", "the frame buffer of qxl is a power of two of at least 1 MiB",
        remedy: "write vgamem='16384'", sources: qemu, "It is a part of a BAR."
    ) { video, _, report in
        guard let (type, model) = model(video), type == "qxl" else { return }
        let size = number(model, "vgamem")
        if (1..<1024).contains(size) {
            report.refuse("value for 'vgamem' must be at least 1 MiB (1024 KiB)", at: model, "vgamem")
        } else if size != 0, size.nonzeroBitCount != 1 {
            report.refuse("value for 'vgamem' must be power of two", at: model, "vgamem")
        }
    }

    private static let memorySize = RuleRow.devices(
        "video", "video-vram", "the memory of vga and vmvga is at least 1 MiB", remedy: "write vram='16384'",
        sources: qemu,
        "Their property counts MiB."
    ) { video, _, report in
        guard let (type, model) = model(video), ["vga", "vmvga"].contains(type),
            (1..<1024).contains(number(model, "vram"))
        else { return }
        report.refuse("value for 'vram' must be at least 1 MiB (1024 KiB)", at: model, "vram")
    }

    private static let heads = RuleRow.devices(
        "video", "video-heads", "several heads are for qxl and virtio", remedy: "write heads='1'", sources: qemu,
        "Others show one picture."
    ) { video, _, report in
        guard let (type, model) = model(video), !["qxl", "virtio"].contains(type),
            let heads = model["heads"].flatMap({ UInt32($0) }), heads != 1
        else { return }
        report.refuse("video type '\(type)' doesn't support multiple 'heads'", at: model, "heads")
    }

    private static let accelerationGiven = RuleRow.devices(
        "video", "video-acceleration", "acceleration says of what", remedy: "write accel3d='yes'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainVideoAccelDefParseXML"],
        "accel2d=, accel3d= or rendernode=."
    ) { video, _, report in
        guard let (_, model) = model(video), let acceleration = model.first("acceleration"),
            ["accel2d", "accel3d", "rendernode"].allSatisfy({ acceleration[$0] == nil })
        else { return }
        report.refuse("missing values for acceleration", at: acceleration)
    }

    private static let acceleration = RuleRow.devices(
        "video", "video-3d", "3D is for virtio", remedy: "write accel3d='no'", sources: qemu,
        "virtio-gpu hands OpenGL on to the host."
    ) { video, domain, report in
        guard let (type, model) = model(video), type != "virtio", let acceleration = model.first("acceleration"),
            acceleration["accel3d"] == "yes"
        else { return }
        // 11.3 refuses it of vmvga, 12.8 does not: recorded.
        if type == "vmvga", domain.isRead(by: .since(11, 4)) { return }
        report.refuse("3d acceleration is supported only with 'virtio' video device", at: acceleration, "accel3d")
    }

    private static let blob = RuleRow.devices(
        "video", "video-blob", "blob resources are virtio's", releases: .since(9, 1), remedy: "remove blob=",
        sources: ["libvirt 11.3.0 src/conf/domain_validate.c virDomainVideoDefValidate"],
        "virtio-gpu shares the guest's own pages with the host."
    ) { video, _, report in
        guard let (type, model) = model(video), type != "virtio", model["blob"] != nil else { return }
        report.refuse("video type '\(type)' does not support blob resources", at: model, "blob")
    }

    private static let blobMemory = RuleRow.devices(
        "video", "video-blob-memory", "blob resources are in memory of memfd", releases: .since(9, 2),
        remedy: "write <memoryBacking><source type='memfd'/>",
        sources: ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefVideo"],
        "A page can be handed on as a file descriptor only where it belongs to one."
    ) { video, domain, report in
        guard let (type, model) = model(video), type == "virtio", model["blob"] == "on",
            domain.root.first("memoryBacking")?.first("source")?["type"] != "memfd"
        else { return }
        report.refuse(
            "'blob' support for virtio-gpu devices requires a memfd memory backend", at: model, "blob")
    }

    private static let vhostUser = RuleRow.devices(
        "video", "video-driver", "a video that another process renders is of virtio", remedy: "write type='virtio'",
        sources: conf, "vhost-user hands virtqueues on."
    ) { video, _, report in
        guard let (type, model) = model(video), type != "virtio", video.first("driver")?["name"] == "vhostuser" else {
            return
        }
        report.refuse("'vhostuser' driver is only supported with 'virtio' device", at: model, "type")
    }

    private static let resolutionGiven = RuleRow.devices(
        "video", "video-resolution-size", "a resolution is not zero", remedy: "remove <resolution>", sources: qemu,
        "x= and y= are pixels."
    ) { video, _, report in
        guard let resolution = model(video)?.element.first("resolution"),
            resolution["x"] == "0" || resolution["y"] == "0"
        else { return }
        report.refuse("video resolution values must be greater than 0", at: resolution)
    }

    private static let resolution = RuleRow.devices(
        "video", "video-resolution", "a resolution is for vga, qxl, virtio and bochs", remedy: "remove <resolution>",
        sources: qemu, "They have properties for it, which firmware and guest read."
    ) { video, _, report in
        guard let (type, model) = model(video), let resolution = model.first("resolution"),
            resolution["x"] != "0", resolution["y"] != "0", !["vga", "qxl", "virtio", "bochs"].contains(type)
        else { return }
        report.refuse("model resolution is not supported", at: resolution)
    }
}
