package import BerthDiagnostics

/// One `-device` of the QEMU command line that libvirt makes: a JSON object with its members in libvirt's order.
package struct NativeDevice: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: QEMUPassthrough.OverrideValue
    }

    package private(set) var members: [Member] = []
    /// Where the device stands in the document.
    package var location: InputLocation?

    init(driver: String) { text("driver", driver) }

    package subscript(_ name: String) -> QEMUPassthrough.OverrideValue? { members.first { $0.name == name }?.value }

    /// `{"driver":"vfio-pci",…}`
    package var json: String {
        JSONText.object(members.map { (name: $0.name, value: Self.json($0.value)) })
    }

    /// `vfio-pci,host=…`, which libvirt writes where the capability for JSON is taken away.
    ///
    /// Source: `virQEMUBuildCommandLineJSON` in src/util/virqemu.c @ 9.0.0.
    package var option: String {
        let parts = members.compactMap { member -> String? in
            if member.name == "driver" { return nil }
            return "\(member.name)=\(OptionText.escaped(Self.option(member.value)))"
        }
        return ([self["driver"].map(Self.option) ?? ""] + parts).joined(separator: ",")
    }

    private static func json(_ value: QEMUPassthrough.OverrideValue) -> String {
        switch value {
        case .bool(let isOn): isOn ? "true" : "false"
        case .unsigned(let number): "\(number)"
        case .signed(let number): "\(number)"
        case .text(let text): JSONText.string(text)
        case .remove: "null"
        }
    }

    private static func option(_ value: QEMUPassthrough.OverrideValue) -> String {
        switch value {
        case .bool(let isOn): isOn ? "on" : "off"
        case .unsigned(let number): "\(number)"
        case .signed(let number): "\(number)"
        case .text(let text): text
        case .remove: ""
        }
    }

    mutating func text(_ name: String, _ value: String?) {
        if let value { members.append(Member(name: name, value: .text(value))) }
    }

    mutating func flag(_ name: String, _ value: Bool?) {
        if let value { members.append(Member(name: name, value: .bool(value))) }
    }

    mutating func number(_ name: String, _ value: Int?) {
        if let value { members.append(Member(name: name, value: .signed(Int64(value)))) }
    }

    /// Left out where it is zero.
    mutating func positive(_ name: String, _ value: Int?) { number(name, value == 0 ? nil : value) }

    /// As `<qemu:override>` says: a property moves to the end with its new value, or goes.
    ///
    /// Source: `qemuBuildDeviceCommandlineHandleOverrides` in src/qemu/qemu_command.c @ 9.0.0.
    mutating func apply(_ overrides: [QEMUPassthrough.DeviceOverride]) {
        guard case .text(let id)? = self["id"] else { return }
        for override in overrides where override.alias == id {
            for property in override.properties {
                members.removeAll { $0.name == property.name }
                if property.value != .remove {
                    members.append(Member(name: property.name, value: property.value))
                }
            }
        }
    }
}
