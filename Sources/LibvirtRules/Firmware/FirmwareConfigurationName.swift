import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// Names of fw_cfg files begin with opt/.
struct FirmwareConfigurationName: DomainRule {
    let id: RuleID = "fw-cfg-name"
    let summary = "names of fw_cfg files begin with opt/"
    let documentation = """
        Files that users add have names below opt/; opt/ovmf/ and opt/org.qemu/ are taken. So etc/igd-opregion and
        etc/igd-bdsm-size, which a firmware for IGD wants, cannot be written as sysinfo: use -fw_cfg in
        <qemu:commandline>.
        """
    let sources = [
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDefSysinfo",
        "libvirt 9.0.0 src/conf/domain_conf.c virSysinfoParseFWCfgDef",
    ]

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
