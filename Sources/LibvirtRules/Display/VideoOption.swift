import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct VideoOption: DomainCheck {
    let rule = DomainRule(
        "video-option", "a video has only the options of its model",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainVideoDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefVideo",
        ],
        """
        ramfb is no PCI device and has no address. ram, vram64 and vgamem belong to qxl; vgamem is a power of two of at
        least 1 MiB. Several heads are for qxl and virtio. A resolution is for vga, qxl, virtio and bochs, and not zero.
        3D is for virtio.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("video").flatMap { video -> [Finding] in
            guard let model = video.first("model"), let type = model["type"] else {
                return complaints(video, XMLElement("model"), "cirrus", domain)
            }
            return complaints(video, model, type, domain)
        }
    }

    private func complaints(
        _ video: XMLElement, _ model: XMLElement, _ type: String, _ domain: CheckedDomain
    ) -> [Finding] {
        var findings: [Finding] = []
        if type == "ramfb", let address = video.first("address") {
            findings.append(
                finding("address not supported for video type ramfb", at: address, in: domain, fix: "remove <address>"))
        }
        guard type != "none" else { return findings }
        if ["xen", "vbox", "parallels", "gop"].contains(type) {
            findings.append(
                finding(
                    "domain configuration does not support video model '\(type)'", at: model, "type", in: domain,
                    fix: "write type='virtio' or 'qxl'"))
        }
        if type != "virtio", let driver = video.first("driver") {
            findings += VirtioOptions.complaints.filter { driver[$0.0] != nil }.map { name, message in
                finding(message, at: driver, name, in: domain, fix: "remove \(name)=")
            }
        }
        if type != "qxl" {
            for name in ["ram", "vram64", "vgamem"] where (model[name].flatMap { UInt32($0) } ?? 0) != 0 {
                findings.append(
                    finding(
                        "\(name) attribute only supported for video type qxl", at: model, name, in: domain,
                        fix: "remove \(name)="))
            }
        } else if let size = model["vgamem"].flatMap({ UInt32($0) }), size != 0 {
            if size < 1024 {
                findings.append(
                    finding(
                        "value for 'vgamem' must be at least 1 MiB (1024 KiB)", at: model, "vgamem", in: domain,
                        fix: "write vgamem='16384'"))
            } else if size.nonzeroBitCount != 1 {
                findings.append(
                    finding(
                        "value for 'vgamem' must be power of two", at: model, "vgamem", in: domain,
                        fix: "write vgamem='16384'"))
            }
        }
        if !["qxl", "virtio"].contains(type), let heads = model["heads"].flatMap({ UInt32($0) }), heads != 1 {
            findings.append(
                finding(
                    "video type '\(type)' doesn't support multiple 'heads'", at: model, "heads", in: domain,
                    fix: "write heads='1'"))
        }
        if ["vga", "vmvga"].contains(type), let size = model["vram"].flatMap({ UInt32($0) }), (1..<1024).contains(size)
        {
            findings.append(
                finding(
                    "value for 'vram' must be at least 1 MiB (1024 KiB)", at: model, "vram", in: domain,
                    fix: "write vram='16384'"))
        }
        if let acceleration = model.first("acceleration"),
            ["accel2d", "accel3d", "rendernode"].allSatisfy({ acceleration[$0] == nil })
        {
            findings.append(
                finding("missing values for acceleration", at: acceleration, in: domain, fix: "write accel3d='yes'"))
        }
        if let resolution = model.first("resolution") {
            findings += complaints(resolution, type, domain)
        }
        if type != "virtio", let acceleration = model.first("acceleration"), acceleration["accel3d"] == "yes" {
            findings.append(
                finding(
                    "3d acceleration is supported only with 'virtio' video device", at: acceleration, "accel3d",
                    in: domain, fix: "write accel3d='no'"))
        }
        return findings
    }

    private func complaints(_ resolution: XMLElement, _ type: String, _ domain: CheckedDomain) -> [Finding] {
        if resolution["x"] == "0" || resolution["y"] == "0" {
            return [
                finding(
                    "video resolution values must be greater than 0", at: resolution, in: domain,
                    fix: "remove <resolution>")
            ]
        }
        guard !["vga", "qxl", "virtio", "bochs"].contains(type) else { return [] }
        return [
            finding("model resolution is not supported", at: resolution, in: domain, fix: "remove <resolution>")
        ]
    }
}
