import Foundation

/// Says which inputs were being tried when a signal ends the process: a trap takes everything else with it, and so does
/// whoever ends what does not come back.
///
/// Targets run beside each other, and planning runs on threads of its own, so every input under way is named.
final class TrapWatch: Sendable {
    /// One line a target, written before an input is tried, so that the handler has nothing to do but write.
    private static let width = 160
    nonisolated(unsafe) private static let lines = {
        let lines = UnsafeMutablePointer<UInt8>.allocate(capacity: width * FuzzTarget.all.count)
        lines.initialize(repeating: 0x0a, count: width * FuzzTarget.all.count)
        return lines
    }()
    private static let isInstalled = install()
    private let line: Int

    init(_ target: FuzzTarget) {
        line = FuzzTarget.all.firstIndex { $0.name == target.name } ?? 0
        _ = Self.isInstalled
    }

    func begins(_ selection: FuzzSelection) {
        note("fuzz: under way when the process ended: BERTH_FUZZ=\(selection)")
    }

    func ends() { note("") }

    private func note(_ text: String) {
        let start = Self.lines + line * Self.width
        let bytes = Array(text.utf8.prefix(Self.width - 1))
        for index in 0..<Self.width { start[index] = index < bytes.count ? bytes[index] : 0x20 }
        start[Self.width - 1] = 0x0a
    }

    private static func install() -> Bool {
        _ = lines
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGINT, SIGTERM] {
            signal(number) { number in
                _ = write(2, TrapWatch.lines, TrapWatch.width * FuzzTarget.all.count)
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        return true
    }
}
