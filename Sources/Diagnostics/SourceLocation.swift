/// A place in an input: a file (or `-` for standard input), a line and a column, both counted from 1.
///
/// Columns count characters, not bytes, so that a caret printed under the line points at the right one.
public struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name the user gave: a path, or `-`.
    public var file: String
    public var line: Int
    public var column: Int

    public init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    public var description: String { "\(file):\(line):\(column)" }

    public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }
}
