import BerthXML
import Foundation

extension RealLibvirt {
    /// What libvirt made of one of many documents.
    package struct BatchVerdict: Sendable {
        /// The domain as libvirt wrote it back; nil where it did not define it.
        package var definition: String?
        /// Why it did not, without the kind of error in front.
        package var refusal: String?
        /// The `-device` words of QEMU's command line, without those of network interfaces, which libvirt changes before
        /// it writes them here (`qemuConnectDomainXMLToNative` @ 9.0.0). Nil where libvirt would not make one.
        package var devices: [String]?
    }

    /// Defines every document in one process, and asks for the command line of those that are defined.
    ///
    /// Errors: a program or driver that is not installed.
    package func verdicts(on documents: [RandomDomain]) async throws -> [BatchVerdict] {
        let defined = try await commands { root in
            try documents.map { document in
                let file = root.appendingPathComponent("\(document.name).xml").path
                try document.xml.write(toFile: file, atomically: true, encoding: .utf8)
                return """
                    define \(file)
                    echo @@\(document.name)
                    dumpxml --inactive \(document.name)
                    echo @@
                    undefine --keep-nvram \(document.name)

                    """
            }.joined()
        }
        let definitions = Self.answers(defined.output, documents)
        let refusals = Self.refusals(defined.errors)
        let native = try await commands { root in
            try documents.enumerated().map { index, document in
                guard let definition = definitions[index] else { return "" }
                let file = root.appendingPathComponent("\(document.name).xml").path
                let hasInterface = document.xml.contains("<interface")
                if hasInterface || document.xml.contains("<hostdev") {
                    // Without interfaces every other device has its address already.
                    var domain = try XMLDocument(hasInterface ? definition : document.xml, file: file).root
                    if hasInterface { domain.removeInterfaces() }
                    domain.nameHostDrivers()
                    try domain.serialized().write(toFile: file, atomically: true, encoding: .utf8)
                }
                return "echo @@\(document.name)\ndomxml-to-native qemu-argv --xml \(file)\necho @@\n"
            }.joined()
        }
        var devices = Self.answers(native.output, documents).map(Self.devices)
        // What libvirt writes back it does not always take again: the document itself, without interfaces, decides.
        let again = documents.indices.filter {
            definitions[$0] != nil && devices[$0] == nil && documents[$0].xml.contains("<interface")
        }
        if !again.isEmpty {
            let second = try await commands { root in
                try again.map { index in
                    let file = root.appendingPathComponent("\(documents[index].name).xml").path
                    var domain = try XMLDocument(documents[index].xml, file: file).root
                    domain.removeInterfaces()
                    domain.nameHostDrivers()
                    try domain.serialized().write(toFile: file, atomically: true, encoding: .utf8)
                    return "echo @@\(documents[index].name)\ndomxml-to-native qemu-argv --xml \(file)\necho @@\n"
                }.joined()
            }
            let answers = Self.answers(second.output, documents).map(Self.devices)
            for index in again { devices[index] = answers[index] }
        }
        return documents.enumerated().map { index, document in
            BatchVerdict(
                definition: definitions[index], refusal: refusals[document.name] ?? nil, devices: devices[index])
        }
    }

    /// The `-device` words of a command line; nil where there is none.
    private static func devices(_ commandLine: String?) -> [String]? {
        guard let words = commandLine.map({ QuotedWords.split($0) }),
            words.contains("-device") || words.contains("-machine")
        else { return nil }
        return zip(words, words.dropFirst()).filter { $0.0 == "-device" }.map(\.1)
    }

    /// The text between `@@NAME` and `@@`, without the commands, which virsh repeats.
    private static func answers(_ output: String, _ documents: [RandomDomain]) -> [String?] {
        var found: [String: [Substring]] = [:]
        var name: String?
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            // `echo` ends without a line feed, so the next prompt stands behind it.
            let text = line.hasPrefix("virsh # ") ? "" : line
            if text.hasPrefix("@@") {
                let mark = text.dropFirst(2).prefix { $0 != " " && $0 != "v" }
                name = mark.isEmpty ? nil : String(mark)
            } else if let name, !text.isEmpty {
                found[name, default: []].append(text)
            }
        }
        return documents.map { document in found[document.name].map { $0.joined(separator: "\n") } }
    }

    /// `error: Failed to define domain from …/NAME.xml`, then the reason.
    private static func refusals(_ errors: String) -> [String: String] {
        var found: [String: String] = [:]
        var name: String?
        for line in errors.split(separator: "\n") {
            if line.contains("Failed to define domain from ") {
                name = line.split(separator: "/").last.map { String($0.dropLast(4)) }
            } else if let known = name {
                found[known] = String(line.dropFirst("error: ".count))
                name = nil
            }
        }
        return found
    }
}
