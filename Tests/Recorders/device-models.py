#!/usr/bin/env python3
"""Record what every PCI device model of a QEMU shows before any firmware ran, with its default properties.

    device-models.py [--stack ROOT] OUT.json     all models that `-device help` lists on bus PCI
    device-models.py [--stack ROOT] --machines OUT.json
                                                 the functions that come with every versioned pc and q35 machine, and
                                                 what each machine makes of the models whose BARs follow its version

ROOT is the root of another release, as Tests/Recorders/README.md says. Each model has a QEMU to itself, stopped at its first
instruction (`-S`); identity, header and capabilities are read through the configuration ports, BARs from `query-pci`.
A model that cannot be made here is written with the reason QEMU gives.
"""
import json, os, re, socket, struct, subprocess, sys, tempfile, threading

STACK = ""
PROGRAM = "qemu-system-x86_64"
# What a model needs beside its name: arguments in front, properties behind.
BACK_ENDS = {
    "acpi-erst": (["-object", "memory-backend-ram,id=m,size=64K,share=on"], "memdev=m"),
    "ivshmem-plain": (["-object", "memory-backend-ram,id=m,size=1M,share=on"], "memdev=m"),
    "pci-ipmi-bt": (["-device", "ipmi-bmc-sim,id=bmc"], "bmc=bmc"),
    "pci-ipmi-kcs": (["-device", "ipmi-bmc-sim,id=bmc"], "bmc=bmc"),
    "pci-serial": (["-chardev", "null,id=c"], "chardev=c"),
    "pci-serial-2x": (["-chardev", "null,id=c1", "-chardev", "null,id=c2"], "chardev1=c1,chardev2=c2"),
    "pci-serial-4x": (sum((["-chardev", "null,id=c%d" % n] for n in (1, 2, 3, 4)), []),
                      ",".join("chardev%d=c%d" % (n, n) for n in (1, 2, 3, 4))),
    "nvme": ([], "serial=x"),
    "pci-bridge": ([], "chassis_nr=1"),
    "pci-bridge-seat": ([], "chassis_nr=1"),
    "pxb-pcie": ([], "bus_nr=16"),
    "pxb-cxl": ([], "bus_nr=16"),
    "pxb": ([], "bus_nr=16"),
    "vfio-pci-igd-lpc-bridge": ([], "addr=1f.0"),
    "ufs": ([], "serial=x"),
    "cxl-switch-mailbox-cci": ([], "target=up"),
    "AC97": (["-audiodev", "none,id=a"], "audiodev=a"),
    "ES1370": (["-audiodev", "none,id=a"], "audiodev=a"),
    "virtio-sound-pci": (["-audiodev", "none,id=a"], "audiodev=a"),
    "virtio-crypto-pci": (["-object", "cryptodev-backend-builtin,id=k"], "cryptodev=k"),
    "cxl-type3": (["-object", "memory-backend-ram,id=m,size=256M,share=on",
                   "-object", "memory-backend-ram,id=l,size=256M,share=on"], "volatile-memdev=m|memdev=m,lsa=l"),
    "virtio-pmem-pci": (["-object", "memory-backend-ram,id=m,size=64M,share=on"], "memdev=m"),
    "virtio-mem-pci": (["-object", "memory-backend-ram,id=m,size=64M"], "memdev=m"),
    "ctucan_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
    "kvaser_pci": (["-object", "can-bus,id=b"], "canbus=b"),
    "mioe3680_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
    "pcm3680_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
}
for kind in ("", "-transitional", "-non-transitional"):
    BACK_ENDS["virtio-9p-pci" + kind] = (["-fsdev", "local,id=f,path=/tmp,security_model=none"], "fsdev=f,mount_tag=x")
    BACK_ENDS["virtio-blk-pci" + kind] = (["-drive", "if=none,id=d,file=null-co://,format=raw"], "drive=d")
# Models of vhost-user: a back end of ours answers them.
VHOST_USER = re.compile(r"vhost-user-(?!gpu-|vga)")
# Models that q35 does not take.
ON_PC = ("pxb", "vfio-pci-igd-lpc-bridge")
# Where a model has to be; a bridge's secondary bus gets the next number.
PORT = ["-device", "pcie-root-port,id=rp,chassis=1,addr=5.0"]
SWITCH = PORT + ["-device", "x3130-upstream,id=up,bus=rp,addr=0"]
CXL = ["-device", "pxb-cxl,id=cxl,bus_nr=16"]
CXL_PORT = CXL + ["-device", "cxl-rp,id=rp,bus=cxl,chassis=1,slot=1"]
CXL_SWITCH = CXL_PORT + ["-device", "cxl-upstream,id=up,bus=rp"]
PLACES = {
    "x3130-upstream": (PORT, "rp", [(0, 0x28)]),
    "xio3130-downstream": (SWITCH, "up", [(0, 0x28), (1, 0)]),
    "cxl-rp": (CXL, "cxl", []),
    "cxl-upstream": (CXL_PORT, "rp", [(16, 0)]),
    "cxl-downstream": (CXL_SWITCH, "up", [(16, 0), (17, 0)]),
    "cxl-type3": (CXL_PORT, "rp", [(16, 0)]),
    "cxl-switch-mailbox-cci": (CXL_SWITCH, "rp", [(16, 0)]),
}


class Guest:
    """One QEMU, stopped."""

    def __init__(self, arguments, machine="q35,cxl=on", memory="256M,slots=2,maxmem=1G"):
        command = [PROGRAM, "-accel", "tcg", "-display", "none", "-no-user-config", "-nodefaults", "-S",
                   "-machine", machine, "-m", memory, "-qmp", "stdio"] + arguments
        enter = (lambda: (os.chroot(STACK), os.chdir("/tmp"))) if STACK else None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, preexec_fn=enter)
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
                lines = [l for l in self.process.stderr.read().splitlines() if "warning:" not in l]
                self.end()
                message = lines[-1] if lines else "no message"
                raise RuntimeError(re.sub(r"^\S*qemu-system-x86_64: (-device \S+: )?", "", message))
            reply = json.loads(line)
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise RuntimeError(reply["error"]["desc"])

    def monitor(self, line):
        return self("human-monitor-command", **{"command-line": line})

    def select(self, bus, devfn, offset):
        self.monitor("o /w 0xcf8 %#x" % (0x80000000 | bus << 16 | devfn << 8 | offset & ~3))

    def read(self, bus, devfn, offset, size):
        self.select(bus, devfn, offset)
        word = int(self.monitor("i /xw 0xcfc").split("=")[-1], 16)
        return word >> 8 * (offset & 3) & (1 << 8 * size) - 1

    def number(self, bridges):
        """Secondary numbers for the bridges on the way, each given as bus and devfn; returns the last one."""
        last = 0
        for bus, devfn in bridges:
            last = bus + 1 if bus else 1
            self.select(bus, devfn, 0x18)
            self.monitor("o /w 0xcfc %#x" % (bus | last << 8 | 0x1f << 16))
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
    at = row["bus"], row["slot"] << 3 | row["function"]
    read = lambda offset, size: guest.read(*at, offset, size)
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
    return model


class VhostUser(threading.Thread):
    """A back end that has every feature, queue and configuration that it is asked for, and does nothing."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(1)
        self.start()

    def run(self):
        connection = self.listener.accept()[0]
        while True:
            header = connection.recv(12, socket.MSG_WAITALL)
            if len(header) < 12:
                return
            request, flags, size = struct.unpack("<III", header)
            payload = connection.recv(size, socket.MSG_WAITALL) if size else b""
            answer = {1: struct.pack("<Q", 1 << 30 | 1 << 32),       # GET_FEATURES: protocol features, version 1
                      15: struct.pack("<Q", 1 << 0 | 1 << 3 | 1 << 9),  # GET_PROTOCOL_FEATURES: MQ, REPLY_ACK, CONFIG
                      17: struct.pack("<Q", 16),                     # GET_QUEUE_NUM
                      24: payload,                                   # GET_CONFIG: zeros
                      36: struct.pack("<Q", 8)}.get(request)         # GET_MAX_MEM_SLOTS
            if answer is None and flags & 8:
                answer = struct.pack("<Q", 0)
            if answer is not None:
                connection.sendall(struct.pack("<III", request, 5, len(answer)) + answer)


def record(model):
    before, properties = BACK_ENDS.get(model, ([], ""))
    if VHOST_USER.match(model):
        folder = tempfile.mkdtemp(dir=STACK + "/tmp")
        VhostUser(folder + "/s")
        before = ["-chardev", "socket,id=c,path=%s/s" % folder.removeprefix(STACK)]
        properties = "chardev=c" + (",tag=x" if "-fs-" in model else "")
    place, bus, bridges = PLACES.get(model, ([], None, []))
    machine = {"machine": "pc"} if model in ON_PC else {}
    for attempt in properties.split("|"):
        argument = model + ",id=it" + (",bus=" + bus if bus else "") + ("," + attempt if attempt else "")
        try:
            guest = Guest(before + place + ["-device", argument], **machine)
            break
        except RuntimeError as problem:
            if "not found" not in str(problem) or attempt == properties.split("|")[-1]:
                raise
    try:
        guest.number(bridges)
        rows = [row for row in guest.functions() if row["qdev_id"] == "it"]
        if not rows:
            return {"absent": "no function of its own"}
        return describe(guest, rows[0])
    finally:
        guest.end()


def names():
    enter = (lambda: (os.chroot(STACK), os.chdir("/tmp"))) if STACK else None
    text = subprocess.run([PROGRAM, "-device", "help"], capture_output=True, text=True, preexec_fn=enter).stdout
    return sorted(set(re.findall(r'^name "([^"]+)", bus PCI', text, re.M)))


def models():
    found = []
    for name in names():
        try:
            row = {"model": name} | record(name)
        except RuntimeError as problem:
            row = {"model": name, "absent": str(problem)}
        found.append(row)
        print("%-45s %s" % (name, row.get("absent", "")), file=sys.stderr)
    return found


def machines():
    """By name of the machine: its own functions, and the default models that follow its version."""
    enter = (lambda: (os.chroot(STACK), os.chdir("/tmp"))) if STACK else None
    text = subprocess.run([PROGRAM, "-machine", "help"], capture_output=True, text=True, preexec_fn=enter).stdout
    found = {}
    for machine in sorted(set(re.findall(r"^(pc-(?:i440fx|q35)-\S+)", text, re.M))):
        rows = {}
        for options in ("", ",usb=on"):
            guest = Guest([], machine + options, "256M")
            rows["functions" + options] = [
                {"slot": row["slot"], "function": row["function"]} | describe(guest, row) for row in guest.functions()]
            guest.end()
        followers = {}
        for name in names():
            if not re.match(r"virtio-|nvme$|pci-bridge$|cirrus-vga$|pvscsi$|vmxnet3$|qxl|VGA$|pcie-root-port$|igb$|e1000e?$", name):
                continue
            before, properties = BACK_ENDS.get(name, ([], ""))
            try:
                guest = Guest(before + ["-device", name + ",id=it" + ("," + properties if properties else "")], machine)
            except RuntimeError:
                continue
            row = [row for row in guest.functions() if row["qdev_id"] == "it"][0]
            followers[name] = describe(guest, row)
            guest.end()
        found[machine] = rows | {"models": followers}
        print(machine, file=sys.stderr)
    return different(found)


def different(found):
    """Of every machine only what differs from the newest of its kind, which comes whole."""
    version = lambda name: [int(n) for n in re.findall(r"\d+", name.split("-", 2)[2])]
    rows = {}
    for kind in ("pc-i440fx", "pc-q35"):
        names = sorted((name for name in found if name.startswith(kind)), key=version, reverse=True)
        newest = found[names[0]]
        for name in names:
            row = found[name]
            if row is not newest:
                row = {k: v for k, v in row.items() if k == "models" or v != newest[k]}
                row["models"] = {m: row["models"].get(m) for m in newest["models"]
                                 if row["models"].get(m) != newest["models"][m]}
            rows[name] = row
    return rows


def main(arguments):
    global STACK
    if arguments[0] == "--stack":
        STACK, arguments = os.path.realpath(arguments[1]), arguments[2:]
    result = machines() if arguments[0] == "--machines" else models()
    with open(arguments[-1], "w") as f:
        rows = result if isinstance(result, list) else [{"machine": name} | row for name, row in result.items()]
        f.write("[\n" + ",\n".join(" " + json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1:])
