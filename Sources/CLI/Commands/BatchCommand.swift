import ArgumentParser
import BerthDiagnostics
import BerthStack
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// `berth batch`
struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "A worker for fleets: a request a line in, an answer a line out, in order.",
        discussion: """
            Standard input has JSON objects, one a line: 'verb' (plan, compare, diagnose, simulate, validate, host), 'guest' or 'path', \
            'host' or 'host-path', 'stack', 'strategy' and the like; docs/batch.md has all keys. What is wrong with a request is its \
            answer.

            Exit status: 0 every line was answered; 66 standard input cannot be read; 73 nobody reads the answers; 130 or 143 \
            after SIGINT or SIGTERM, when what was begun is written.
            """)

    @Option(help: ArgumentHelp("How many requests are worked on at once.", valueName: "count"))
    var jobs: Int?

    @Flag(help: "Say on standard error how far it is, even where that is no terminal.")
    var progress = false

    @OptionGroup var releases: ReleaseOptions

    func run() throws {
        try Output.reporting {
            if let jobs, !(1...1024).contains(jobs) {
                throw InputError("--jobs is \(jobs); expected 1 to 1024", rule: "usage", kind: .usage)
            }
            let choice = try releases.choice()
            var stack = choice.named ?? choice.fallback
            if let qemu = choice.qemu { stack.qemu = qemu }
            if let libvirt = choice.libvirt { stack.libvirt = libvirt }
            BatchSignals.take()
            let work = BatchWork(fallback: stack)
            var meter = BatchMeter(isShown: progress || isatty(STDERR_FILENO) == 1)
            let width = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
            var input = LineInput(descriptor: STDIN_FILENO)
            var number = 0
            while true {
                let lines: [LineInput.Line]
                do throws(LineInput.ReadFailure) {
                    lines = try input.next(width * 64, isStopped: { BatchSignals.caught != 0 })
                } catch {
                    throw InputError(
                        "standard input cannot be read: \(String(cString: strerror(error.code)))", rule: "input",
                        kind: .missing)
                }
                if lines.isEmpty { break }
                let answers = Self.answers(to: lines, after: number, work, width)
                number += lines.count
                var text: [UInt8] = []
                for answer in answers { text += Array(answer.text.utf8) + [UInt8(ascii: "\n")] }
                guard Output.write(text, descriptor: STDOUT_FILENO) else { throw ExitStatus.notWritable }
                meter.count(answers)
                if BatchSignals.caught != 0 { break }
            }
            meter.finish()
            let signal = BatchSignals.caught
            if signal != 0 { throw ExitCode(128 + signal) }
        }
    }

    /// In the order of the lines. After a signal nothing is begun any more: what is answered up to the first that is not comes back.
    private static func answers(
        to lines: [LineInput.Line], after number: Int, _ work: BatchWork, _ width: Int
    ) -> [BatchWork.Answer] {
        let results = Mutex([BatchWork.Answer?](repeating: nil, count: lines.count))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(width, lines.count)) { _ in
            while BatchSignals.caught == 0 {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < lines.count else { return }
                let answer = work.answer(lines[index], number: number + index + 1)
                results.withLock { $0[index] = answer }
            }
        }
        return results.withLock { all in Array(all.prefix { $0 != nil }.compactMap { $0 }) }
    }
}

/// SIGINT and SIGTERM are noted down; what is under way is finished.
enum BatchSignals {
    private static let number = Atomic<Int32>(0)

    static var caught: Int32 { number.load(ordering: .relaxed) }

    static func take() {
        signal(SIGPIPE, SIG_IGN)
        // A second one ends the process.
        for name in [SIGINT, SIGTERM] {
            signal(name) { caught in
                BatchSignals.number.store(caught, ordering: .relaxed)
                signal(caught, SIG_DFL)
            }
        }
    }
}

/// How far a batch is.
struct BatchMeter {
    let isShown: Bool
    private var answered = 0
    private var refused = 0
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now

    init(isShown: Bool) { self.isShown = isShown }

    mutating func count(_ answers: [BatchWork.Answer]) {
        answered += answers.count
        refused += answers.count { !$0.isAnswered }
        guard isShown, shown.duration(to: .now) >= .seconds(1) else { return }
        shown = .now
        Output.complain(line)
    }

    func finish() {
        if isShown { Output.complain(line) }
    }

    private var line: String {
        let seconds = max(0.001, Double(start.duration(to: .now).components.seconds) + 0.001)
        return "batch: \(answered) answered, \(refused) of them errors, \(Int(Double(answered) / seconds)) a second"
    }
}
