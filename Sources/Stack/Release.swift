import BerthDiagnostics

/// A release of a program that decides where a guest's functions lie.
///
/// Its name is read by its own grammar, and only what stands in its table can be chosen: a release that nobody looked
/// at is not one that behaves like its neighbour.
public protocol Release: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// Whose release it is, as its makers write it: `SeaBIOS`.
    static var product: String { get }
    /// What can be chosen, oldest first.
    static var known: [Self] { get }
    /// Those whose predictions were held against recorded runs.
    static var measured: [Self] { get }
    /// Reads a name without asking whether there is such a release. Nil for what is no such name.
    init?(grammar text: String)
    /// The numbers of its name, most significant first.
    var numbers: [Int] { get }
    /// Whether the table has it.
    var isKnown: Bool { get }
}

extension Release {
    /// Nil for what is no name of a release, and for a release that is not known.
    public init?(_ text: String) {
        guard let release = Self(grammar: text), release.isKnown else { return nil }
        self = release
    }

    /// Reads a name, as `init(_:)` does.
    ///
    /// Errors: what is no name of a release, or none that is known.
    public static func parse(_ text: String) throws(UnknownName) -> Self {
        if let release = Self(text) { return release }
        throw UnknownName(
            text, releaseOf: product, near: nearest(to: text).map(\.description),
            from: known.first?.description ?? "", to: known.last?.description ?? "")
    }

    /// Whether the table has it.
    public var isKnown: Bool { Self.known.contains(self) }
    /// Whether predictions for it were held against recorded runs.
    public var isMeasured: Bool { Self.measured.contains(self) }

    /// By the numbers of the name.
    public static func < (a: Self, b: Self) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }

    /// The known releases around what was written; where it holds no number, what is spelt alike, if anything is.
    public static func nearest(to text: String) -> [Self] {
        let numbers = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap { Int($0) }
        guard !numbers.isEmpty else {
            let name = NearestName.of(text, among: known.map(\.description))
            return known.filter { $0.description == name }
        }
        let below = known.last { $0.numbers.lexicographicallyPrecedes(numbers) || $0.numbers == numbers }
        let above = known.first { numbers.lexicographicallyPrecedes($0.numbers) && $0 != below }
        return [below, above].compactMap { $0 }
    }
}

/// Numbers as the names of releases have them.
enum ReleaseNumbers {
    /// Reads numbers of one to `digits` ASCII digits between dots. Nil for anything else.
    static func read(_ text: some StringProtocol, count: ClosedRange<Int>, digits: Int = 3) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard count.contains(parts.count) else { return nil }
        let numbers = parts.compactMap { part in
            (1...digits).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        return numbers.count == parts.count ? numbers : nil
    }
}
