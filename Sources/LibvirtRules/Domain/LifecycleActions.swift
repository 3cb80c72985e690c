import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What happens at the end of a guest.
enum LifecycleActions: RuleTable {
    static let all = [known, rename, preserve, restart, dump]

    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateLifecycleAction"]
    private static let remedy = "write destroy or restart"

    private struct Actions {
        /// Where to complain: the first that is written.
        var place: XMLElement
        var poweroff: String
        var reboot: String
        var crash: String
    }

    private static func actions(_ domain: CheckedDomain) -> Actions {
        let elements = ["on_poweroff", "on_reboot", "on_crash"].map { domain.root.first($0) }
        let texts = elements.map { $0?.text ?? "" }
        return Actions(
            place: elements.compactMap(\.self).first ?? domain.root, poweroff: texts[0], reboot: texts[1],
            crash: texts[2])
    }

    private static let known = RuleRow.domain(
        "lifecycle-known", "an action at the end of a guest is one libvirt knows", remedy: remedy,
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML", "libvirt 12.8.0 schema domaincommon.rng",
        ],
        "destroy, restart, preserve, rename-restart; of a crash also coredump-destroy, coredump-restart, and in 12.8 preserve-running."
    ) { domain, report in
        let always: Set = ["destroy", "restart", "preserve", "rename-restart"]
        var crash = always.union(["coredump-destroy", "coredump-restart"])
        if domain.isRead(by: .since(11, 4)) { crash.insert("preserve-running") }
        for (name, known) in [("on_poweroff", always), ("on_reboot", always), ("on_crash", crash)] {
            guard let element = domain.root.first(name), !element.text.isEmpty, !known.contains(element.text) else {
                continue
            }
            report.refuse("unknown \(name) action: \(element.text)", at: element)
        }
    }

    private static let rename = RuleRow.domain(
        "lifecycle-rename", "no guest is renamed at its end", remedy: remedy, sources: validate,
        "rename-restart is Xen's."
    ) { domain, report in
        let actions = actions(domain)
        guard [actions.poweroff, actions.reboot, actions.crash].contains("rename-restart") else { return }
        report.refuse(
            "qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'",
            at: actions.place)
    }

    private static let preserve = RuleRow.domain(
        "lifecycle-action", "a guest is preserved when it crashed", remedy: remedy, sources: validate,
        "When it was switched off or reboots there is nothing to look at."
    ) { domain, report in
        let actions = actions(domain)
        guard actions.poweroff == "preserve" || actions.reboot == "preserve" else { return }
        report.refuse(
            "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'", at: actions.place)
    }

    private static let restart = RuleRow.domain(
        "lifecycle-restart", "a guest that starts again when it is switched off does so when it reboots",
        remedy: remedy,
        sources: validate, "QEMU cannot tell one from the other early enough."
    ) { domain, report in
        let actions = actions(domain)
        guard actions.poweroff == "restart", actions.reboot == "destroy" else { return }
        report.refuse(
            "qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'",
            at: actions.place)
    }

    private static let dump = RuleRow.domain(
        "lifecycle-dump", "memory is dumped when a guest crashed", remedy: remedy,
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefLifecycleActionAllowed"],
        "coredump-destroy and coredump-restart are for on_crash."
    ) { domain, report in
        let actions = actions(domain)
        for (name, action) in [("poweroff", actions.poweroff), ("reboot", actions.reboot)]
        where action.hasPrefix("coredump") {
            report.refuse("Lifecycle event '\(name)' doesn't support '\(action)' action", at: actions.place)
        }
    }
}
