package import BerthDiagnostics

extension XMLElement {
    /// The name without its prefix.
    package var localName: String {
        name.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    }

    /// Empty for a name without one.
    package var prefix: String { name.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(name[..<$0]) } ?? "" }

    /// Where the start tag begins; the line it ends on, where no more is known.
    package func location(file: String) -> SourceLocation {
        SourceLocation(file: file, line: position?.line ?? line ?? 1, column: position?.column ?? 1)
    }

    /// Where the attribute begins; the element for one that has no place of its own.
    package func location(of attribute: XMLAttribute, file: String) -> SourceLocation {
        guard let position = attribute.position else { return location(file: file) }
        return SourceLocation(file: file, line: position.line, column: position.column)
    }

    /// Where the attribute of this name begins; the element if it is not there.
    package func location(of name: String, file: String) -> SourceLocation {
        attribute(name).map { location(of: $0, file: file) } ?? location(file: file)
    }
}
