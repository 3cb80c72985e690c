package import BerthDiagnostics

extension Statement.StringInterpolation {
    package mutating func appendInterpolation(_ size: ByteCount) { statement.append(.size(size.rawValue)) }

    package mutating func appendInterpolation(rough size: ByteCount) { statement.append(.roughSize(size.rawValue)) }

    package mutating func appendInterpolation<Space>(_ address: PhysicalAddress<Space>) {
        statement.append(.address(address.rawValue))
    }

    package mutating func appendInterpolation<Space>(_ range: AddressRange<Space>) {
        statement.append(.range(range.start.rawValue, range.last.rawValue))
    }

    /// `0000:00:02.0`
    package mutating func appendInterpolation(_ function: PCIAddress) {
        statement.append(.function(segment: function.segment, bus: function.bus, devfn: function.devfn, .full))
    }

    /// `00:02.0`
    package mutating func appendInterpolation(short function: PCIAddress) {
        statement.append(.function(segment: function.segment, bus: function.bus, devfn: function.devfn, .short))
    }

    package mutating func appendInterpolation(_ bar: BARIndex) { statement.append(.name(bar.description)) }

    package mutating func appendInterpolation(_ code: ClassCode) {
        statement.append(.digits(UInt64(code.rawValue), width: 6))
    }
}
