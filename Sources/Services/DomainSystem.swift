import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

/// What a domain says of the OS that runs in it, which is nothing to libvirt.
struct DomainSystem {
    /// Nil where nothing tells.
    let guest: GuestOS?
    /// The element that gives it away, where the OS is not named.
    private let sign: XMLElement?
    /// Where libosinfo's id is macOS', of which nobody here knows more.
    private let mac: (id: String, XMLElement)?
    private let file: String

    init(_ domain: AssignedDomain) {
        file = domain.file
        let noted = domain.element.elements("metadata").flatMap { $0.elements() }.flatMap { [$0] + $0.elements() }
        mac = noted.lazy.compactMap(Self.macOS).first
        if let version = noted.lazy.compactMap(Self.windows).first {
            (guest, sign) = (.windows(version), nil)
        } else if let hyperV = Self.enlightenments(domain) {
            let hasTPM = domain.element.first("devices")?.first("tpm") != nil
            (guest, sign) = (.likelyWindows(hasTPM: hasTPM), hyperV)
        } else {
            (guest, sign) = (nil, nil)
        }
    }

    func findings(_ guest: GuestOS) -> [Finding] {
        if let (id, element) = mac {
            return [
                Finding(
                    .note, GuestOS.macOS(sign: id, takenFor: guest), rule: "guest-os",
                    at: element.location(file: file), assuming: .guestOS)
            ]
        }
        guard let sign else { return [] }
        return [
            Finding(
                .note, "<hyperv>: the guest is taken for \(guest); --guest names another", rule: "guest-os",
                at: sign.location(file: file), assuming: .guestOS)
        ]
    }

    /// As virt-manager notes it down (libosinfo's ids), and Unraid (`<vmtemplate os=>`); a server goes with the client of its kernel.
    private static func windows(_ note: XMLElement) -> Int? {
        let known = [
            "10": 10, "2k16": 10, "2k19": 10, "2k22": 10, "11": 11, "2k25": 11, "windows10": 10, "windows11": 11,
            "windowstpm": 11, "windows2016": 10, "windows2019": 10, "windows2022": 10,
        ]
        if let id = note["id"], let found = id.firstRange(of: "microsoft.com/win/") {
            return known[String(id[found.upperBound...])]
        }
        return note.name == "vmtemplate" ? note["os"].flatMap { known[$0] } : nil
    }

    private static func macOS(_ note: XMLElement) -> (id: String, XMLElement)? {
        guard let id = note["id"], id.contains("apple.com/") else { return nil }
        return (id, note)
    }

    /// Hyper-V's, which nobody gives to another OS.
    private static func enlightenments(_ domain: AssignedDomain) -> XMLElement? {
        domain.element.elements("features").flatMap { $0.elements("hyperv") }.first { hyperV in
            // A vendor's name is given so that a driver does not see KVM, whatever the OS.
            hyperV["mode"] == "passthrough"
                || hyperV.elements().contains { $0.name != "vendor_id" && ($0["state"] ?? "on") == "on" }
        }
    }
}
