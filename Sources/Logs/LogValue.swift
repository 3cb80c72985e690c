package import BerthPCI
import BerthDiagnostics

/// What stood in a place of a pattern.
package enum LogValue: Hashable, Sendable, CustomStringConvertible {
    case address(UInt64, LogAddressSpace)
    case number(Int)
    /// Of addresses, in bits.
    case width(Int)
    /// In bytes.
    case size(UInt64)
    case function(PCIAddress)
    case text(String)

    package var description: String {
        switch self {
        case .address(let value, _): Hexadecimal.string(value)
        case .number(let value): String(value)
        case .width(let bits): "\(bits) bits"
        case .size(let value): BinaryUnits.exact(value)
        case .function(let address): address.description
        case .text(let text): text
        }
    }
}

/// One place of a pattern and what stood there.
package struct LogCapture: Hashable, Sendable {
    package var name: String
    package var value: LogValue

    package init(_ name: String, _ value: LogValue) {
        self.name = name
        self.value = value
    }
}
