"""A QEMU of this machine or under a root, stopped at its first instruction, and what its PCI functions show."""
import json, os, re, subprocess

PROGRAM = "qemu-system-x86_64"
# The root of another release's software; empty for this machine's.
STACK = ""
SHIM = ""


def enter():
    os.chroot(STACK)
    os.chdir("/tmp")


def run(arguments, **options):
    """What QEMU prints of itself."""
    return subprocess.run([PROGRAM] + arguments, capture_output=True, text=True, preexec_fn=enter if STACK else None,
                          timeout=60, **options)


def complaint(text):
    """The words of QEMU's last error, without its own name and without the option it quotes."""
    lines = [line for line in text.splitlines() if "warning:" not in line]
    if not lines:
        return "no message"
    return re.sub(r"^\S*qemu-system-x86_64: (-device \S+: )?", "", lines[-1])


class Guest:
    """One QEMU, stopped."""
    words = staticmethod(complaint)

    def __init__(self, arguments, machine="q35,cxl=on", memory="256M,slots=2,maxmem=1G", accelerator="tcg",
                 files=(), nodefaults=True):
        command = [PROGRAM, "-accel", accelerator, "-display", "none", "-no-user-config", "-S", "-machine", machine,
                   "-m", memory, "-qmp", "stdio"] + (["-nodefaults"] if nodefaults else []) + arguments
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=files,
            preexec_fn=enter if STACK else None, env=dict(os.environ, **({"LD_PRELOAD": SHIM} if SHIM else {})))
        self.process.stdout.readline()
        self("qmp_capabilities")

    def __call__(self, command, **arguments):
        try:
            self.process.stdin.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        while True:
            line = self.process.stdout.readline()
            if not line:
                text = self.process.stderr.read()
                self.end()
                raise RuntimeError(self.words(text))
            reply = json.loads(line)
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise RuntimeError(reply["error"]["desc"])

    def monitor(self, line):
        return self("human-monitor-command", **{"command-line": line})

    def configuration(self, bus, devfn):
        """Reads from a function's configuration space, by offset and size; each register is asked for once."""
        words = {}

        def read(offset, size):
            at = offset & ~3
            if at not in words:
                self.select(bus, devfn, at)
                words[at] = int(self.monitor("i /xw 0xcfc").split("=")[-1], 16)
            return words[at] >> 8 * (offset & 3) & (1 << 8 * size) - 1

        return read

    def select(self, bus, devfn, offset):
        self.monitor("o /w 0xcf8 %#x" % (0x80000000 | bus << 16 | devfn << 8 | offset & ~3))

    def bridge(self, bus, devfn, secondary, subordinate=None):
        """Gives a bridge its numbers."""
        self.select(bus, devfn, 0x18)
        self.monitor("o /w 0xcfc %#x" % (bus | secondary << 8 | (subordinate or secondary) << 16))

    def number(self, bridges):
        """Secondary numbers for the bridges on the way, each given as bus and devfn; returns the last one."""
        last = 0
        for bus, devfn in bridges:
            last = bus + 1 if bus else 1
            self.bridge(bus, devfn, last, 0x1f)
        return last

    def functions(self):
        found = []

        def visit(rows):
            for row in rows:
                found.append(row)
                visit(row.get("pci_bridge", {}).get("devices", []))

        for root in self("query-pci"):
            visit(root["devices"])
        return found

    def firmware_file(self, name):
        """The bytes of a fw_cfg file; None without it."""
        def take(count):
            return bytes(int(self.monitor("i /xb 0x511").split("=")[-1], 16) for _ in range(count))

        self.monitor("o /h 0x510 0x19")
        for _ in range(int.from_bytes(take(4), "big")):
            entry = take(64)
            if entry[8:].split(b"\0")[0].decode() == name:
                self.monitor("o /h 0x510 %#x" % int.from_bytes(entry[4:6], "big"))
                return take(int.from_bytes(entry[:4], "big"))
        return None

    def end(self):
        self.process.kill()
        self.process.communicate()


def bars(row):
    found = []
    for r in row["regions"]:
        bar = {"index": "rom" if r["bar"] == 6 else r["bar"], "space": r["type"], "size": r["size"]}
        if r["type"] == "memory":
            bar.update(prefetchable=r["prefetch"], is64Bit=r["mem_type_64"])
        found.append(bar)
    return sorted(found, key=lambda b: 9 if b["index"] == "rom" else b["index"])


def describe(guest, row):
    read = guest.configuration(row["bus"], row["slot"] << 3 | row["function"])
    header = read(0x0e, 1)
    isBridge = header & 0x7f == 1
    capabilities, pointer = [], read(0x34, 1) if read(0x06, 2) & 0x10 else 0
    while pointer:
        capabilities.append({"id": read(pointer, 1), "offset": pointer})
        pointer = read(pointer + 1, 1)
    express = [c for c in capabilities if c["id"] == 0x10]
    model = {"vendor": read(0, 2), "device": read(2, 2),
             "subsystemVendor": None if isBridge else read(0x2c, 2), "subsystem": None if isBridge else read(0x2e, 2),
             "class": read(8, 4) >> 8, "revision": read(8, 1), "headerType": header & 0x7f,
             "multifunction": header & 0x80 != 0, "interruptPin": read(0x3d, 1), "pciExpress": bool(express),
             "capabilities": capabilities, "bars": bars(row)}
    if express:
        model["pciePortType"] = read(express[0]["offset"] + 2, 2) >> 4 & 15
        if model["pciePortType"] in (4, 6):
            # Slot capabilities: whether the slot says that it can be plugged.
            model["hotPlugCapable"] = bool(read(express[0]["offset"] + 0x14, 4) >> 6 & 1)
    return model


def names():
    """Models that `-device help` lists on bus PCI."""
    return sorted(set(re.findall(r'^name "([^"]+)", bus PCI', run(["-device", "help"]).stdout, re.M)))


def machine_names():
    """Versioned machines, newest first of each kind."""
    text = run(["-machine", "help"]).stdout
    version = lambda name: [int(n) for n in re.findall(r"\d+", name.split("-", 2)[2])]
    found = set(re.findall(r"^(pc-(?:i440fx|q35)-\S+)", text, re.M))
    return {kind: sorted((n for n in found if n.startswith(kind)), key=version, reverse=True)
            for kind in ("pc-i440fx", "pc-q35")}


def write(path, rows):
    """One row a line."""
    with open(path, "w") as f:
        f.write("[\n" + ",\n".join(" " + json.dumps(row) for row in rows) + "\n]\n")
