import Glibc

/// Files and folders with names that nothing has yet, beside what is about to be written. Where there is none, errno says why.
enum NewName {
    static func file(beside path: String) -> (name: String, descriptor: Int32)? {
        var template = template(path)
        let descriptor = mkstemp(&template)
        return descriptor >= 0 ? (name(template), descriptor) : nil
    }

    static func folder(beside path: String) -> String? {
        var template = template(path)
        return mkdtemp(&template) != nil ? name(template) : nil
    }

    /// Both calls ask for six of these at the end, and put the letters that they find in their place.
    private static func template(_ path: String) -> [CChar] {
        Array((path + "." + String(repeating: "X", count: 6)).utf8CString)
    }

    private static func name(_ template: [CChar]) -> String {
        String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
