import Subprocess

extension ThisMachine {
    /// What a program prints; nil where it is not installed, fails, prints more than the limit, or does not end in time and is
    /// killed. No shell.
    package func output(of program: String, _ arguments: [String], limit: Int = 8 << 20) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                let result = try? await run(
                    .name("env"), arguments: Arguments([program] + arguments),
                    environment: .inherit.updating(["LC_ALL": "C"]),
                    output: .string(limit: limit), error: .discarded)
                guard let result, result.terminationStatus.isSuccess else { return nil }
                return result.standardOutput
            }
            group.addTask { [patience] in
                try? await Task.sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
