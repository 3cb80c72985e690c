package import BerthDiagnostics
package import BerthTopology

extension JSONText {
    /// A flat object, as QEMU's `-device` and `-object` take it.
    package static func object(_ members: [Property]) -> String {
        object(members.map { (name: $0.name, value: value($0.value)) })
    }

    private static func value(_ value: PropertyValue) -> String {
        switch value {
        case .bool(let isOn): isOn ? "true" : "false"
        case .number(let number): "\(number)"
        case .text(let text): string(text)
        }
    }
}
