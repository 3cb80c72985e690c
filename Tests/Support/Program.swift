import Subprocess

/// A program the tests need, by the Debian package that has it.
public struct Program: Sendable {
    public var name: String
    public var package: String
    public init(_ name: String, package: String) {
        self.name = name
        self.package = package
    }

    public struct Missing: Error, CustomStringConvertible {
        public var description: String
    }

    public struct Answer: Sendable {
        public var output: String
        public var errors: String
        public var isSuccess: Bool
    }

    /// Runs it without a shell. Errors: `Missing`, with the package to install.
    public func callAsFunction(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Answer {
        do {
            return try await ProcessTurns.shared {
                let result = try await run(
                    .name(name), arguments: Arguments(arguments),
                    environment: .inherit.updating(
                        Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
                    input: .string(input), output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
                return Answer(
                    output: result.standardOutput, errors: result.standardError,
                    isSuccess: result.terminationStatus.isSuccess)
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw missing
        }
    }

    public var missing: Missing {
        Missing(description: "\(name) is missing: install the Debian package \(package)")
    }
}
