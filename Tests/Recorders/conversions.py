#!/usr/bin/env python3
"""Ask a release's libvirt to define what `berth convert` makes of recorded documents.

    conversions.py BERTH --stack ROOT RECORDING.json... RESULT.json

RECORDING.json are recordings of verdicts (Tests/Support/Recorded/libvirt). Of each document that the libvirt of ROOT defines, and
of what it wrote back, the conversion to the other machine is defined in turn. RESULT.json keeps the 64-bit FNV-1a of each
conversion and `ok` or libvirt's message; a conversion that `convert` refuses has `refused`. ROOT is a Debian made by
install-stack; `/` is this machine. Where KVM cannot be used, its guests are defined as QEMU's.
"""
import json, os, re, subprocess, sys, tempfile

MACHINE = re.compile(r"machine=['\"]([^'\"]*)")


def fingerprint(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % (1 << 64)
    return "%016x" % value


def define(root, folder, texts):
    """Messages of `virsh define`, in one virsh."""
    inside = folder.removeprefix(root.rstrip("/"))
    script = []
    for number, text in enumerate(texts):
        name = "c%d" % number
        text = re.sub(rb"<name>[^<]*</name>", b"<name>%s</name>" % name.encode(), text, count=1)
        with open("%s/%s.xml" % (folder, name), "wb") as f:
            f.write(re.sub(rb"<uuid>[^<]*</uuid>", b"", text, count=1))
        script += ["echo --err @@%d" % number, "define %s/%s.xml" % (inside, name), "undefine --nvram " + name]
    identity = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    run_in = ["setpriv", *identity] if root == "/" else ["chroot", root]
    virsh = ["virsh", "-q", "-c", "qemu:///embed?root=%s/root" % inside]
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": inside, "LC_ALL": "C"}
    run = subprocess.run(run_in + virsh, input="\n".join(script) + "\n", capture_output=True, text=True, env=environment)
    said, current = ["lost"] * len(texts), None
    for line in run.stderr.splitlines():
        if not line.startswith("error:"):
            continue
        line = line.removeprefix("error:").strip()
        mark = re.match(r"@@(\d+)", line)
        if mark:
            current = int(mark[1])
            said[current] = "ok"
        elif line and current is not None and said[current] == "ok" and "Failed to define" not in line:
            if "failed to get domain" not in line.lower() and "Failed to undefine" not in line:
                said[current] = line
    return said


def main(berth, root, recordings, result):
    root = os.path.realpath(root)
    rows, texts = [], []
    with tempfile.TemporaryDirectory(dir=root.rstrip("/") + "/tmp") as folder:
        os.chmod(folder, 0o777)
        for recording in recordings:
            release = re.search(r"-(\d+\.\d+)\.json", recording)[1]
            stack = {"9.0": "debian-12", "11.3": "debian-13", "12.8": "debian-unstable"}[release]
            for case in json.load(open(recording))["cases"]:
                if case["schema"] != "valid" or case["define"] != "ok":
                    continue
                for source in ("xml", "assigned"):
                    text = (case.get(source) or "").replace(">ROOT/", ">/ROOT/")
                    machine = MACHINE.search(text)
                    if not text or machine and "microvm" in machine[1]:
                        continue
                    to = "pc" if machine and "q35" in machine[1] else "q35"
                    with open(folder + "/in.xml", "w") as f:
                        f.write(text)
                    run = subprocess.run([berth, "convert", folder + "/in.xml", "--machine", to, "--stack", stack],
                                         capture_output=True)
                    row = {"recording": os.path.basename(recording)[:-5], "name": case["name"], "source": source, "to": to}
                    if run.returncode == 0:
                        row["hash"] = fingerprint(run.stdout)
                        texts.append(run.stdout)
                    else:
                        row["define"] = "refused"
                    rows.append(row)
        said = define(root, folder, texts)
        emulated = [n for n, text in enumerate(said) if "does not support virt type 'kvm'" in text]
        again = [re.sub(rb"(<domain [^>]*type=['\"])kvm", rb"\1qemu", texts[n], count=1) for n in emulated]
        for n, text in zip(emulated, define(root, folder, again)):
            said[n] = text
        said = iter(said)
        for row in rows:
            if "hash" in row:
                row["define"] = next(said)
    with open(result, "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print("%d conversions, %d defined" % (len(rows), sum(row["define"] == "ok" for row in rows)))


if __name__ == "__main__":
    if len(sys.argv) < 6 or sys.argv[2] != "--stack":
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[3], sys.argv[4:-1], sys.argv[-1])
