import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

struct OverrideFitsProperty: DomainCheck {
    let rule = DomainRule(
        "override-property", "an override sets a property that the device has, with a value of its type",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceCommandlineHandleOverrides",
            "QEMU 7.2 qapi/qobject-input-visitor.c, qom/object.c object_property_find_err; -device MODEL,help of 7.2, 10.0 and 11.1",
        ],
        """
        Libvirt passes an override on as JSON and asks nobody. QEMU does not start where the device has no such property (Property
        'vfio-pci.x-igd-lpc' not found, before 10.0), or where the type is another: x-igd-opregion is a bool, x-igd-gms unsigned,
        and x-igd-legacy-mode, which is on, off or auto, a string (Invalid parameter type for 'x-igd-legacy-mode', expected:
        string).
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let assigned = domain.assigned, !domain.written.passthrough.overrides.isEmpty else { return [] }
        var drivers: [String: String] = [:]
        for device in DomainArguments.devices(assigned) {
            if case .text(let id)? = device["id"], case .text(let driver)? = device["driver"] { drivers[id] = driver }
        }
        return domain.written.passthrough.overrides.flatMap { override -> [Finding] in
            guard let driver = drivers[override.alias] else { return [] }
            return override.properties.compactMap { property in
                check(property, driver, in: override.element, domain)
            }
        }
    }

    private func check(
        _ property: QEMUPassthrough.OverrideProperty, _ driver: String, in device: XMLElement, _ domain: CheckedDomain
    ) -> Finding? {
        guard let kind = property.value.kind else { return nil }
        let element = device.elements().flatMap { $0.elements() }.last { $0["name"] == property.name } ?? device
        if RecordedProperties.has(property.name, model: driver, domain.qemu) == false {
            let near = NearestName.of(
                property.name, among: RecordedProperties.names(of: driver, domain.qemu))
            return finding(
                "QEMU \(domain.qemu) refuses: Property '\(driver).\(property.name)' not found", at: element, "name",
                in: domain, fix: near.map { "write name='\($0)'" } ?? "remove it")
        }
        guard let wanted = RecordedProperties.kind(of: property.name, model: driver), wanted != kind else { return nil }
        return finding(
            "QEMU refuses: \(RecordedProperties.complaint(property.name, wants: wanted, domain.qemu))", at: element,
            "type", in: domain, fix: fix(property.value, wanted))
    }

    private func fix(_ value: QEMUPassthrough.OverrideValue, _ wanted: PropertyKind) -> String {
        switch (wanted, value) {
        case (.text, .bool(let isOn)): "write type='string' value='\(isOn ? "on" : "off")'"
        case (.text, _): "write type='string'"
        case (.bool, .text(let text)) where ["on", "off"].contains(text):
            "write type='bool' value='\(text == "on")'"
        case (.bool, .unsigned(let number)): "write type='bool' value='\(number != 0)'"
        case (.bool, .signed(let number)): "write type='bool' value='\(number != 0)'"
        case (.bool, _): "write type='bool' value='true', or false"
        case (.number, .text(let text)) where text.hasPrefix("0x"):
            UInt64(text.dropFirst(2), radix: 16).map { "write type='unsigned' value='\($0)'" }
                ?? "write type='unsigned' and a decimal number"
        case (.number, .bool(let isOn)): "write type='unsigned' value='\(isOn ? 1 : 0)'"
        case (.number, _): "write type='unsigned' and a decimal number"
        }
    }
}

extension QEMUPassthrough.OverrideValue {
    /// Nil for what takes a property away.
    fileprivate var kind: PropertyKind? {
        switch self {
        case .bool: .bool
        case .unsigned, .signed: .number
        case .text: .text
        case .remove: nil
        }
    }
}
