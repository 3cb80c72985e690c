#!/usr/bin/env python3
"""Boot guests in real QEMU, do things to them, and write what was observed into their files.

    guests.py [--stack ROOT] [--boot FOLDER] CASE.json [...]

ROOT is the root of another Debian release, as README.md says; FOLDER has `vmlinuz-VERSION` and `lib/modules/VERSION` of a kernel
that is not installed. The form of a case, and of what is observed, is described in Tests/Support/Recorded/README.md. Everything runs
under TCG. Needs qemu-system-x86, seabios and ovmf; for Linux also a kernel's image and modules, busybox-static, cpio and xz.
"""
import json, lzma, os, re, shutil, socket, struct, subprocess, sys, tempfile, time

STACK, BOOT = "", ""
SERVERS = []
OVMF_CODE, OVMF_VARS = "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"
READY, DONE = "GUEST-READY", "GUEST-DONE"
# Under load the serial port doubles characters.
STARTED, ENDED = (re.sub("(.)", r"\1{1,2}", word) for word in (READY, DONE))
# The guest does what it is told over its serial port, line by line.
INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc p /proc; mount -t sysfs s /sys; mount -t devtmpfs d /dev
stty -echo -F /dev/ttyS0
echo %s
while read -r line < /dev/ttyS0; do eval "$line"; echo %s; done
""" % (READY, DONE)


class Problem(Exception):
    pass


class Qmp:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self("qmp_capabilities")

    def __call__(self, command, **arguments):
        self.file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            reply = json.loads(self.file.readline())
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise Problem(reply["error"]["desc"])

    def monitor(self, line):
        return self("human-monitor-command", **{"command-line": line})


class Kernel:
    """An image, and an initramfs with what a case loads."""

    def __init__(self):
        self.folder = BOOT or STACK + "/boot"
        images = sorted(n for n in os.listdir(self.folder) if n.startswith("vmlinuz-")) if os.path.isdir(self.folder) else []
        self.version = images[-1].removeprefix("vmlinuz-") if images else ""
        self.modules = "%s/lib/modules/%s" % (BOOT or STACK, self.version)

    def order(self, names):
        """Files of modules, each behind what it needs."""
        needs, paths, found = {}, {}, []
        with open(self.modules + "/modules.dep") as f:
            for line in f:
                path, rest = line.strip().split(":")
                needs[path] = rest.split()
                paths[os.path.basename(path).split(".ko")[0].replace("-", "_")] = path

        def add(path):
            if path not in found:
                for other in reversed(needs[path]):
                    add(other)
                found.append(path)

        for name in names:
            if name in paths:  # else it is built in
                add(paths[name])
        return found

    def initrd(self, folder, names):
        root = os.path.join(folder, "root")
        shutil.rmtree(root, ignore_errors=True)
        for name in ("bin", "proc", "sys", "dev", "mod"):
            os.makedirs(os.path.join(root, name))
        shutil.copy(STACK + "/bin/busybox", os.path.join(root, "bin"))
        with open(os.path.join(root, "init"), "w") as f:
            f.write(INIT)
        os.chmod(os.path.join(root, "init"), 0o755)
        loaded = []
        for path in self.order(names) if names else []:
            with open(os.path.join(self.modules, path), "rb") as f:
                data = f.read()
            name = os.path.basename(path).split(".ko")[0] + ".ko"
            loaded.append(name)
            with open(os.path.join(root, "mod", name), "wb") as f:
                f.write(lzma.decompress(data) if path.endswith(".xz") else data)
        subprocess.run("find . | cpio -o -H newc --quiet | gzip -1 > ../initrd.gz", shell=True, check=True, cwd=root)
        return loaded


def versions(kernel):
    """What ran, as its packages name it."""
    query = ["dpkg-query", "--admindir=" + STACK + "/var/lib/dpkg", "-W", "-f=${Version}"]
    names = {"qemu": "qemu-system-x86", "seabios": "seabios", "ovmf": "ovmf"}
    found = {key: subprocess.run(query + [name], capture_output=True, text=True).stdout for key, name in names.items()}
    return dict(found, linux=kernel.version) if kernel.version else found


def functions(query):
    rows = []

    def visit(d):
        row = {"bus": d["bus"], "slot": d["slot"], "function": d["function"],
               "vendor": d["id"]["vendor"], "device": d["id"]["device"], "class": d["class_info"]["class"],
               "id": d.get("qdev_id") or None, "bars": []}
        for r in d["regions"]:
            row["bars"].append({"index": "rom" if r["bar"] == 6 else r["bar"], "space": r["type"],
                                "prefetchable": r.get("prefetch", False), "is64Bit": r.get("mem_type_64", False),
                                "size": r["size"], "address": None if r["address"] in (-1, 2**64 - 1) else r["address"]})
        b = d.get("pci_bridge")
        if b:
            bus = b["bus"]
            row["bridge"] = {"secondary": bus["secondary"], "subordinate": bus["subordinate"],
                             "io": bus["io_range"], "memory": bus["memory_range"], "prefetchable": bus["prefetchable_range"]}
            for child in b.get("devices", []):
                visit(child)
        if row["vendor"] != 0xffff:  # a virtual function that nobody enabled, and no guest sees
            rows.append(row)

    for root in query:
        for d in root["devices"]:
            visit(d)
    return sorted(rows, key=lambda x: (x["bus"], x["slot"], x["function"]))


def relabel(pid, change):
    """Give the one conventional device with this identity another one, in the configuration space QEMU holds for it."""
    pattern, found = struct.pack("<HH", change["vendor"], change["device"]), []
    with open("/proc/%d/maps" % pid) as f:
        ranges = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0\s", f.read(), re.M)
    memory = os.open("/proc/%d/mem" % pid, os.O_RDWR)
    try:
        for first, last in ((int(a, 16), int(b, 16)) for a, b in ranges):
            try:
                data = os.pread(memory, last - first, first) if last - first <= 256 << 20 else b""
            except OSError:
                continue
            at = data.find(pattern)
            while at >= 0:
                header = data[at:at + 64]
                if len(header) == 64 and header[14] & 0x7f == 0 and header[9:12] == struct.pack("<I", change.get("class", 0x00ff00))[:3]:
                    found.append(first + at)
                at = data.find(pattern, at + 1)
        if len(found) != 1:
            raise Problem("relabel: %d configuration spaces match" % len(found))
        os.pwrite(memory, struct.pack("<HH", change["asVendor"], change["asDevice"]), found[0])
        os.pwrite(memory, struct.pack("<I", change["asClass"])[:3], found[0] + 9)
    finally:
        os.close(memory)


def select(qmp, bdf, offset):
    bus, slot, function = (int(x, 16) for x in re.split("[:.]", bdf))
    qmp.monitor("o /w 0xcf8 %#x" % (0x80000000 | bus << 16 | slot << 11 | function << 8 | offset))


def typed(words):
    """`-device` in its option form as QMP's values: later releases take no text for a number."""
    driver, *rest = words.split(",")
    values = {"driver": driver}
    for pair in rest:
        key, value = pair.split("=", 1)
        number = re.fullmatch(r"(\d+)([KMGT]?)", value) if key not in ("id", "bus", "addr", "memdev", "serial") else None
        values[key] = int(number[1]) << 10 * " KMGT".index(number[2] or " ") if number else value
    return values


class Guest:
    def __init__(self, case, folder, kernel, ends=False):
        self.case, self.folder, self.since = case, folder, 0
        self.firmware, self.linux = case["firmware"], case.get("linux", False)
        command = ["qemu-system-x86_64", "-accel", "tcg", "-display", "none", "-no-user-config", "-nodefaults",
                   "-machine", case["machine"], "-m", case["memory"], "-qmp", "unix:qmp,server=on,wait=off",
                   "-chardev", "socket,id=serial0,path=tty,server=on,wait=off,logfile=serial", "-serial", "chardev:serial0",
                   "-debugcon", "file:debug", "-global", "isa-debugcon.iobase=0x402", "-D", "trace",
                   "-trace", "pci_update_mappings_add", "-trace", "pci_update_mappings_del"]
        if self.firmware == "ovmf":
            shutil.copy(STACK + OVMF_VARS, self.path("vars"))
            command += ["-drive", "if=pflash,format=raw,readonly=on,file=" + OVMF_CODE, "-drive", "if=pflash,format=raw,file=vars"]
        self.modules = []
        if self.linux:
            names = sum((a.get("modules", []) for a in case.get("actions") or []), [])
            self.modules = kernel.initrd(folder, names)
            shutil.copy(os.path.join(kernel.folder, "vmlinuz-" + kernel.version), self.path("vmlinuz"))
            command += ["-kernel", "vmlinuz", "-initrd", "initrd.gz", "-append", "console=ttyS0 quiet no_timer_check"]
        elif ends:  # a boot sector, four sectors of setup code that halts, and one of kernel
            with open(self.path("system"), "wb") as f:
                f.write((bytes(0x1f1) + b"\x04" + bytes(14) + b"\xfa\xf4\xeb\xfd").ljust(6 * 512, b"\0"))
            command += ["-kernel", "system"]
        for name, content in case.get("files", {}).items():
            if "writer" in content:
                with open(self.path("case.json"), "w") as f:
                    json.dump(case, f)
                subprocess.run([os.environ.get("BERTH", "berth"), "rom", self.path("case.json"), "-o", self.path(name)], check=True,
                               stderr=subprocess.DEVNULL)
                continue
            data = struct.pack("<Q", content["u64"]) if "u64" in content else content.get("start", "").encode().ljust(content["size"], b"\0")
            with open(self.path(name), "wb") as f:
                f.write(data)
        for name, function in case.get("served", {}).items():
            self.serve(name, function)
        staged = "relabel" in case or case.get("config")
        command += (["-S"] if staged else []) + case["arguments"]
        for name in ("serial", "debug", "trace", "qmp", "tty"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        inside = "/" + os.path.relpath(folder, STACK) if STACK else folder
        enter = (lambda: (os.chroot(STACK), os.chdir(inside))) if STACK else None
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=enter, cwd=None if STACK else folder)
        self.qmp = self.connect()
        if self.linux:
            self.tty = socket.socket(socket.AF_UNIX)
            self.tty.connect(self.path("tty"))
        if "relabel" in case:
            relabel(self.process.pid, case["relabel"])
        for register in case.get("config") or []:
            select(self.qmp, register["bdf"], register["offset"])
            self.qmp.monitor("o /w 0xcfc %#x" % register["value"])
        if staged:
            self.qmp("cont")

    def path(self, name):
        return os.path.join(self.folder, name)

    def text(self, name):
        if not os.path.exists(self.path(name)):
            return ""
        with open(self.path(name), errors="replace") as f:
            return f.read()

    def serve(self, name, function):
        """The carrier that QEMU finds at its id's socket, in the folder it runs in."""
        path = self.path(name + ".sock")
        if os.path.exists(path):
            os.unlink(path)
        server = subprocess.Popen([os.environ.get("BERTH", "berth"), "carrier", "serve", "--socket", path, *function["options"]],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        SERVERS.append(server)
        end = time.time() + 20
        while not os.path.exists(path) and time.time() < end and server.poll() is None:
            time.sleep(0.05)

    def connect(self):
        end = time.time() + 60
        while time.time() < end:  # the socket's name is there a moment before anybody listens
            try:
                return Qmp(self.path("qmp"))
            except (json.JSONDecodeError, OSError):
                time.sleep(0.05)
            if self.process.poll() is not None:
                raise Problem(self.process.stderr.read().decode().strip().splitlines()[-1])
        raise Problem("no QMP")

    def wait(self, holds, what, limit=600):
        end = time.time() + limit
        while not holds():
            if time.time() > end:
                raise Problem("%s: not after %d s" % (what, limit))
            if self.process.poll() is not None:
                raise Problem("%s: QEMU ended" % what)
            if self.linux:
                self.drain()
                if "Kernel panic" in self.text("serial"):
                    raise Problem("%s: the kernel panicked" % what)
            time.sleep(0.1)

    def drain(self):
        """What nobody reads would stop the guest; the log has it."""
        self.tty.setblocking(False)
        try:
            while self.tty.recv(65536):
                pass
        except BlockingIOError:
            pass
        self.tty.setblocking(True)

    def halted(self):
        found = re.search(r"^PCI: (out of .*)$", self.log(), re.M) if self.firmware == "seabios" else None
        return found and found[1]

    def log(self):
        """SeaBIOS's, since the last reset."""
        return self.text("debug")[self.since:].rsplit("SeaBIOS (version", 1)[-1]

    def run(self, line, limit=600, meanwhile=None):
        """Has the guest do something; returns what it printed."""
        before = self.done()
        start = len(self.text("serial"))
        self.tty.sendall((line + "\n").encode())
        if meanwhile:
            meanwhile()
        self.wait(lambda: self.done() > before, line, limit)
        return re.split(ENDED, self.text("serial")[start:])[0].strip().splitlines()

    def done(self):
        return len(re.findall(ENDED, self.text("serial")))

    def voted(self, line):
        """The same, numbered and printed until each line came twice alike: under load the serial port doubles characters."""
        seen, counts = {}, []
        for _ in range(10):
            rows = [row for row in self.run("(%s) | grep -n ''" % line) if re.match(r"\d+:", row)]
            counts.append(len(rows))
            for row in rows:
                seen[row] = seen.get(row, 0) + 1
            lines = {int(row.split(":")[0]): row.split(":", 1)[1] for row, count in seen.items() if count > 1}
            if lines and sorted(lines) == list(range(1, max(counts, key=counts.count) + 1)):
                return [lines[n] for n in sorted(lines)]
        raise Problem("garbled: " + line)

    def boot(self):
        """Nothing, or the message with which SeaBIOS stopped."""
        if self.linux:
            boots = len(re.findall(STARTED, self.text("serial")))
            self.wait(lambda: self.halted() or len(re.findall(STARTED, self.text("serial"))) > boots, "Linux")
            return self.halted()
        if self.firmware == "seabios":
            self.wait(lambda: self.halted() or re.search("No bootable device|Booting from", self.log()), "SeaBIOS", 120)
            return self.halted()
        if self.has_writer() and "rombar=0" not in str(self.case["arguments"]):     # OVMF leaves out what is in no ROM BAR
            self.wait(lambda: "berth: done" in self.text("debug")[self.since:], "the register writer", 300)
        self.settle(2.0, assigned=True)

    def has_writer(self):
        return any("writer" in content for content in self.case.get("files", {}).values())

    def settle(self, seconds, assigned=False):
        previous, since = None, time.time()
        while time.time() - since < seconds:
            time.sleep(0.1)
            now = functions(self.qmp("query-pci"))
            if now != previous or assigned and not any(b["address"] for f in now for b in f["bars"]):
                previous, since = now, time.time()

    def act(self, action):
        device = "/sys/bus/pci/devices/"
        if "modules" in action:
            self.run("; ".join("insmod /mod/" + name for name in self.modules) + "; sleep 3")
        elif "remove" in action:
            self.run("echo 1 > %s%s/remove" % (device, action["remove"]))
        elif "rescan" in action:
            self.run("echo 1 > /sys/bus/pci/rescan")
        elif "reset" in action:
            self.run("echo 1 > %s%s/reset" % (device, action["reset"]))
        elif "unbind" in action:
            self.run("echo %s > %s%s/driver/unbind" % (action["unbind"], device, action["unbind"]))
        elif "suspend" in action:
            self.run("echo platform > /sys/power/pm_test; echo freeze > /sys/power/state")
        elif "suspendToRAM" in action:
            def wake():
                self.wait(lambda: self.qmp("query-status")["status"] == "suspended", "S3")
                time.sleep(1)
                self.qmp("system_wakeup")
            self.run("echo deep > /sys/power/mem_sleep; echo mem > /sys/power/state", meanwhile=wake)
        elif "plug" in action:
            self.qmp("device_add", **typed(action["plug"]))
            self.settle(6.0)
        elif "runtimeSuspend" in action or "runtimeResume" in action:
            word = "auto" if "runtimeSuspend" in action else "on"
            self.run("for f in %s*/power/control; do echo %s > $f; done; sleep 15" % (device, word))
        elif "reboot" in action:
            for register in action.get("config", []):  # what the reset finds there
                select(self.qmp, register["bdf"], register["offset"])
                self.qmp.monitor("o /w 0xcfc %#x" % register["value"])
            self.since = len(self.text("debug"))
            self.qmp("system_reset")
            stopped = self.boot()
            if stopped:
                raise Problem("after the reboot: " + stopped)
        else:
            raise Problem("unknown action %s" % action)

    def observe(self):
        stopped = self.boot()
        if stopped:
            return {"halted": stopped}
        found = {}
        for action in self.case.get("actions") or []:
            self.act(action)
            if "runtimeSuspend" in action:
                found["power"] = self.run("cd /sys/bus/pci/devices; for d in *; do echo $d $(cat $d/power/runtime_status) "
                                          "$(cat $d/power_state) $(cat $d/d3cold_allowed); done")
        if self.linux:
            try:
                found["iomem"] = self.voted("cat /proc/iomem")
            except Problem:
                pass  # long, and worth nothing where it is not right
            rows = self.run("cd /sys/bus/pci/devices; for d in *; do [ -e $d/driver ] && echo $d $(readlink $d/driver); done")
            found["drivers"] = {r.split()[0][5:]: os.path.basename(r.split()[1]) for r in rows if re.match(r"[0-9a-f]{4}:\S+ \S+$", r)}
            rows = self.voted("dmesg | grep 'Reserving Intel graphics memory'; echo")
            found["graphicsReservation"] = [{"start": int(a, 16), "end": int(b, 16) + 1} for row in rows for a, b in re.findall(
                r"Reserving Intel graphics memory at \[mem 0x([0-9a-f]+)-0x([0-9a-f]+)\]", row)]
        time.sleep(self.case.get("networkBoot") or 0.3)
        self.qmp("stop")  # a guest that goes on, in a network boot ROM say, uses the same configuration ports
        found["functions"] = functions(self.qmp("query-pci"))
        if "registers" in self.case:
            found["registers"] = []
            for r in self.case["registers"]:
                select(self.qmp, r["bdf"], r["offset"])
                found["registers"].append(dict(r, value=int(self.qmp.monitor("i /xw 0xcfc").split("=")[-1], 16)))
        if self.has_writer():
            found["writer"] = re.findall(r"^berth: (.*)$", self.text("debug"), re.M)
            found["opRegionIsThere"] = self.holds_opregion(found["registers"])
        if self.firmware == "seabios":
            found["e820"] = [{"start": int(a, 16), "end": int(b, 16), "type": int(t)} for a, b, t in
                             re.findall(r"^\s+\d+: ([0-9a-f]{16}) - ([0-9a-f]{16}) = (\d+)", self.log(), re.M)]
        found["decode"] = [
            {"bdf": bdf, "bar": int(bar), "address": int(address, 16), "event": "map" if event == "add" else "unmap"}
            for event, bdf, bar, address in
            re.findall(r"pci_update_mappings_(add|del) \S+ (\S+) (\d+),(0x[0-9a-f]+)\+", self.text("trace"))]
        return found

    def holds_opregion(self, registers):
        """Whether what ASLS points at is the file, as the processor sees it."""
        address = next(r["value"] for r in registers if r["name"] == "ASLS")
        with open(self.path("opregion.bin"), "rb") as f:
            wanted = f.read()
        self.qmp("pmemsave", val=address, size=len(wanted), filename="dump")
        with open(self.path("dump"), "rb") as f:
            return address != 0 and f.read() == wanted

    def end(self):
        self.process.kill()
        self.process.wait()


def main(words):
    global STACK, BOOT
    while words and words[0] in ("--stack", "--boot"):
        if words[0] == "--stack":
            STACK = os.path.realpath(words[1])
        else:
            BOOT = os.path.realpath(words[1])
        words = words[2:]
    if not words:
        sys.exit(__doc__)
    kernel, failed = Kernel(), 0
    with tempfile.TemporaryDirectory(dir=STACK + "/tmp") as folder:
        for path in words:
            with open(path) as f:
                case = json.load(f)
            begin, guest = time.time(), None
            try:
                guest = Guest(case, folder, kernel)
                case["observed"] = guest.observe()
                if "networkBoot" in case:  # seconds; what the firmware left is read of a guest that goes no further
                    guest.end()
                    guest = Guest(case, folder, kernel, ends=True)
                    case["observed"] = dict(guest.observe(), decode=case["observed"]["decode"])
            except (OSError, ValueError, Problem, subprocess.SubprocessError) as error:
                failed += 1
                case["observed"] = {"error": "%s: %s" % (type(error).__name__, error)}
            finally:
                if guest:
                    guest.end()
                while SERVERS:
                    server = SERVERS.pop()
                    server.kill()
                    server.wait()
            case["ran"] = versions(kernel)
            with open(path, "w") as f:
                json.dump(case, f, indent=1)
                f.write("\n")
            print("%-44s %5.1f s  %s" % (os.path.basename(path), time.time() - begin, case["observed"].get("error", "ok")), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
