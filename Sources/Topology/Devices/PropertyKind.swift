/// How QEMU's JSON syntax wants the value of a property: a switch, a number or a string.
///
/// Option syntax (`-device x,a=on`) takes everything as text, JSON (`-device {"driver":"x","a":true}`) and
/// libvirt's overrides do not: `Invalid parameter type for 'a', expected: boolean`.
package enum PropertyKind: String, Hashable, Sendable {
    case bool, number, text

    /// Nil for a property that no device has, or several with different kinds.
    package static func of(_ name: String) -> PropertyKind? { RecordedProperties.kind(of: name) }

    /// As QEMU's messages call it.
    package var name: String {
        switch self {
        case .bool: "boolean"
        case .number: "integer"
        case .text: "string"
        }
    }
}
