package import BerthDiagnostics
import BerthLibvirtDomain
package import BerthStack
package import BerthTopology
import BerthXML

/// A domain for the other of QEMU's two PC machines, changed no more than that takes.
///
/// Devices keep their addresses where the other machine has them free. What has no counterpart is dropped, and said.
package enum MachineConversion {
    package struct Result: Hashable, Sendable {
        package var bytes: [UInt8]
        /// What changes for the guest (notes), and what is lost (warnings).
        package var findings: [Finding]
        package var before: String
        package var after: String
    }

    /// Errors: what is no domain, or a domain of another kind of machine.
    package static func convert(
        _ bytes: [UInt8], file: String, to machine: MachineType, stack: StackChoice = StackChoice()
    ) throws(InputError) -> Result {
        let editor = try DomainSource.reading { () throws(InputError) in try XMLEditor(bytes: bytes, file: file) }
        let document = DomainDocument(editor.document, file: file, libvirt: stack.reader)
        let domain = document.written
        var conversion = DomainConversion(editor: editor, domain: domain)
        if !document.refusals.stop, domain.machine.chipset == .none {
            throw InputError(
                "the machine '\(domain.machine.name)' is neither a pc nor a q35", rule: "convert-machine",
                at: (domain.machine.element ?? domain.element).location(file: file))
        }
        // Nothing can be said of a domain that libvirt refuses.
        let errors = DomainArguments.commandLine(try document.assigned()).findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw InputError(.unusable, errors) }
        switch (domain.machine.chipset, machine) {
        case (.none, _), (.i440fx, .pc), (.q35, .q35): break
        case (.i440fx, .q35): conversion.convertToQ35()
        case (.q35, .pc): conversion.convertToPC()
        }
        conversion.compare(with: stack)
        do {
            let texts = try conversion.editor.readable()
            return Result(
                bytes: try conversion.editor.result(),
                findings: ordered(document.remarks + conversion.findings),
                before: texts.before, after: texts.after)
        } catch {
            throw InputError(
                "the domain cannot be written: \(error)", rule: "xml-writing", at: InputLocation(file: file))
        }
    }

    /// In the order of the document.
    private static func ordered(_ findings: [Finding]) -> [Finding] {
        findings.sorted { a, b in
            guard let left = a.location, let right = b.location, left != right else { return a.message < b.message }
            return left < right
        }
    }
}

/// A conversion on its way.
struct DomainConversion {
    var editor: XMLEditor
    let domain: WrittenDomain
    private(set) var findings: [Finding] = []
    /// Devices with a PCI address that is written down.
    var placed: [PlacedDevice] = []
    private var taken: Set<BusSlot> = []

    struct PlacedDevice {
        let device: DomainDevice
        let element: XMLElement
        let before: DomainPCIAddress
        var address: DomainPCIAddress
        /// Taken out, or placed by hand already.
        var isSettled = false
    }

    private struct BusSlot: Hashable {
        var bus: Int
        var slot: Int
    }

    init(editor: XMLEditor, domain: WrittenDomain) {
        self.editor = editor
        self.domain = domain
        for device in domain.devices {
            guard let element = device.element, let address = device.address.pci else { continue }
            placed.append(PlacedDevice(device: device, element: element, before: address, address: address))
        }
    }

    mutating func say(_ severity: Severity, _ message: String, _ rule: RuleID, at element: XMLElement) {
        findings.append(Finding(severity, message, rule: rule, at: element.location(file: domain.file)))
    }

    // MARK: Slots

    mutating func take(_ address: DomainPCIAddress) { take(bus: address.bus, slot: address.slot) }
    mutating func take(bus: Int, slot: Int) { taken.insert(BusSlot(bus: bus, slot: slot)) }

    /// The lowest free slot; 2 and 1f, which an IGD and its LPC bridge want, come last.
    mutating func freeSlot(on bus: Int) -> Int? {
        let slot = (Array(3...0x1e) + [1, 2, 0x1f]).first { !taken.contains(BusSlot(bus: bus, slot: $0)) }
        if let slot { take(bus: bus, slot: slot) }
        return slot
    }

    /// Writes down the addresses that changed.
    mutating func writeAddresses() {
        for device in placed where !device.isSettled && !device.address.isSamePlace(as: device.before) {
            editor.setAddress(device.address, of: device.element)
            guard !device.device.isPCIController else { continue }
            say(
                .note, "\(device.device.title) moves from \(device.before) to \(device.address)", "convert-address",
                at: device.element)
        }
    }

    /// Settles a device that has a PCI address, if it has one.
    mutating func settle(_ element: XMLElement) {
        for index in placed.indices where placed[index].element.position == element.position {
            placed[index].isSettled = true
        }
    }

    func controllers(_ type: String) -> [DomainDevice] { domain[.controller].filter { $0.type == type } }

    // MARK: What both directions share

    /// Says so where a named QEMU release does not have the machine type that was read.
    mutating func compare(with choice: StackChoice) {
        guard let element = domain.machine.element, let machine = Machine(name: domain.machine.name) else { return }
        let answer = choice.answer(.init(machine: machine.release))
        guard answer.machine == .tooNew, let finding = answer.finding(machine, at: element.location(file: domain.file))
        else { return }
        findings.append(finding)
    }

    /// The same version of the other machine, if there is one.
    mutating func convertMachine(to type: MachineType) {
        guard let element = domain.machine.element else {
            // Without a machine libvirt takes pc.
            if let type = domain.element.first("os")?.first("type") { editor.set("machine", to: "q35", of: type) }
            return
        }
        let old = domain.machine.name
        let prefix = type == .q35 ? "pc-q35-" : "pc-i440fx-"
        var name = type.rawValue
        if let release = Machine(name: old)?.release, release.qemu.namesQ35 {
            name = prefix + release.description
        } else if old != "pc", old != "q35" {
            say(
                .warning, "there is no \(type.rawValue) of the version of '\(old)'; the newest is taken",
                "convert-machine", at: element)
        }
        editor.set("machine", to: name, of: element)
    }

    /// The root bus has another name in arguments.
    mutating func convertArguments(from old: String, to new: String) {
        for word in domain.passthrough.arguments {
            var text = word.text
            for (before, after) in [("\"bus\":\"\(old)\"", "\"bus\":\"\(new)\""), ("bus=\(old),", "bus=\(new),")] {
                text = text.replacing(before, with: after)
            }
            if text.hasSuffix("bus=\(old)") { text = String(text.dropLast(old.count)) + new }
            if text != word.text { editor.set("value", to: text, of: word.element) }
            guard text.contains("\"bus\":\"pci") || text.contains("bus=pci") || text.contains("addr=") else { continue }
            say(
                .warning, "libvirt does not know the address of a device in qemu:commandline: check that it is free",
                "convert-argument", at: word.element)
        }
    }
}
