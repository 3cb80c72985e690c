import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Sound cards, and where they play.
enum SoundDevices: RuleTable {
    static let all = [model, backend, silent, backendOnce, spice, settings, number]

    private static let audioID = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainEnsureAudioID"]

    private static let model = RuleRow.devices(
        "sound", "sound-model", "a sound card is one QEMU has", remedy: "write model='ich9'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefSound"],
        "ich7 is of another hypervisor."
    ) { device, _, report in
        guard device["model"] == "ich7" else { return }
        report.refuse("sound card model 'ich7' is not supported by qemu", at: device, "model")
    }

    /// A guest without graphics, or with VNC or SPICE, gets a backend that it does not name.
    private static func makesBackend(_ domain: CheckedDomain) -> Bool {
        let types = domain.devices("graphics").map { $0["type"] ?? "" }
        let last = types.last { ["vnc", "spice", "sdl"].contains($0) }
        return types.isEmpty || last == "vnc" || last == "spice"
    }

    private static let backend = RuleRow.domain(
        "audio-backend", "a device plays to an audio backend that exists", sources: audioID,
        "<audio id=> of a sound card, VNC or D-Bus display names an <audio>; the first is 1, and is what cards use that name none."
    ) { domain, report in
        let audios = domain.devices("audio")
        // The one that libvirt adds is number 1.
        let known = audios.isEmpty && makesBackend(domain) ? ["1"] : audios.compactMap { $0["id"] }
        let graphics = domain.devices("graphics")
        let players = domain.devices("sound") + graphics.filter { ["vnc", "dbus"].contains($0["type"] ?? "") }
        for device in players {
            guard let audio = device.first("audio"), let number = audio["id"], number != "0", !known.contains(number)
            else { continue }
            if device["type"] == "dbus" {
                report.refuse(
                    "unable to find audio backend for sound device", at: audio, "id",
                    fix: "add <audio id='\(number)' type='dbus'/>")
            } else {
                report.refuse(
                    "no audio device with ID \(number)", at: audio, "id", fix: "add <audio id='\(number)' type='none'/>"
                )
            }
        }
    }

    private static let silent = RuleRow.domain(
        "audio-backend-given", "a guest with sound has an audio backend", remedy: "add <audio id='1' type='none'/>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefSuggestDefaultAudioBackend"],
        "Libvirt makes one for VNC and SPICE and without graphics, not for SDL. The speaker of a PC needs one, too, from 11.3 on."
    ) { domain, report in
        guard domain.devices("audio").isEmpty, !makesBackend(domain),
            let device = domain.devices("sound").first(where: {
                $0["model"] != "pcspk" || domain.isRead(by: .since(11, 3))
            })
                ?? domain.devices("graphics").first(where: { $0["type"] == "vnc" })
        else { return }
        report.refuse("unable to find audio backend for sound device", at: device)
    }

    private static let backendOnce = RuleRow.domain(
        "audio-id", "audio backends have different ids", remedy: "write another id",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainAudioDefValidate"],
        "Sound devices name the backend they play to by its id."
    ) { domain, report in
        var seen: Set<String> = []
        for device in domain.devices("audio") {
            guard let number = device["id"], !seen.insert(number).inserted else { continue }
            report.refuse("audio ID \(number) is used multiple times", at: device, "id")
        }
    }

    private static let number = RuleRow.devices(
        "audio", "audio-number", "audio backends are numbered from 1", remedy: "write id='1'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainAudioDefParseXML"],
        "0 is that of a card that names none."
    ) { device, _, report in
        guard let text = device["id"], LibvirtNumber.unsigned(text, base: 10) == 0 else { return }
        report.refuse("Invalid value for attribute 'id' in element 'audio': Zero is not permitted", at: device, "id")
    }

    private static let spice = RuleRow.devices(
        "audio", "audio-spice", "audio over SPICE has SPICE graphics", remedy: "add <graphics type='spice'/>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefAudio"],
        "It is a channel of that connection."
    ) { device, domain, report in
        guard device["type"] == "spice", !domain.devices("graphics").contains(where: { $0["type"] == "spice" }) else {
            return
        }
        report.refuse("Spice audio is not supported without spice graphics", at: device, "type")
    }

    private static let settings = RuleRow.devices(
        "audio", "audio-settings", "fixed audio settings are mixed", remedy: "write fixedSettings='yes'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainAudioCommonParse"],
        "<settings> need fixedSettings='yes', and that the mixing engine."
    ) { device, _, report in
        for part in device.elements("input") + device.elements("output") {
            if part["fixedSettings"] == "yes", part["mixingEngine"] != "yes" {
                report.refuse(
                    "fixed audio settings requires mixing engine", at: part, fix: "write mixingEngine='yes'")
            } else if part.first("settings") != nil, part["fixedSettings"] != "yes" {
                report.refuse("audio settings specified without fixed settings flag", at: part)
            }
        }
    }
}
