package import BerthDiagnostics
package import BerthLibvirtDomain
package import BerthStack
package import BerthXML

/// A user's domain on its way to what a plan needs, changed in place and as little as possible.
///
/// What moves is changed in the text and in the domain that was read from it, so that the guest with room for its IGD is
/// known before anything is written: libvirt gives addresses to devices that have none, and what moves changes what is left
/// for them.
package struct DomainPatch: Sendable {
    package internal(set) var editor: XMLEditor
    /// The text as it was read.
    package let bytes: [UInt8]
    /// As it is written, with what moved since.
    private(set) var written: WrittenDomain
    /// With what libvirt adds, and an address for every PCI device.
    package private(set) var assigned: AssignedDomain
    /// What libvirt drops from the text or reads otherwise: warnings.
    package let remarks: [Finding]
    /// What moved, for people.
    package private(set) var findings: [Finding] = []
    /// The IGD in the text, one that the text does not have yet, and its ROM.
    private let igd: XMLElement?
    private var added: XMLElement?
    private var rom: XMLElement?

    /// Whether a plan added the device that has this id, so that the next run can replace it. Strategies name theirs for
    /// the region; other devices whose alias begins with `ua-berth-` are the user's.
    package static func isPlanned(_ id: String) -> Bool { plannedIDs.contains { id.hasPrefix($0) } }

    static let plannedIDs = ["ua-berth-stolen", "ua-berth-opregion"]

    /// Errors: what is not XML, or no domain that libvirt takes.
    package init(_ bytes: [UInt8], file: String, libvirt: LibvirtRelease) throws(InputError) {
        self.bytes = bytes
        editor = try DomainSource.reading { () throws(InputError) in try XMLEditor(bytes: bytes, file: file) }
        let document = DomainDocument(editor.document, file: file, libvirt: libvirt)
        assigned = try document.assigned()
        written = document.written
        igd = document.written.igd?.element
        remarks = document.remarks
    }

    /// Errors: a value that XML cannot hold.
    package func result() throws(InputError) -> [UInt8] {
        do {
            var complete = self
            complete.writeIGD()
            return try complete.editor.result()
        } catch {
            throw InputError(
                "the domain cannot be written: \(error)", rule: "xml-writing", at: InputLocation(file: written.file))
        }
    }

    var root: XMLElement { written.element }

    mutating func say(_ severity: Severity, _ message: String, _ rule: RuleID, at element: XMLElement) {
        findings.append(Finding(severity, message, rule: rule, at: element.location(file: written.file)))
    }

    // MARK: In text and domain

    mutating func move(_ reference: DeviceReference, to address: DomainPCIAddress) {
        let device = written[reference.kind][reference.index]
        guard let element = device.element else { return }
        var address = address
        if let old = device.address.pci { address.multifunction = old.multifunction }
        editor.setAddress(address, of: element)
        written.lists[reference.kind][reference.index].address = .pci(address)
    }

    /// Sets a number of `<target>`; the element is made where it is missing.
    mutating func setTarget(
        _ name: String, _ text: String, of reference: DeviceReference,
        _ change: (inout PCIControllerSettings) -> Void
    ) {
        guard let element = written[reference.kind][reference.index].element else { return }
        if let target = element.first("target") {
            editor.set(name, to: text, of: target)
        } else {
            editor.append(XMLElement("target", [name: text]), to: element)
        }
        change(&written.lists[reference.kind][reference.index].target)
    }

    /// An IGD where there was none; in the text from `writeIGD` on.
    mutating func addIGD(_ element: XMLElement) {
        added = element
        written.lists[.hostdev].append(DomainReader.device(element, .hostdev, file: written.file))
    }

    /// What a ROM of ours says; others stay as they are written.
    private static let romAttributes = ["bar", "file", "enabled"]

    /// The ROM of the IGD; in the text from `writeIGD` on, because a plan may want another than makes room.
    mutating func setROM(_ rom: XMLElement) {
        guard let index = written[.hostdev].firstIndex(where: \.isIGD) else { return }
        let old = written[.hostdev][index].element?.first("rom")
        if let old, Self.romAttributes.allSatisfy({ old[$0] == rom[$0] }) { return }
        self.rom = rom
        written.lists[.hostdev][index].element?.replaceChild("rom", by: rom)
    }

    /// What was kept back of the IGD.
    mutating func writeIGD() {
        if var element = added {
            added = nil
            if let rom { element.replaceChild("rom", by: rom) }
            addDevice(element)
        } else if let rom, let element = igd {
            if let old = element.first("rom") {
                for name in Self.romAttributes where old[name] != rom[name] {
                    editor.set(name, to: rom[name], of: old)
                }
            } else {
                editor.append(rom, to: element)
            }
        }
        rom = nil
    }

    /// Addresses anew for what has none of its own, where something moved.
    ///
    /// Errors: what libvirt would refuse.
    mutating func reassign() throws(InputError) {
        guard written != assigned.written else { return }
        do throws(DomainRefusals) {
            assigned = try DomainAddresses.assign(written)
        } catch {
            throw InputError(.unusable, error.all.map(\.remark))
        }
    }

    // MARK: In the text

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

extension DomainDevice {
    /// A `<hostdev>` of the host's integrated graphics.
    var isIGD: Bool { kind == .hostdev && hostAddress?.isIGD == true }
}

extension AssignedDomain {
    /// The host's integrated graphics.
    package var igd: DomainDevice? { self[.hostdev].first(where: \.isIGD) }
}

extension WrittenDomain {
    /// The host's integrated graphics.
    var igd: DomainDevice? { self[.hostdev].first(where: \.isIGD) }

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

extension XMLElement {
    /// Puts an element where the one of its name was, or behind all others.
    fileprivate mutating func replaceChild(_ name: String, by new: XMLElement) {
        let index = children.firstIndex { if case .element(let child) = $0 { child.name == name } else { false } }
        if let index { children[index] = .element(new) } else { append(new) }
    }
}
