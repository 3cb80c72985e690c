import FoundationEssentials

/// What the parser of the command line knows of a command, as it dumps it for tools.
struct DumpedHelp: Decodable {
    var command: Command

    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var subcommands: [Command]?
        var arguments: [Argument]?
        var shouldDisplay: Bool?
    }

    struct Argument: Decodable {
        var kind: String
        var abstract: String?
        var defaultValue: String?
        var allValues: [String]?
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var shouldDisplay: Bool?
        var valueName: String?
        var parsingStrategy: String?
    }

    struct Name: Decodable {
        var kind: String
        var name: String

        var text: String { (kind == "long" ? "--" : "-") + name }
    }
}

/// A page of the manual, in the macros of man(7).
struct ManualPage {
    /// `berth-plan`
    let name: String
    let text: String

    /// `path`: the words of the command, `["berth", "plan"]`; `others`: names of pages to see, too.
    init(_ command: DumpedHelp.Command, path: [String], others: [String]) {
        name = path.joined(separator: "-")
        let arguments = (command.arguments ?? []).filter { $0.shouldDisplay ?? true }
        var lines = [
            ".TH \(Self.escaped(name.uppercased())) 1 \"\" \"berth \(Self.escaped(Build.number))\" \"User Commands\"",
            ".SH NAME",
            "\(Self.escaped(name)) \\- \(Self.escaped(command.abstract ?? ""))", ".SH SYNOPSIS",
            ".B \(Self.escaped(path.joined(separator: " ")))",
        ]
        lines += command.subcommands?.isEmpty == false ? [".I COMMAND"] : arguments.map(Self.synopsis)
        if let discussion = command.discussion {
            lines.append(".SH DESCRIPTION")
            let paragraphs = discussion.split(separator: "\n", omittingEmptySubsequences: true)
            lines += paragraphs.map { Self.line(String($0)) }.enumerated().flatMap {
                $0.offset > 0 ? [".PP", $0.element] : [$0.element]
            }
        }
        for (heading, isPositional) in [("ARGUMENTS", true), ("OPTIONS", false)] {
            let own = arguments.filter { ($0.kind == "positional") == isPositional }
            guard !own.isEmpty else { continue }
            lines.append(".SH \(heading)")
            for argument in own { lines += [".TP", Self.term(argument), Self.line(Self.meaning(argument))] }
        }
        let commands = (command.subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
        if !commands.isEmpty {
            lines.append(".SH COMMANDS")
            for entry in commands {
                lines += [".TP", ".B \(Self.escaped(entry.commandName))", Self.line(entry.abstract ?? "")]
            }
        }
        if !others.isEmpty {
            lines += [".SH SEE ALSO", others.map { ".BR \(Self.escaped($0)) (1)" }.joined(separator: " ,\n")]
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// One page for each command, and for each of a command's own.
    static func all(_ help: DumpedHelp) -> [ManualPage] {
        pages(help.command, [])
    }

    private static func pages(_ command: DumpedHelp.Command, _ above: [String]) -> [ManualPage] {
        let path = above + [command.commandName]
        let below = (command.subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
        let others =
            above.isEmpty
            ? below.map { (path + [$0.commandName]).joined(separator: "-") } : [above.joined(separator: "-")]
        return [ManualPage(command, path: path, others: others)] + below.flatMap { pages($0, path) }
    }

    private static func synopsis(_ argument: DumpedHelp.Argument) -> String {
        let value = argument.valueName.map { argument.kind == "flag" ? "" : " <\($0)>" } ?? ""
        let word =
            argument.kind == "positional"
            ? "<\(argument.valueName ?? "")>"
            : (argument.names?.first(where: { $0.kind == "long" }) ?? argument.names?.first).map(\.text) ?? ""
        let own = argument.kind == "positional" ? word : word + value
        let prefix = argument.parsingStrategy == "postTerminator" ? "-- " : ""
        let repeated = argument.isRepeating ? " ..." : ""
        return line(argument.isOptional ? "[\(prefix)\(own)\(repeated)]" : prefix + own + repeated)
    }

    private static func term(_ argument: DumpedHelp.Argument) -> String {
        guard argument.kind != "positional" else { return ".I \(escaped(argument.valueName ?? ""))" }
        let names = (argument.names ?? []).map { "\\fB\(escaped($0.text))\\fR" }.joined(separator: ", ")
        return argument.kind == "flag" ? names : "\(names) \\fI\(escaped(argument.valueName ?? ""))\\fR"
    }

    private static func meaning(_ argument: DumpedHelp.Argument) -> String {
        (argument.abstract ?? "") + (argument.defaultValue.map { " Default: \($0)." } ?? "")
    }

    /// A line of text, which no macro may be read into.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.first == "." || escaped.first == "'" ? "\\&\(escaped)" : escaped
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
