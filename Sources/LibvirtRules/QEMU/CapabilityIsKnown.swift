import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CapabilityIsKnown: DomainCheck {
    let rule = DomainRule(
        "capability-known", "a capability has a name that libvirt knows",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessStartUpdateCustomCaps",
            "libvirt 9.0.0 src/qemu/qemu_capabilities.c virQEMUCaps",
        ],
        """
        <qemu:capabilities> adds or deletes what libvirt believes of QEMU. Names are those of libvirt 9.0; a wrong one
        is noticed only when the command line is made. To get option-style -device back, delete 'device.json+hotplug';
        'device.json' has no effect.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        (domain.qemuElements("capabilities", "add") + domain.qemuElements("capabilities", "del")).compactMap {
            element in
            guard let name = element["capability"], !CapabilityNames.all.contains(name) else { return nil }
            let near = NearestName.of(name, among: CapabilityNames.sorted)
            return finding(
                "invalid qemu namespace capability '\(name)'", at: element, "capability", in: domain,
                fix: near.map { "write capability='\($0)'" } ?? "remove it")
        }
    }
}
