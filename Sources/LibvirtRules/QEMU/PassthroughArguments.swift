import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthTopology
import BerthXML

/// What libvirt hands through to QEMU without looking: `<qemu:commandline>` and `<qemu:override>`.
enum PassthroughArguments: RuleTable {
    static let all = [propertyType, firmwareFile, overrideAddress]

    private static let propertyType = RuleRow.domain(
        "commandline-property-type", "a property of a device in JSON has a value of its type",
        sources: ["QEMU 7.2 qapi/qobject-input-visitor.c; -device MODEL,help of 7.2, 10.0 and 11.1"],
        "-device '{\"driver\":\"e1000\",\"multifunction\":\"on\"}' does not start: in JSON a switch is true or false, a number has no "
            + "quotes. Option style (e1000,multifunction=on) takes everything as text."
    ) { domain, report in
        for device in domain.commandLineDevices {
            guard let driver = device["driver"] else { continue }
            for name in device.names {
                guard let kind = device.kind(of: name),
                    let wanted = RecordedProperties.kind(of: name, model: driver), wanted != kind,
                    RecordedProperties.has(name, model: driver, domain.qemu) == true
                else { continue }
                report.refuse(
                    "QEMU refuses: \(RecordedProperties.complaint(name, wants: wanted, domain.qemu))",
                    at: device.element, "value", fix: Self.fix(name, device[name] ?? "", wanted))
            }
        }
    }

    private static func fix(_ name: String, _ value: String, _ wanted: PropertyKind) -> String {
        switch wanted {
        case .bool: "write \"\(name)\":\(["on", "true", "1", "yes"].contains(value)), without quotes"
        case .number: "write \"\(name)\": and a decimal number without quotes"
        case .text: "write \"\(name)\":\"\(value)\""
        }
    }

    private static let firmwareFile = RuleRow.domain(
        "fw-cfg-once", "a file of fw_cfg is given once", remedy: "remove one of them",
        sources: ["QEMU 7.2 hw/nvram/fw_cfg.c fw_cfg_add_file_callback"],
        "-fw_cfg, <sysinfo type='fwcfg'> and QEMU itself make files for the firmware: with x-igd-opregion on, "
            + "etc/igd-opregion is QEMU's. Two of one name end QEMU."
    ) { domain, report in
        var seen: Set<String> = []
        for entry in domain.root.elements("sysinfo").filter({ $0["type"] == "fwcfg" }).flatMap({ $0.elements("entry") })
        {
            guard let name = entry["name"], !seen.insert(name).inserted else { continue }
            report.refuse("QEMU refuses: duplicate fw_cfg file name: \(name)", at: entry, "name")
        }
        if domain.overrides.values.contains(where: { ["true", "on"].contains($0["x-igd-opregion"] ?? "") }) {
            seen.insert("etc/igd-opregion")
        }
        for option in domain.commandLineOptions where option.name == "fw_cfg" {
            let file = CommandLineDevice(text: option.text, element: option.element)
            guard let name = file["name"] ?? file["driver"], !seen.insert(name).inserted else { continue }
            report.refuse("QEMU refuses: duplicate fw_cfg file name: \(name)", at: option.element, "value")
        }
    }

    private static let overrideAddress = RuleRow.domain(
        "override-address", "an override leaves a device where libvirt puts it",
        remedy: "remove the property, and write an <address> for the device",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceCommandlineHandleOverrides"],
        "Libvirt gives out slots by the <address> elements, and knows nothing of bus or addr in an override: it puts other "
            + "devices there. Where one is, QEMU does not start."
    ) { domain, report in
        guard let assigned = domain.assigned, !domain.written.passthrough.overrides.isEmpty else { return }
        let devices = DomainArguments.devices(assigned)
        for override in domain.written.passthrough.overrides {
            guard let own = devices.first(where: { $0["id"] == .text(override.alias) }) else { continue }
            for property in override.properties where ["bus", "addr"].contains(property.name) {
                let place = override.element.elements().flatMap { $0.elements() }.last { $0["name"] == property.name }
                let other = devices.first { $0["id"] != own["id"] && Place($0) != nil && Place($0) == Place(own) }
                if let other, let taken = Place(own), case .text(let driver)? = own["driver"] {
                    report.refuse(
                        "QEMU refuses: PCI: slot \(taken.slot) function \(taken.function) not available for \(driver), in "
                            + "use by \(other["driver"].map(\.text) ?? "another")", at: place ?? override.element,
                        "name")
                } else {
                    report.warn(
                        "\(property.name) is libvirt's: it puts '\(override.alias)' elsewhere, and other devices here",
                        at: place ?? override.element, "name")
                }
            }
        }
    }

    /// Where QEMU plugs in a PCI device.
    private struct Place: Hashable {
        var bus: String
        var slot: Int
        var function: Int

        init?(_ device: NativeDevice) {
            guard let bus = device["bus"]?.text, let address = device["addr"],
                let (slot, function) = Self.place(address)
            else { return nil }
            (self.bus, self.slot, self.function) = (bus, slot, function)
        }

        private static func place(_ address: QEMUPassthrough.OverrideValue) -> (slot: Int, function: Int)? {
            // A number is that of slot and function together.
            switch address {
            case .unsigned(let both): both < 256 ? (Int(both) >> 3, Int(both) & 7) : nil
            case .signed(let both): (0..<256).contains(both) ? (Int(both) >> 3, Int(both) & 7) : nil
            default: CommandLineDevice.place(address.text)
            }
        }
    }
}
