import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct AudioBackend: DomainCheck {
    let rule = DomainRule(
        "audio-backend", "a sound device plays to an audio backend that exists",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainEnsureAudioID",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainAudioCommonParse",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefSuggestDefaultAudioBackend",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefAudio, qemuValidateDomainDeviceDefSound",
        ],
        """
        <audio id=> of a sound or VNC device names an <audio>; the first is 1, and is what devices use that name none.
        SPICE audio needs SPICE graphics; ich7 is no model of QEMU. Fixed settings need the mixing engine.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let audios = domain.devices("audio")
        // The one that libvirt adds is number 1.
        let known = audios.isEmpty && makesBackend(domain) ? ["1"] : audios.compactMap { $0["id"] }
        var found: [Finding] = []
        for device in domain.devices("sound") + domain.devices("graphics").filter({ $0["type"] == "vnc" }) {
            if let audio = device.first("audio"), let number = audio["id"], number != "0", !known.contains(number) {
                found.append(
                    finding(
                        "no audio device with ID \(number)", at: audio, "id", in: domain,
                        fix: "add <audio id='\(number)' type='none'/>"))
            }
            if device["model"] == "ich7" {
                found.append(
                    finding(
                        "sound card model 'ich7' is not supported by qemu", at: device, "model", in: domain,
                        fix: "write model='ich9'"))
            }
        }
        for device in domain.devices("graphics") where device["type"] == "dbus" {
            if let audio = device.first("audio"), let number = audio["id"], number != "0", !known.contains(number) {
                found.append(
                    finding(
                        "unable to find audio backend for sound device", at: audio, "id", in: domain,
                        fix: "add <audio id='\(number)' type='dbus'/>"))
            }
        }
        if let device = silent(domain) {
            found.append(
                finding(
                    "unable to find audio backend for sound device", at: device, in: domain,
                    fix: "add <audio id='1' type='none'/>"))
        }
        let hasSpice = domain.devices("graphics").contains { $0["type"] == "spice" }
        for audio in audios {
            if audio["type"] == "spice", !hasSpice {
                found.append(
                    finding(
                        "Spice audio is not supported without spice graphics", at: audio, "type", in: domain,
                        fix: "add <graphics type='spice'/>"))
            }
            for part in audio.elements("input") + audio.elements("output") {
                if let message = settings(part) {
                    found.append(finding(message, at: part, in: domain, fix: "write fixedSettings='yes'"))
                }
            }
        }
        return found
    }

    /// A sound device for which libvirt makes no backend: it does for VNC and SPICE and without graphics, not for SDL.
    private func silent(_ domain: CheckedDomain) -> XMLElement? {
        guard domain.devices("audio").isEmpty, !makesBackend(domain) else { return nil }
        return domain.devices("sound").first { $0["model"] != "pcspk" }
            ?? domain.devices("graphics").first { $0["type"] == "vnc" }
    }

    private func makesBackend(_ domain: CheckedDomain) -> Bool {
        let types = domain.devices("graphics").map { $0["type"] ?? "" }
        let last = types.last { ["vnc", "spice", "sdl"].contains($0) }
        return types.isEmpty || last == "vnc" || last == "spice"
    }

    private func settings(_ part: XMLElement) -> String? {
        if part["fixedSettings"] == "yes", part["mixingEngine"] != "yes" {
            return "fixed audio settings requires mixing engine"
        }
        return part.first("settings") != nil && part["fixedSettings"] != "yes"
            ? "audio settings specified without fixed settings flag" : nil
    }
}
