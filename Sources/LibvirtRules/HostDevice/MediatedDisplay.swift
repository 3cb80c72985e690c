import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct MediatedDisplay: DomainCheck {
    let rule = DomainRule(
        "mdev-display", "a mediated device shows its display through a <graphics>",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainMdevDefVFIOPCI",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefHostdevValidate",
        ],
        """
        display='on' gives the picture of a vGPU to a console of the guest, so there has to be one. Only one vGPU can be
        the boot display (ramfb). Mediated devices of model vfio-pci cannot be booted from.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var findings: [Finding] = []
        var hasBootDisplay = false
        for device in domain.devices("hostdev") where device["type"] == "mdev" {
            if device["display"] == "on", domain.devices("graphics").isEmpty {
                findings.append(
                    finding(
                        "graphics device is needed for attribute value 'display=on' in <hostdev>", at: device,
                        "display",
                        in: domain, fix: "add <graphics type='spice'/> or 'vnc'"))
            }
            if device["ramfb"] == "on" {
                if hasBootDisplay {
                    findings.append(
                        finding(
                            "Only one vgpu device can have 'ramfb' enabled", at: device, "ramfb", in: domain,
                            fix: "write ramfb='off'"))
                }
                hasBootDisplay = true
            }
            if device["model"] == "vfio-pci", let boot = device.first("boot") {
                findings.append(
                    finding(
                        "booting from assigned devices is not supported by mediated devices of model vfio-pci",
                        at: boot,
                        in: domain, fix: "remove <boot>"))
            }
        }
        return findings
    }
}
