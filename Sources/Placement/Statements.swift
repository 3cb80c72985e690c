package import BerthDiagnostics
import BerthPCI

extension Statement.StringInterpolation {
    /// By its name.
    package mutating func appendInterpolation(_ register: TargetRegister) {
        statement.append(.register(register.name, offset: register.offset))
    }

    package mutating func appendInterpolation(_ carrier: RegionBerth.Carrier) {
        statement.append(.name(carrier.rawValue))
    }

    package mutating func appendInterpolation(_ strategy: StrategyID) { statement.append(.name(strategy.rawValue)) }

    package mutating func appendInterpolation(_ address: PredictedAddress) {
        switch address {
        case .exact(let address): appendInterpolation(address)
        case .below(let limit): appendInterpolation("below \(limit) (firmware's choice)" as Statement)
        case .chosenByQEMU, .none: appendInterpolation(address.description)
        }
    }
}
