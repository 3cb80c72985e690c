import BerthDiagnostics
import BerthLibvirtDomain
package import BerthTopology
import BerthXML

/// What a plan adds to a guest, written into its domain.
extension DomainPatch {
    /// Makes the document say what `plan` has and `base` has not: devices, arguments, properties of the IGD. What an
    /// earlier plan added and this one does not need goes.
    ///
    /// Errors: what neither libvirt nor an argument for QEMU can say; a guest that has a share of the IGD.
    package mutating func carryOut(_ emittable: EmittablePlan, on base: GuestTopology) throws(EmissionRefusal) {
        if let shared = base.sharedGraphics {
            throw EmissionRefusal(SharedGraphics.rule, "\(shared.statement); \(shared.advice)")
        }
        let plan = emittable.topology
        let known = Set(base.devices.map(\.id))
        var addition = plan
        addition.devices = plan.devices.filter { !known.contains($0.id) }
        addition.name = assigned.name
        // Behind a port, which is the user's, it takes no place from what is added.
        if addition.igd?.slot.bus != addition.rootBus { addition.igd = nil }
        // Options of the machine that are the user's stay the user's.
        addition.machine = Machine(base.machine.type)
        addition.machine.release = base.machine.release
        if plan.machine.maxRAMBelow4GiB != base.machine.maxRAMBelow4GiB {
            addition.machine.maxRAMBelow4GiB = plan.machine.maxRAMBelow4GiB
        }
        addition.firmwareFiles = plan.firmwareFiles.filter { !base.firmwareFiles.contains($0) }
        let writing = try DomainPlan(addition)
        var parts = DomainParts(plan: writing)
        var elements: [XMLElement] = []
        var indices = ControllerIndices()
        var singles = SingleElements()
        for device in addition.devices {
            guard
                var element = try NativeElement.make(device, plan: writing, indices: &indices, singles: &singles)?
                    .element
            else {
                try parts.addArguments(device)
                continue
            }
            element.append(XMLElement("alias", ["name": writing.alias(device)]))
            element.append(
                try LibvirtAddress.element(
                    device.slot, on: writing.buses[device.slot.bus], multifunction: device.multifunction))
            elements.append(element)
        }
        if let igd = plan.igd, igd.rom != base.igd?.rom { setROM(try IGDElement.rom(igd)) }
        writeIGD()
        replaceDevices(with: elements)
        replaceArguments(with: try MachineArguments.arguments(addition) + parts.arguments)
        let kept = Set(plan.firmwareFiles.map(\.name))
        removeFiles(base.firmwareFiles.map(\.name).filter { !kept.contains($0) })
        let given = try carrySettings()
        if let igd = plan.igd {
            let planned = try igd.properties.typed()
            setProperties(given.filter { old in !planned.contains { $0.name == old.name } } + planned)
        }
    }

    /// Elements that say the same stay as they are written.
    private mutating func replaceDevices(with elements: [XMLElement]) {
        var missing = elements
        for device in written.devices {
            guard let alias = device.alias, Self.isPlanned(alias), let old = device.element else {
                continue
            }
            guard let index = missing.firstIndex(where: { $0.first("alias")?["name"] == alias }) else {
                editor.remove(old)
                continue
            }
            let new = missing.remove(at: index)
            if !new.saysTheSame(as: old) { editor.replace(old, with: new) }
        }
        for element in missing { addDevice(element) }
    }
}

extension XMLElement {
    /// Whether two elements differ in layout, comments and the order of attributes only.
    fileprivate func saysTheSame(as other: XMLElement) -> Bool {
        func sorted(_ element: XMLElement) -> [XMLAttribute] {
            element.withoutLines.attributes.sorted { $0.name < $1.name }
        }
        let (mine, theirs) = (elements(), other.elements())
        return name == other.name && sorted(self) == sorted(other) && mine.count == theirs.count
            && (!mine.isEmpty || text == other.text)
            && mine.allSatisfy { element in theirs.contains { element.saysTheSame(as: $0) } }
    }
}
