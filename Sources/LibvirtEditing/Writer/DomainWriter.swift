import BerthDiagnostics
import BerthLibvirtDomain
package import BerthTopology
import BerthXML

/// Domain XML of a guest, in which libvirt has nothing left to choose.
///
/// Every controller is listed with index, model, target and address, every device has an address, and what
/// libvirt would add by itself (memory balloon, USB controller, display) is switched off unless the guest
/// has it. Devices without an element of their own, or at a place libvirt refuses though QEMU takes it, go
/// into `qemu:commandline` as JSON, which QEMU creates after libvirt's devices and in the order given.
/// Sources: docs/formatdomain.rst, docs/drvqemu.rst @ libvirt 9.0.0.
package enum DomainWriter {
    /// The `type` of the domain.
    package enum Accelerator: String, Hashable, Sendable, CaseIterable {
        case kvm
        /// Emulation only; what a machine without KVM can start.
        case qemu
    }

    /// Errors: what neither libvirt nor an argument for QEMU can say, or a guest that QEMU would refuse.
    package static func write(
        _ plan: EmittablePlan, accelerator: Accelerator = .kvm
    ) throws(EmissionRefusal) -> String {
        try write(asItIs: plan.topology, accelerator: accelerator)
    }

    /// A guest that nobody planned: its IGD has the regions that QEMU and firmware give it.
    package static func write(
        asItIs topology: GuestTopology, accelerator: Accelerator = .kvm
    ) throws(EmissionRefusal) -> String {
        let domain = try element(topology, accelerator: accelerator)
        do {
            return try domain.serialized()
        } catch {
            throw EmissionRefusal("xml-character", "the guest cannot be written as XML: \(error)")
        }
    }

    static func element(_ topology: GuestTopology, accelerator: Accelerator) throws(EmissionRefusal) -> XMLElement {
        let plan = try DomainPlan(topology)
        var parts = DomainParts(plan: plan)
        try parts.build()
        var domain = XMLElement("domain", ["type": accelerator.rawValue])
        domain.append(XMLElement("name", text: plan.domainName))
        domain.children += try DomainHead.elements(topology).map { .element($0) }
        var devices = XMLElement("devices")
        devices.children = parts.devices.map { .element($0) }
        domain.append(devices)
        let arguments = try MachineArguments.arguments(topology) + parts.arguments
        if !arguments.isEmpty || !parts.overrides.isEmpty {
            domain.namespaces = [XMLNamespace("qemu", "http://libvirt.org/schemas/domain/qemu/1.0")]
        }
        if !arguments.isEmpty {
            domain.append(
                XMLElement("qemu:commandline", arguments.map { XMLElement("qemu:arg", ["value": $0]) }))
        }
        if !parts.overrides.isEmpty {
            domain.append(XMLElement("qemu:override", parts.overrides.map(\.element)))
        }
        return domain
    }
}

/// Properties that libvirt's own elements do not have, for one device by its QEMU id.
struct Override {
    var id: String
    var properties: [Property]

    var element: XMLElement { element(prefix: "qemu:") }

    func element(prefix: String) -> XMLElement {
        let frontend = XMLElement("\(prefix)frontend", properties.map { Self.element($0, prefix: prefix) })
        return XMLElement("\(prefix)device", ["alias": id], [frontend])
    }

    /// Types as docs/drvqemu.rst "Overriding properties" has them; numbers are decimal.
    static func element(_ property: Property, prefix: String) -> XMLElement {
        let type =
            switch property.value {
            case .bool: "bool"
            case .number: "unsigned"
            case .text: "string"
            }
        let value: String =
            if case .bool(let isOn) = property.value { isOn ? "true" : "false" } else { property.value.description }
        return XMLElement("\(prefix)property", ["name": property.name, "type": type, "value": value])
    }
}

extension XMLElement {
    init(_ name: String, _ children: [XMLElement]) { self.init(name, [:], children) }
}
