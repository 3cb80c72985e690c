import BerthDiagnostics
import BerthXML

/// A domain has at most 2000 devices.
struct DeviceCount: DomainRule {
    let id: RuleID = "device-count"
    let summary = "a domain has at most 2000 devices"
    let documentation = """
        More are not judged: putting them in order and looking for their slots takes too long. A PCI guest of libvirt
        has room for a few hundred.
        """
    let sources = ["a bound of our own; libvirt has 256 PCI buses"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.devices.count > CheckedDomain.deviceLimit else { return [] }
        return [
            finding(
                "the domain has \(domain.devices.count) devices; more than \(CheckedDomain.deviceLimit) are not judged",
                at: domain.root.first("devices") ?? domain.root, in: domain, fix: "remove devices")
        ]
    }
}
