import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct LifecycleAction: DomainCheck {
    let rule = DomainRule(
        "lifecycle-action", "what happens at the end of a guest is something QEMU can do",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateLifecycleAction",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefLifecycleActionAllowed",
        ],
        """
        No guest is renamed; preserve is for crashes, as are core dumps; a guest that restarts when it is powered off is
        not destroyed when it reboots.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let names = ["on_poweroff", "on_reboot", "on_crash"]
        let elements = names.map { domain.root.first($0) }
        let actions = elements.map { $0?.text ?? "" }
        let first = elements.compactMap(\.self).first ?? domain.root
        func refuse(_ message: String) -> [Finding] {
            [finding(message, at: first, in: domain, fix: "write destroy or restart")]
        }
        if actions.contains("rename-restart") {
            return refuse(
                "qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'")
        }
        if actions[0] == "preserve" || actions[1] == "preserve" {
            return refuse("qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'")
        }
        if actions[0] == "restart", actions[1] == "destroy" {
            return refuse(
                "qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'")
        }
        for (name, action) in [("poweroff", actions[0]), ("reboot", actions[1])] where action.hasPrefix("coredump") {
            return refuse("Lifecycle event '\(name)' doesn't support '\(action)' action")
        }
        return []
    }
}
