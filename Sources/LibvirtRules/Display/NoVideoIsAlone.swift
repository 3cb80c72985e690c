import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NoVideoIsAlone: DomainCheck {
    let rule = DomainRule(
        "video-none", "a video of type 'none' is the only one",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainVideoDefValidate"],
        """
        <video><model type='none'/> says that there is no emulated display. Another one beside it contradicts that.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let videos = domain.devices("video")
        guard videos.count > 1, let none = videos.first(where: { $0.first("model")?["type"] == "none" }) else {
            return []
        }
        return [
            finding(
                "a 'none' video type must be the only video device defined for the domain",
                at: none.first("model") ?? none,
                "type", in: domain, fix: "remove the other <video>, or this one")
        ]
    }
}
