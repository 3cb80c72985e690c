package import Foundation
package import Subprocess

/// The `berth` that was built together with the tests.
package enum BuiltTool {
    /// What one run left behind.
    package struct Run: Sendable {
        /// 128 and more for a signal, as shells count.
        package var status: Int
        package var output: String
        package var complaint: String
    }

    /// Beside the test bundle.
    package static let url: URL = {
        let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return bundle.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("berth")
    }()

    /// Runs the tool for Debian 12, whatever is installed here, in the package's folder, so that messages do not depend on where the checkout is;
    /// `prelude` is what a shell does first, such as setting a limit.
    package static func run(
        _ arguments: [String], input: String = "", environment: [Environment.Key: String?] = [:],
        after prelude: String = ":"
    ) async throws -> Run {
        return try await ProcessTurns.shared {
            // env and sh change folder and limits: Subprocess takes paths only as values of a package that is not ours
            // to import. The shell reads what the tool leaves of its input: a write that nobody reads would end the tests.
            let result = try await Subprocess.run(
                .name("env"),
                arguments: Arguments(
                    [
                        "-C", PackageRoot.url.path, "sh", "-c",
                        prelude + "; \"$0\" \"$@\"; status=$?; cat > /dev/null; exit $status", url.path,
                    ] + arguments),
                environment: .inherit.updating(["BERTH_STACK": "debian-12"]).updating(environment),
                input: .string(input),
                output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
            let status: Int =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): 128 + Int(signal)
                }
            return Run(status: status, output: result.standardOutput, complaint: result.standardError)
        }
    }
}
