import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct AudioIDOnce: DomainCheck {
    let rule = DomainRule(
        "audio-id", "audio backends have different ids",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainAudioDefValidate"],
        """
        Sound devices name the backend they play to by its id.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices("audio").compactMap { device in
            guard let number = device["id"], !seen.insert(number).inserted else { return nil }
            return finding(
                "audio ID \(number) is used multiple times", at: device, "id", in: domain, fix: "write another id")
        }
    }
}
