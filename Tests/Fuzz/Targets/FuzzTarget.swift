import BerthAudit
import BerthDiagnostics
import BerthServices
import BerthTopology

/// One reader and what lies behind it, as a pure function of bytes.
///
/// The bytes are either taken or refused by one of the errors that the entry points promise. Anything else is a fault of
/// ours: a trap, another error, a `Defect`, or a refusal without a word of why.
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
        return try answers(bytes).last ?? .taken
    }

    /// What is said to an input, whatever is done with it; each once.
    package func answers(_ bytes: [UInt8]) throws(FuzzFault) -> [Answer] {
        var answers: [Answer] = []
        for way in Sample.ways {
            let answer = try run(bytes, way)
            if !answers.contains(answer) { answers.append(answer) }
        }
        return answers
    }

    private func run(_ bytes: [UInt8], _ sample: Sample) throws(FuzzFault) -> Answer {
        let bytes = Array(bytes.prefix(limit))
        do {
            try work(bytes, sample)
            return .taken
        } catch let error as InputError {
            guard error.findings.contains(where: { $0.severity == .error && !$0.message.isEmpty }) else {
                throw FuzzFault("an error that says nothing: \(error)")
            }
            return .refused(error.description)
        } catch let error as Defect {
            throw FuzzFault("a defect: \(error)")
        } catch let error as EmissionRefusal {
            return .refused(error.description)
        } catch let error as Infeasible {
            return .refused(error.findings.first?.message ?? "")
        } catch {
            throw FuzzFault("an error that nobody promised: \(error)")
        }
    }
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
    static let ways = (0..<32).map { Sample(hash: ($0 % 8) << 12 | [0, 1, 2, 31][Int($0 / 8)] << 40 | ($0 / 8) << 45) }

    /// True for one input in so many, which is a power of two, at most 64.
    package func isOne(in count: UInt64) -> Bool { hash % count == 0 }
    /// 0 up to below `count`, which is a power of two, at most 8.
    package func pick(_ count: UInt64) -> UInt64 { (hash >> 12) % count }

    /// What is printed of a plan.
    package enum Print: Hashable, Sendable { case nothing, brief, comparison, all }
    package var print: Print {
        switch (hash >> 40) % 32 {
        case 0: .all
        case 1: .comparison
        case 2..<8: .brief
        default: .nothing
        }
    }
    /// Whether a simulation says how full the address space is, too.
    package var looksForRoom: Bool { (hash >> 45) % 4 == 0 }
}
