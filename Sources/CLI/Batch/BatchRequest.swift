import BerthDiagnostics

/// One line of a batch.
struct BatchRequest: Decodable {
    enum Verb: String, Decodable, CaseIterable { case plan, compare, diagnose, simulate, validate, host }

    var verb: Verb
    /// A guest of any form, by value.
    var guest: JSONValue?
    /// The same in a file, or the name of a bundled one.
    var path: String?
    /// What the value would be called as a file: messages name it, and it helps to tell forms apart.
    var name: String?
    /// A host: dumps as text, or what 'berth host --format json' says.
    var host: JSONValue?
    var hostPath: String?
    var stack: String?
    var qemuVersion: String?
    var libvirt: String?
    var firmware: String?
    var guestOS: String?
    var purpose: String?
    var strategy: [String]
    var detail: Detail

    enum Detail: String, Decodable, CaseIterable { case brief, all }

    private enum Key: String, CodingKey, CaseIterable {
        case verb, id, guest, path, name, host, stack, libvirt, firmware, purpose, strategy, detail
        case hostPath = "host-path"
        case qemuVersion = "qemu-version"
        case guestOS = "guest-os"
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Why a request is none, in words for its user.
    struct Unusable: Error { var words: String }

    init(from decoder: any Decoder) throws {
        let all = try decoder.container(keyedBy: AnyKey.self)
        let known = Key.allCases.map(\.rawValue)
        for key in all.allKeys.map(\.stringValue).sorted() where !known.contains(key) {
            throw Unusable(words: "'\(key)' is no key of a request\(NearestName.hint(key, among: known))")
        }
        let values = try decoder.container(keyedBy: Key.self)
        let text = { (key: Key) throws -> String? in
            do {
                return try values.decodeIfPresent(String.self, forKey: key)
            } catch {
                throw Unusable(words: "'\(key.rawValue)' is no text")
            }
        }
        let named = try text(.verb) ?? Verb.plan.rawValue
        guard let verb = Verb(rawValue: named) else {
            let verbs = Verb.allCases.map(\.rawValue)
            throw Unusable(
                words: "the verb '\(named)' is not one of \(verbs.joined(separator: ", "))"
                    + NearestName.hint(named, among: verbs))
        }
        let level = try text(.detail) ?? Detail.brief.rawValue
        guard let detail = Detail(rawValue: level) else {
            throw Unusable(words: "'detail' is '\(level)'; expected brief or all")
        }
        (self.verb, self.detail) = (verb, detail)
        guest = try values.decodeIfPresent(JSONValue.self, forKey: .guest)
        path = try text(.path)
        name = try text(.name)
        host = try values.decodeIfPresent(JSONValue.self, forKey: .host)
        hostPath = try text(.hostPath)
        stack = try text(.stack)
        qemuVersion = try text(.qemuVersion)
        libvirt = try text(.libvirt)
        firmware = try text(.firmware)
        guestOS = try text(.guestOS)
        purpose = try text(.purpose)
        switch try values.decodeIfPresent(JSONValue.self, forKey: .strategy) {
        case nil, .null: strategy = []
        case .text(let one): strategy = [one]
        case .list(let list):
            strategy = list.compactMap { if case .text(let text) = $0 { text } else { nil } }
            guard strategy.count == list.count else {
                throw Unusable(words: "'strategy' has something that is no text")
            }
        default: throw Unusable(words: "'strategy' is neither text nor a list of texts")
        }
        guard path == nil || guest == nil else { throw Unusable(words: "both 'guest' and 'path'; give one") }
        guard host == nil || hostPath == nil else { throw Unusable(words: "both 'host' and 'host-path'; give one") }
    }
}

/// Any JSON.
enum JSONValue: Codable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// A text as it stands; anything else as JSON, which is a topology file or a host's record.
    var content: [UInt8] {
        get throws {
            if case .text(let text) = self { return Array(text.utf8) }
            return Array(try JSONText.line(self).utf8)
        }
    }
}
