/// What a line of a log says, as words with typed places between them.
///
/// Built by string interpolation, so that a place has a name and a type: `"fault addr \(dma: "address")"`. A pattern is
/// found anywhere in a line, behind whatever a logger puts in front; there is no going back in it, so the time it takes
/// grows with the length of the line and not with what stands there.
package struct LogPattern: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        case literal([UInt8])
        case capture(Capture)
        /// Whatever stands before the next words.
        case gap
    }

    struct Capture: Hashable, Sendable {
        var name: String
        var kind: Kind
    }

    enum Kind: Hashable, Sendable {
        /// Hexadecimal, with `0x` or without.
        case address(LogAddressSpace)
        /// Decimal, negative ones too.
        case number
        /// Of addresses that an IOMMU or a host maps, in bits.
        case width
        /// Of bytes, hexadecimal with `0x` and decimal without.
        case size
        /// `0000:00:02.0`, or without the segment.
        case function
        /// Up to a space, or to what follows in the pattern.
        case word
        /// Up to what follows in the pattern, or to the end of the line.
        case text
    }

    /// Words first: a pattern without any in front is found nowhere.
    private(set) var elements: [Element] = []

    /// The longest words of it, which a reader looks for before anything else.
    var longestLiteral: [UInt8] {
        elements.reduce([]) { longest, element in
            if case .literal(let bytes) = element, bytes.count > longest.count { bytes } else { longest }
        }
    }

    /// Names of its places, in their order.
    package var names: [String] {
        elements.compactMap { if case .capture(let capture) = $0 { capture.name } else { nil } }
    }

    /// For lists: places in angle brackets, `fault addr <address>`.
    package var shown: String {
        elements.map { element in
            switch element {
            case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
            case .capture(let capture): "<\(capture.name)>"
            case .gap: "..."
            }
        }.joined()
    }
}

/// Whose memory a printed address is one of.
package enum LogAddressSpace: Hashable, Sendable {
    /// The guest's.
    case guest
    /// The host's.
    case host
    /// What a device sends to the IOMMU: of an assigned one the guest's.
    case dma
    /// That of the kernel that prints it, the host's or the guest's.
    case kernel
    /// None: a register's value, an offset.
    case raw
}

extension LogPattern: ExpressibleByStringInterpolation {
    package init(stringLiteral words: String) { elements = words.isEmpty ? [] : [.literal(Array(words.utf8))] }

    package init(stringInterpolation: StringInterpolation) { elements = stringInterpolation.elements }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var elements: [Element] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            elements.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { elements.append(.literal(Array(literal.utf8))) }
        }

        package mutating func appendInterpolation(guest name: String) { append(name, .address(.guest)) }
        package mutating func appendInterpolation(host name: String) { append(name, .address(.host)) }
        package mutating func appendInterpolation(dma name: String) { append(name, .address(.dma)) }
        package mutating func appendInterpolation(kernel name: String) { append(name, .address(.kernel)) }
        package mutating func appendInterpolation(raw name: String) { append(name, .address(.raw)) }
        package mutating func appendInterpolation(number name: String) { append(name, .number) }
        package mutating func appendInterpolation(width name: String) { append(name, .width) }
        package mutating func appendInterpolation(size name: String) { append(name, .size) }
        package mutating func appendInterpolation(function name: String) { append(name, .function) }
        package mutating func appendInterpolation(word name: String) { append(name, .word) }
        package mutating func appendInterpolation(text name: String) { append(name, .text) }
        package mutating func appendInterpolation(_ gap: LogPattern.Gap) { elements.append(.gap) }

        private mutating func append(_ name: String, _ kind: Kind) {
            elements.append(.capture(Capture(name: name, kind: kind)))
        }
    }

    package enum Gap: Sendable { case anything }
}
