extension Statement: ExpressibleByStringInterpolation {
    package init(stringLiteral words: String) {
        self.init()
        append(.words(words))
    }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.statement }

    /// What can stand between words. A floor that knows a type adds an overload, which appends a part.
    package struct StringInterpolation: StringInterpolationProtocol {
        package var statement = Statement()

        package init(literalCapacity: Int, interpolationCount: Int) {
            statement.reserve(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) { statement.append(.words(literal)) }

        package mutating func appendInterpolation(_ words: String) { statement.append(.words(words)) }

        package mutating func appendInterpolation(name: String) { statement.append(.name(name)) }

        package mutating func appendInterpolation(_ number: Int) { statement.append(.number(number)) }

        package mutating func appendInterpolation(_ other: Statement) { statement.append(other) }

        /// Nothing where there is nothing to say.
        package mutating func appendInterpolation(_ other: Statement?) {
            if let other { statement.append(other) }
        }

        package mutating func appendInterpolation(address: UInt64) { statement.append(.address(address)) }

        package mutating func appendInterpolation(bytes: UInt64) { statement.append(.size(bytes)) }

        package mutating func appendInterpolation(offset: Int) { statement.append(.offset(offset)) }

        package mutating func appendInterpolation(digits value: some BinaryInteger, width: Int = 1) {
            statement.append(.digits(UInt64(truncatingIfNeeded: value), width: width))
        }

        package mutating func appendInterpolation(vendor: UInt16, device: UInt16) {
            statement.append(.identity(vendor, device))
        }

        package mutating func appendInterpolation(_ product: Product, _ number: Int) {
            statement.append(.release(product, String(number)))
        }
    }
}
