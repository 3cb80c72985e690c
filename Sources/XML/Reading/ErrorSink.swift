import BerthDiagnostics
import CLibXML2

/// Collects what one libxml2 context reports; the context gets a pointer to it.
final class ErrorSink {
    let file: String
    private(set) var findings: [Finding] = []
    /// Set once the document cannot be used.
    private(set) var isFatal = false

    /// Set when a file could not be opened, which libxml2 calls a warning.
    private(set) var isFileMissing = false

    /// Set where a grammar is read of which most is not wanted.
    var filter: GrammarFilter?

    /// One mistake can cause many messages; more than this many help nobody.
    private static let limit = 100

    /// The rule that a document begins with an element.
    static let start: RuleID = "xml-start"

    init(file: String) { self.file = file }

    /// For the `void *` that libxml2 hands back. Valid as long as the sink lives.
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> ErrorSink? {
        pointer.map { Unmanaged<ErrorSink>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Our own verdict on the place the parser has reached.
    func refuse(_ message: String, rule: RuleID, line: Int, column: Int) {
        isFatal = true
        findings.append(Finding(.error, message, rule: rule, at: location(line, column)))
    }

    /// libxml2's message, its line where it knows one, and its column where it knows that (parser errors only); 1 else.
    func add(_ error: xmlError, rule: RuleID, isParserError: Bool) {
        if error.code == Int32(XML_IO_LOAD_ERROR.rawValue) { isFileMissing = true }
        if isParserError, error.level == XML_ERR_FATAL {
            // Stopping the parser is reported as a second error.
            if isFatal { return }
            isFatal = true
        }
        guard findings.count < Self.limit, error.level.rawValue > XML_ERR_WARNING.rawValue else { return }
        // Markup begins nowhere: this is some other kind of file.
        if isParserError, error.code == Int32(XML_ERR_DOCUMENT_EMPTY.rawValue) {
            let place = location(Int(error.line), Int(error.int2))
            findings.append(Finding(.error, "no start tag was found; expected XML", rule: Self.start, at: place))
            return
        }
        var message = error.message.map { String(cString: $0) } ?? "error \(error.code)"
        while message.last?.isWhitespace == true { message.removeLast() }
        let severity: Severity = isParserError && error.level != XML_ERR_FATAL ? .warning : .error
        let column = isParserError ? Int(error.int2) : 1
        findings.append(Finding(severity, message, rule: rule, at: location(Int(error.line), column)))
    }

    private func location(_ line: Int, _ column: Int) -> SourceLocation {
        SourceLocation(file: file, line: max(line, 1), column: max(column, 1))
    }
}
