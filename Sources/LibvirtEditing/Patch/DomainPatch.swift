package import BerthLibvirtDomain
package import BerthDiagnostics
package import BerthXML

/// A user's domain on its way to what a plan needs, changed in place and as little as possible.
///
/// The changes are made in two steps with a reading between them, because libvirt gives addresses to devices that have
/// none, and what is written changes what is left for them: first room for the IGD, then the plan.
package struct DomainPatch: Sendable {
    package internal(set) var editor: XMLEditor
    /// As it is written.
    let written: Domain
    /// With what libvirt adds, and an address for every PCI device.
    package let assigned: Domain
    /// What moved, for people.
    package internal(set) var findings: [Finding] = []

    /// Whether a plan added the device that has this id, so that the next run can replace it. Strategies name theirs for
    /// the region; other devices whose alias begins with `ua-berth-` are the user's.
    package static func isPlanned(_ id: String) -> Bool { plannedIDs.contains { id.hasPrefix($0) } }

    static let plannedIDs = ["ua-berth-stolen", "ua-berth-opregion"]

    /// Errors: what is not XML, or no domain that libvirt takes.
    package init(_ bytes: [UInt8], file: String) throws(InputError) {
        editor = try DomainSource.reading { () throws(InputError) in try XMLEditor(bytes: bytes, file: file) }
        let (written, found) = DomainReader.read(editor.document, file: file)
        self.written = written
        var assigned = written
        let errors = (found + DomainAddresses.assign(&assigned)).filter { $0.severity == .error }
        guard errors.isEmpty else { throw InputError(.unusable, errors) }
        self.assigned = assigned
    }

    /// Errors: a value that XML cannot hold.
    package func result() throws(InputError) -> [UInt8] {
        do {
            return try editor.result()
        } catch {
            throw InputError(
                "the domain cannot be written: \(error)", rule: "xml-writing", at: SourceLocation(file: written.file))
        }
    }

    var root: XMLElement { written.element }

    /// The device's element, if it was written.
    mutating func say(_ severity: Severity, _ message: String, _ rule: RuleID, at element: XMLElement) {
        let place = SourceLocation(
            file: written.file, line: element.position?.line ?? element.line ?? 1,
            column: element.position?.column ?? 1)
        findings.append(Finding(severity, message, rule: rule, at: place))
    }

    /// Adds a device behind the last one of its kind, or behind all others.
    mutating func addDevice(_ element: XMLElement) {
        let devices = root.elements("devices")
        if let sibling = devices.flatMap({ $0.elements(element.name) }).last {
            editor.insert(element, after: sibling)
        } else if let parent = devices.last {
            editor.append(element, to: parent)
        } else {
            editor.append(XMLElement("devices", [element]), to: root)
        }
    }
}

extension Domain {
    /// The host's integrated graphics.
    package var igd: DomainDevice? { self[.hostdev].first { $0.hostAddress?.isIGD == true } }

    /// A virtual function of it, or a mediated device, which may be of it.
    var shareOfIGD: DomainDevice? {
        self[.hostdev].first { device in
            device.type == "mdev" && device.model == "vfio-pci"
                || device.hostAddress.map { $0.isOfIGD && !$0.isIGD } ?? false
        }
    }
}

extension DomainPCIAddress {
    /// Where every host has its integrated graphics.
    var isIGD: Bool { isSamePlace(as: DomainPCIAddress(slot: 2)) }

    /// The IGD or one of its virtual functions.
    var isOfIGD: Bool { domain == 0 && bus == 0 && slot == 2 }
}
