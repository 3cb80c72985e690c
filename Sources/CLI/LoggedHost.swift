import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthLogs

/// What logs tell of a host of which nothing else is known: which IGD it has.
struct LoggedHost {
    let inventory: HostInventory
    /// Where that stands.
    let finding: Finding

    /// Nil where no log names an IGD that is known, or logs name several.
    init?(_ logs: [LogReading]) {
        var found: [(device: UInt16, platform: Platform, location: SourceLocation)] = []
        for log in logs {
            for message in log.messages {
                for occurrence in [message.first] + message.others {
                    guard let device = Self.device(message.message, occurrence),
                        let platform = Platform.identify(device: device)
                    else { continue }
                    found.append((device, platform, SourceLocation(file: log.file, line: occurrence.line)))
                }
            }
        }
        guard let first = found.first, found.allSatisfy({ $0.device == first.device }) else { return nil }
        let identity = FunctionIdentity(vendor: 0x8086, device: first.device)
        inventory = HostInventory(functions: [HostFunction(address: HostInventory.igdAddress, identity: identity)])
        finding = Finding(
            .note,
            "the IGD is 8086:\(Hexadecimal.plain(first.device, digits: 4)) (\(first.platform)) by this line; --host tells more",
            rule: "log", at: first.location)
    }

    private static func device(_ message: LogMessage, _ occurrence: LogReading.Occurrence) -> UInt16? {
        guard let name = message.identifies,
            case .address(let value, _)? = occurrence.captures.first(where: { $0.name == name })?.value
        else { return nil }
        return UInt16(exactly: value)
    }
}
