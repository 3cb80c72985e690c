import BerthDiagnostics
import BerthPCI

extension Property {
    /// The same property with a value of the type QEMU's JSON syntax wants.
    ///
    /// A property that the catalogue's devices do not have keeps the type it was given.
    /// Errors: a text that is no switch or number where one is wanted.
    package func typed() throws(EmissionRefusal) -> Property {
        switch (PropertyKind.of(name), value) {
        case (nil, _), (.bool, .bool), (.number, .number), (.text, .text): return self
        case (.text, .bool), (.text, .number): return Property(name, .text(value.description))
        case (.bool, .text("on")), (.bool, .text("yes")), (.bool, .text("true")), (.bool, .text("y")):
            return Property(name, .bool(true))
        case (.bool, .text("off")), (.bool, .text("no")), (.bool, .text("false")), (.bool, .text("n")):
            return Property(name, .bool(false))
        // A number in QEMU that people take for a switch.
        case (.number, .bool(let isOn)) where name == "rombar": return Property(name, .number(isOn ? 1 : 0))
        case (.number, .text("on")) where name == "rombar": return Property(name, .number(1))
        case (.number, .text("off")) where name == "rombar": return Property(name, .number(0))
        case (.number, .text(let text)):
            if let number = ByteCount(text) { return Property(name, .number(number.rawValue)) }
        case (.bool, .number), (.number, .bool): break
        case (.bool, .text): break
        }
        let wanted = PropertyKind.of(name) == .bool ? "on or off" : "a number from 0 up"
        throw EmissionRefusal("property-type", "the property '\(name)' takes \(wanted), not '\(value)'")
    }
}
