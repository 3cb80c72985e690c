import BerthAudit
import BerthDiagnostics
import BerthServices
import BerthTopology

/// One reader and what lies behind it, as a pure function of bytes.
///
/// The bytes are either taken or refused by one of the errors that the entry points promise. Anything else is a fault of
/// ours: a trap, another error, a `Defect`, a refusal without a word of why, or no answer for a long time.
package struct FuzzTarget: Sendable {
    package let name: String
    /// Inputs that are right, or nearly.
    package let seeds: @Sendable () throws -> [[UInt8]]
    /// What the format's words are: keys, models, numbers with units, whole lines.
    package let words: [String]
    /// The longest input that is tried.
    package let limit: Int
    private let work: @Sendable ([UInt8], Sample) throws -> Void

    package init(
        _ name: String, seeds: @escaping @Sendable () throws -> [[UInt8]], words: [String] = [], limit: Int = 1 << 14,
        work: @escaping @Sendable ([UInt8], Sample) throws -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.words = words
        self.limit = limit
        self.work = work
    }

    package enum Answer: Hashable, Sendable {
        case taken
        /// With the message.
        case refused(String)
    }

    /// `isThorough`: whatever is done with some inputs only is done with this one.
    ///
    /// Errors: what no input may lead to.
    package func run(_ bytes: [UInt8], isThorough: Bool = false) throws(FuzzFault) -> Answer {
        guard isThorough else { return try run(bytes, Sample(bytes)) }
        var answer = Answer.taken
        for way in Sample.ways { answer = try run(bytes, way) }
        return answer
    }

    private func run(_ bytes: [UInt8], _ sample: Sample) throws(FuzzFault) -> Answer {
        let bytes = Array(bytes.prefix(limit))
        let start = ContinuousClock.now
        let answer: Answer
        do {
            try work(bytes, sample)
            answer = .taken
        } catch let error as InputError {
            guard error.findings.contains(where: { $0.severity == .error && !$0.message.isEmpty }) else {
                throw FuzzFault("an error that says nothing: \(error)")
            }
            answer = .refused(error.description)
        } catch let error as Defect {
            throw FuzzFault("a defect: \(error)")
        } catch let error as EmissionRefusal {
            answer = .refused(error.description)
        } catch let error as Infeasible {
            answer = .refused(error.findings.first?.message ?? "")
        } catch {
            throw FuzzFault("an error that nobody promised: \(error)")
        }
        let time = ContinuousClock.now - start
        guard time < Self.patience else { throw FuzzFault("\(time) for \(bytes.count) bytes") }
        return answer
    }

    /// A debug build on a busy machine needs a second or two for the largest plans.
    private static let patience = Duration.seconds(60)
}

/// What no input may lead to.
package struct FuzzFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

/// Which of the expensive things is done with an input: decided by its bytes, so that the same bytes always do the same.
package struct Sample: Sendable {
    private let hash: UInt64

    /// FNV-1a over eight bytes at a time, mixed once more.
    init(_ bytes: [UInt8]) {
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index < bytes.count {
                let word =
                    index + 8 <= bytes.count
                    ? bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) : UInt64(bytes[index])
                sum = (sum ^ word) &* 0x100_0000_01b3
                sum ^= sum >> 29
                index += index + 8 <= bytes.count ? 8 : 1
            }
        }
        hash = (sum ^ sum >> 32) &* 0x9e37_79b9_7f4a_7c15 >> 8
    }

    private init(hash: UInt64) { self.hash = hash }

    /// All that an input can be picked for, one after the other; each time it is the one in many.
    static let ways = (0..<32).map { Sample(hash: $0 * 64 * 64) }

    /// True for one input in so many, which is a power of two, at most 64.
    package func isOne(in count: UInt64) -> Bool { hash % count == 0 }
    /// 0 up to below `count`, which is a power of two, at most 32.
    package func pick(_ count: UInt64) -> UInt64 { hash / 64 / 64 % count }
}
