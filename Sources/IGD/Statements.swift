package import BerthDiagnostics

extension Statement.StringInterpolation {
    package mutating func appendInterpolation(_ generation: Generation) {
        statement.append(.name(generation.description))
    }

    package mutating func appendInterpolation(_ platform: Platform) { statement.append(.name(platform.name)) }
}
