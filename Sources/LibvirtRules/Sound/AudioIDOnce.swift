import BerthDiagnostics
import BerthXML

/// Audio backends have different ids.
struct AudioIDOnce: DomainRule {
    let id: RuleID = "audio-id"
    let summary = "audio backends have different ids"
    let documentation = """
        Sound devices name the backend they play to by its id.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainAudioDefValidate"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices("audio").compactMap { device in
            guard let number = device["id"], !seen.insert(number).inserted else { return nil }
            return finding(
                "audio ID \(number) is used multiple times", at: device, "id", in: domain, fix: "write another id")
        }
    }
}
