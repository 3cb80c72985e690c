import Subprocess

/// A program the tests need, by the Debian package that has it.
package struct Program: Sendable {
    package var name: String
    package var package: String
    package init(_ name: String, package: String) {
        self.name = name
        self.package = package
    }

    package struct Missing: Error, CustomStringConvertible {
        package var description: String
    }

    package struct Answer: Sendable {
        package var output: String
        package var errors: String
        package var isSuccess: Bool
    }

    /// Runs it without a shell. Errors: `Missing`, with the package to install.
    package func callAsFunction(
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

    package var missing: Missing {
        Missing(description: "\(name) is missing: install the Debian package \(package)")
    }
}
