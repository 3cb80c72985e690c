import Glibc
import Synchronization

/// One line on a terminal that says what is going on, and is gone afterwards. Nothing where standard error is no terminal.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let shown = Mutex("")

    func show(_ text: String) {
        guard isTerminal else { return }
        shown.withLock { shown in
            guard shown != text else { return }
            shown = text
            _ = Output.write(Array("\r\u{1b}[K\(text)".utf8), descriptor: STDERR_FILENO)
        }
    }

    func clear() {
        guard isTerminal else { return }
        shown.withLock { shown in
            guard !shown.isEmpty else { return }
            shown = ""
            _ = Output.write(Array("\r\u{1b}[K".utf8), descriptor: STDERR_FILENO)
        }
    }
}
