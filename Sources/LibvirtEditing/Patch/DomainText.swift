package import BerthDiagnostics
import BerthXML

/// Documents as text, whatever their encoding.
package enum DomainText {
    /// Errors: not XML in an encoding that can be changed in place.
    package static func readable(
        _ before: [UInt8], _ after: [UInt8], file: String
    ) throws(InputError) -> (before: String, after: String) {
        (try text(before, file), try text(after, file))
    }

    private static func text(_ bytes: [UInt8], _ file: String) throws(InputError) -> String {
        try XMLEditor(bytes: bytes, file: file).original
    }
}
