import ArgumentParser
import BerthAudit
import BerthDiagnostics
import BerthServices
import BerthTopology
import FoundationEssentials
import Glibc

/// Where results and complaints go.
enum Output {
    /// To standard output, or into a file that appears whole or not at all.
    static func write(_ text: String, to path: String?) throws { try write(Array(text.utf8), to: path) }

    static func write(_ bytes: [UInt8], to path: String?) throws {
        guard let path else {
            guard write(bytes, descriptor: STDOUT_FILENO) else { throw ExitStatus.notWritable }
            return
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            complain("\(path): error: cannot be written")
            throw ExitStatus.notWritable
        }
    }

    static func complain(_ line: String) { _ = write(line + "\n", descriptor: STDERR_FILENO) }

    private static func write(_ text: String, descriptor: Int32) -> Bool {
        write(Array(text.utf8), descriptor: descriptor)
    }

    /// False when the other end does not take everything.
    static func write(_ bytes: [UInt8], descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    /// What is odd about a guest, but stops nobody.
    static func warn(of topology: GuestTopology) {
        for finding in topology.resolve().findings where finding.severity < .error { complain(finding.description) }
    }

    /// Runs a command's work and turns its errors into diagnostics and an exit status.
    static func reporting(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let error as InputError {
            for finding in error.findings { complain(finding.description) }
            throw ExitStatus.of(error.kind)
        } catch let error as Defect {
            for finding in error.findings { complain(finding.description) }
            throw ExitStatus.defect
        } catch let error as Infeasible {
            for finding in error.findings { complain(finding.description) }
            throw ExitStatus.no
        } catch let error as EmissionRefusal {
            complain("error: \(error)")
            throw ExitStatus.no
        }
    }
}
