import BerthAudit
public import BerthDiagnostics
import BerthServices
public import BerthTopology

/// Why a guest could not be planned; that there is no plan is no error.
public enum PlanningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The guest has no IGD, or a share of one; a constraint names what nobody knows.
    case unusable(InputError)
    /// What was planned cannot be: a defect of Berth, to be reported with the input.
    case defect([Finding])

    init(_ error: any Error) {
        switch error {
        case let error as InputError: self = .unusable(error)
        case let error as Defect: self = .defect(error.findings)
        default: self = .defect([Finding(.error, "\(error)", rule: "defect")])
        }
    }

    static func wrapping<Value>(_ work: () throws -> Value) throws(PlanningError) -> Value {
        do {
            return try work()
        } catch {
            throw PlanningError(error)
        }
    }

    /// One finding a line.
    public var description: String {
        switch self {
        case .unusable(let error): error.description
        case .defect(let findings): findings.map(\.description).joined(separator: "\n")
        }
    }
}

/// Why a plan was not carried out in a domain.
public enum ApplyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a domain that libvirt takes, no IGD, a constraint that names what nobody knows.
    case unusable(InputError)
    /// There is no plan, or none that released software can carry out; why each candidate was not taken.
    case infeasible([Finding])
    /// A plan that the domain cannot be made to say.
    case refused(EmissionRefusal)
    /// What was planned cannot be: a defect of Berth, to be reported with the input.
    case defect([Finding])

    init(_ error: any Error) {
        switch error {
        case let error as Infeasible: self = .infeasible(error.findings)
        case let error as EmissionRefusal: self = .refused(error)
        default:
            switch PlanningError(error) {
            case .unusable(let error): self = .unusable(error)
            case .defect(let findings): self = .defect(findings)
            }
        }
    }

    static func wrapping<Value>(_ work: () throws -> Value) throws(ApplyError) -> Value {
        do {
            return try work()
        } catch {
            throw ApplyError(error)
        }
    }

    /// One finding a line.
    public var description: String {
        switch self {
        case .unusable(let error): error.description
        case .refused(let refusal): refusal.description
        case .infeasible(let findings), .defect(let findings):
            findings.map(\.description).joined(separator: "\n")
        }
    }
}
