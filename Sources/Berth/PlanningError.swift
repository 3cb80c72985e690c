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

    static func wrapping<Value>(_ work: () throws -> Value) throws(PlanningError) -> Value {
        do {
            return try work()
        } catch let error as InputError {
            throw .unusable(error)
        } catch let error as Defect {
            throw .defect(error.findings)
        } catch {
            throw .defect([.unexpected(error)])
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

    static func wrapping<Value>(_ work: () throws -> Value) throws(ApplyError) -> Value {
        do {
            return try work()
        } catch let error as InputError {
            throw .unusable(error)
        } catch let error as Infeasible {
            throw .infeasible(error.findings)
        } catch let error as EmissionRefusal {
            throw .refused(error)
        } catch let error as Defect {
            throw .defect(error.findings)
        } catch {
            throw .defect([.unexpected(error)])
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

extension Finding {
    /// An error of a kind that nobody throws here.
    fileprivate static func unexpected(_ error: any Error) -> Finding { Finding(.error, "\(error)", rule: "defect") }
}
