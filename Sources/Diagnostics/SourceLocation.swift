/// A place in an input: a file (or `-` for standard input), a line and a column, both counted from 1.
///
/// Columns count characters, not bytes, so that a caret printed under the line points at the right one.
package struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name the user gave: a path, or `-`.
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    package static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }
}
