import BerthXML

/// The host's side of a character device, wherever one is.
struct CharacterSource {
    /// The device, for a random number generator its backend.
    let element: XMLElement
    let type: String
    let device: XMLElement
    var sources: [XMLElement] { element.elements("source") }

    static func all(in domain: CheckedDomain) -> [CharacterSource] {
        var found: [CharacterSource] = []
        for device in domain.devices {
            switch device.name {
            case "serial", "parallel", "console", "channel":
                found.append(CharacterSource(element: device, type: device["type"] ?? "pty", device: device))
            case "redirdev":
                found.append(CharacterSource(element: device, type: device["type"] ?? "", device: device))
            case "smartcard" where device["mode"] == "passthrough":
                found.append(CharacterSource(element: device, type: device["type"] ?? "", device: device))
            case "rng":
                guard let backend = device.first("backend"), backend["model"] == "egd" else { continue }
                found.append(CharacterSource(element: backend, type: backend["type"] ?? "", device: device))
            default: continue
            }
        }
        return found
    }
}
