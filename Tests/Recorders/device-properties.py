#!/usr/bin/env python3
"""The properties of QEMU's device models, as tables in Swift.

    device-properties.py [RELEASE=ROOT]...     writes Sources/Topology/Devices/RecordedProperty*.swift

RELEASE is a name such as 7.2, ROOT the folder that install-stack filled, or / for this machine. Asked are all models of
`-device help` but processors, on whatever bus. A property's kind is what QEMU's JSON takes: a switch, a number or a string.
"""
import collections, json, os, re, subprocess, sys, textwrap

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Sources/Topology/Devices")
NUMBERS = {"int", "int32", "uint8", "uint16", "uint32", "uint64", "uint4", "size", "int64"}
SIGNED = {"int", "int32", "int64"}
NOT_ONE_VALUE = {"irq", "list", "guest statistics", "SocketAddress", "struct tm"}
MODEL = re.compile(r'^name "([^"]+)"(?:, bus ([^\s,]+))?(?:, alias "([^"]+)")?', re.M)
LINES = 320


def kind(name, type):
    """None for what nobody can set or no single value is, and for addr, which takes both."""
    if type.startswith("child<") or type.endswith("List") or type in NOT_ONE_VALUE or name == "addr":
        return None
    return "bool" if type == "bool" else "number" if type in NUMBERS else "text"


class Monitor:
    """One QEMU that is asked for all models; some models end it."""

    def __init__(self, root):
        self.command = ([] if root == "/" else ["chroot", root]) + ["qemu-system-x86_64", "-machine", "q35"]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command + ["-display", "none", "-nodefaults", "-S", "-qmp", "stdio"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        self.process.stdin.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            answer = json.loads(line)
            if "event" not in answer:
                return answer.get("return", [])
        return None

    def help(self, *arguments):
        run = subprocess.run(self.command + ["-device", *arguments], capture_output=True, text=True)
        return run.stdout + run.stderr

    def properties(self, model):
        answer = self.ask("device-list-properties", typename=model)
        if answer is not None:
            return [(row["name"], row["type"]) for row in answer]
        self.start()
        return re.findall(r"^  ([^\s=]+)=<([^>]*>?)>", self.help(model + ",help"), re.M)


def swift(name, table, lines, head=""):
    with open(os.path.join(FOLDER, name + ".swift"), "w") as out:
        out.write("// Written by Tests/Recorders/device-properties.py; not to be changed by hand.\n\nextension RecordedProperties {\n")
        out.write(head)
        out.write("    /// %s\n    static let %s = \"\"\"\n" % table)
        out.writelines("        %s\n" % line for line in lines)
        out.write('        """\n}\n')


def wrapped(head, names):
    return [head + line for line in textwrap.wrap(" ".join(sorted(names)), 112 - len(head), break_on_hyphens=False, break_long_words=False)]


def main(releases):
    signed = collections.defaultdict(list)
    buses, where, aliases, found = {}, collections.defaultdict(list), {}, collections.defaultdict(lambda: collections.defaultdict(list))
    for release, root in releases.items():
        monitor = Monitor(root)
        for model, bus, alias in MODEL.findall(monitor.help("help")):
            if model.endswith("-cpu"):
                continue
            buses[model] = bus or "-"
            where[model].append(release)
            if alias:
                aliases[alias] = model
            for name, type in monitor.properties(model):
                if type in SIGNED and name != "addr" and release not in signed[name]:
                    signed[name].append(release)
                if (what := kind(name, type)) is not None:
                    found[model][name, what].append(release)
        monitor.process.kill()
    # Properties that the same models have, in the same releases, stand together.
    together = collections.defaultdict(set)
    for model, rows in found.items():
        for (name, what), own in rows.items():
            together[name, what, "*" if own == where[model] else ",".join(own)].add(model)
    blocks = collections.defaultdict(lambda: collections.defaultdict(list))
    for (name, what, own), models in together.items():
        blocks[tuple(sorted(models))][what, own].append(name)
    groups = collections.defaultdict(list)
    for model, own in where.items():
        groups[buses[model], "*" if own == list(releases) else ",".join(own)].append(model)
    rows = [line for (bus, own), models in sorted(groups.items()) for line in wrapped("%s %s " % (bus, own), models)]
    for own in sorted({tuple(own) for own in signed.values() if own}):
        rows += wrapped("signed %s " % ("*" if list(own) == list(releases) else ",".join(own)), [n for n in signed if tuple(signed[n]) == own])
    rows += wrapped("alias * ", ["%s=%s" % pair for pair in aliases.items()])
    asked = '    /// The releases that were asked, oldest first.\n    static let asked = "%s"\n\n' % " ".join(releases)
    swift("RecordedPropertyModels", ("The bus that models are on (`-` for none), the releases that have them (`*` for all), and models; signed numbers and aliases.", "modelTable"), rows, asked)
    parts = [[]]
    for models, rows in sorted(blocks.items(), key=lambda block: (-len(block[0]), block[0])):
        lines = wrapped("= ", models)
        for (what, own), names in sorted(rows.items()):
            lines += wrapped("%s %s " % (what, own), names)
        if len(parts[-1]) + len(lines) > LINES:
            parts.append([])
        parts[-1] += lines
    comment = "Models (`=`), then kind, releases (`*` for all that have the model) and names of what these models have."
    for name, part in zip(["First", "Second", "Third"], parts, strict=True):
        swift("RecordedProperties" + name, (comment, name.lower() + "Table"), part)


main(dict(argument.split("=", 1) for argument in sys.argv[1:]) or {"7.2": "/"})
