/// A place in an input: a file (or `-` for standard input), a line and a column, both counted from 1.
///
/// Columns count characters, not bytes, so that a caret printed under the line points at the right one.
public struct InputLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name the user gave: a path, or `-`.
    public package(set) var file: String
    /// Counted from 1.
    public package(set) var line: Int
    /// Counted from 1, in characters.
    public package(set) var column: Int

    package init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `FILE:LINE:COLUMN`
    public var description: String { "\(file):\(line):\(column)" }

    /// By file, then by line, then by column.
    public static func < (a: InputLocation, b: InputLocation) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }
}

/// Testing has a type of this name, so the public one has another.
package typealias SourceLocation = InputLocation
