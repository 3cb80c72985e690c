import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FirmwareConfigurationName: DomainCheck {
    let rule = DomainRule(
        "fw-cfg-name", "names of fw_cfg files begin with opt/",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefSysinfo",
            "libvirt 9.0.0 src/conf/domain_conf.c virSysinfoParseFWCfgDef",
        ],
        """
        Files that users add have names below opt/; opt/ovmf/ and opt/org.qemu/ are taken. So etc/igd-opregion and
        etc/igd-bdsm-size, which a firmware for IGD wants, cannot be written as sysinfo: use -fw_cfg in
        <qemu:commandline>.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.root.elements("sysinfo").filter { $0["type"] == "fwcfg" }.flatMap { $0.elements("entry") }.compactMap {
            entry in
            guard let name = entry["name"] else { return nil }
            let fix = "write name='opt/...', or pass -fw_cfg in <qemu:commandline>"
            if entry["file"] == nil, entry.text.isEmpty {
                return finding(
                    "Firmware entry must have either value or 'file' attribute", at: entry, in: domain,
                    fix: "write a value, or file=")
            }
            guard name.hasPrefix("opt/") else {
                return finding("Invalid firmware name", at: entry, "name", in: domain, fix: fix)
            }
            guard name.hasPrefix("opt/ovmf/") || name.hasPrefix("opt/org.qemu/") else { return nil }
            return finding("That firmware name is reserved", at: entry, "name", in: domain, fix: fix)
        }
    }
}
