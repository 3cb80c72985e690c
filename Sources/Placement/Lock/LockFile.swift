package import BerthDiagnostics
import BerthStack
package import BerthTopology

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PlanLock {
    /// Reads a lock. Errors, with their place in the file: not JSON, a key missing or of the wrong kind, another schema
    /// or policy, an unknown strategy or region, a carrier that is no slot.
    package static func read(_ bytes: [UInt8], file: String, known strategies: [any Strategy] = Strategies.all)
        throws(InputError) -> PlanLock
    {
        let text = LockText(bytes, file: file)
        let lock: PlanLock
        do {
            lock = try JSONDecoder().decode(PlanLock.self, from: Data(bytes))
        } catch let DecodingError.keyNotFound(key, context) {
            throw text.error("the lock has no '\(key.stringValue)'", at: context.codingPath.last?.stringValue)
        } catch let DecodingError.typeMismatch(_, context) {
            let key = context.codingPath.last { $0.intValue == nil }?.stringValue
            throw text.error("'\(key ?? "lock")' has the wrong kind of value", at: key)
        } catch let DecodingError.valueNotFound(_, context) {
            let key = context.codingPath.last { $0.intValue == nil }?.stringValue
            throw text.error("'\(key ?? "lock")' has no value", at: key)
        } catch {
            throw text.syntaxError
        }
        guard lock.schema == schema else {
            throw text.error("schema \(lock.schema) of a lock is not known; this berth reads \(schema)", at: "schema")
        }
        guard lock.policy == PlanOrder.version else {
            throw text.error(
                "the lock was made by version \(lock.policy) of the order of plans, and this is version "
                    + "\(PlanOrder.version): remove the file and plan again", at: "policy")
        }
        guard lock.berths.map(\.region) == Region.allCases.map(\.rawValue) else {
            throw text.error(
                "'berths' has to have one entry for each of "
                    + Region.allCases.map(\.rawValue).joined(separator: ", "), at: "berths")
        }
        do {
            if let stack = lock.guest.stack { _ = try Stack.parse(stack) }
        } catch {
            throw text.error("'stack' of the lock: \(error)", at: error.text)
        }
        let names = strategies.map(\.id.rawValue)
        for berth in lock.berths {
            guard names.contains(berth.strategy) else {
                throw text.error(
                    "'\(berth.strategy)' is not one of \(names.joined(separator: ", "))"
                        + NearestName.hint(berth.strategy, among: names), at: berth.strategy)
            }
            if let carrier = berth.carrier, Slot(lockText: carrier) == nil {
                throw text.error("'\(carrier)' is no slot; expected BUS:02.0", at: carrier)
            }
        }
        return lock
    }

    /// Errors: the lock is another guest's.
    package func check(_ topology: GuestTopology, _ bytes: [UInt8], file: String) throws(InputError) {
        let text = LockText(bytes, file: file)
        guard guest.name == topology.name else {
            throw text.error(
                "this is the lock of '\(guest.name)', not of '\(topology.name)': give that guest, or another file",
                at: "name")
        }
        let device = topology.igd.map { "8086:\(Hexadecimal.plain($0.device, digits: 4))" } ?? ""
        guard guest.device == device else {
            throw text.error(
                "the lock is for an IGD \(guest.device), and the guest has \(device): remove the file and plan again",
                at: "device")
        }
    }
}

/// The text of a lock, for places in it.
private struct LockText {
    let text: String
    let file: String

    init(_ bytes: [UInt8], file: String) {
        text = String(decoding: bytes, as: UTF8.self)
        self.file = file
    }

    /// At the first `"word"`; at the start if there is none.
    func error(_ message: String, at word: String?) -> InputError {
        var place = SourceLocation(file: file)
        if let word, let found = text.firstRange(of: "\"\(word)\"") {
            let before = text[..<found.lowerBound]
            place.line = before.count { $0 == "\n" } + 1
            place.column =
                before.distance(
                    from: before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex, to: before.endIndex
                ) + 1
        }
        return InputError(message, rule: "lock", at: place)
    }

    /// The first place at which what is read so far cannot go on as JSON: a small automaton of brackets and values.
    var syntaxError: InputError {
        var place = SourceLocation(file: file)
        var open: [Character] = []
        var isInside = false
        var isEscaped = false
        for character in text {
            if isInside {
                if character == "\n" { break }
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInside = false
                }
            } else if character == "\"" {
                isInside = true
            } else if character == "{" || character == "[" {
                open.append(character)
            } else if character == "}" || character == "]" {
                guard open.popLast() == (character == "}" ? "{" : "[") else { break }
            } else if !character.isWhitespace, !"0123456789+-.eEtrufalsn:,".contains(character) {
                break
            }
            if character == "\n" {
                place.line += 1
                place.column = 1
            } else {
                place.column += 1
            }
        }
        return InputError(
            "the lock is damaged: it is not well-formed JSON; restore the file, or remove it and plan again",
            rule: "lock",
            at: place)
    }
}
