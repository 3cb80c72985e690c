import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct OverrideFindsDevice: DomainCheck {
    let rule = DomainRule(
        "override-device", "an override names a device of the domain",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceCommandlineHandleOverrides"],
        """
        <qemu:device alias=> is an id in QEMU: the user alias of the device, or the one libvirt gives it (hostdev0,
        shmem0, video0, pci.1). One that matches nothing is ignored without a word. Objects such as shmmem-shmem0 cannot
        be reached.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.qemuElements("override", "device").compactMap { element in
            guard let alias = element["alias"], CheckedDomain.isNumbered(alias), let known = domain.deviceIDs,
                !known.contains(alias)
            else { return nil }
            let near = NearestName.of(alias, among: known)
            return finding(
                .warning, "no device has the id '\(alias)'; libvirt ignores the override", at: element, "alias",
                in: domain,
                fix: near.map { "write alias='\($0)'" } ?? "give the device <alias name='ua-...'/> and name that")
        }
    }
}
