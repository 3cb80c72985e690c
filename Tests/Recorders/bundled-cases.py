#!/usr/bin/env python3
"""Cases of the bundled guests as Berth plans them with its option ROM, for guests.py to record.

    BERTH=... bundled-cases.py FOLDER [PATTERN]            one file a guest, without what is observed; those that are there stay
    BERTH=... guests.py [--stack ROOT] FOLDER/*.json       boots them

Every file of Topologies, under either firmware, with its own RAM and generation and with others, and under Linux. What is recorded
is where things end up, whatever the stack: all are planned for debian-unstable, whose QEMU has what the files ask for. Guests that
have no plan with the ROM there are left out. A pci-testdev stands in for the IGD; what asks the network for a boot file goes without
its ROM.
"""
import fnmatch, glob, json, os, re, shlex, subprocess, sys, tempfile

PLATFORMS = {"sandy-bridge": 0x0116, "haswell": 0x0416, "broadwell": 0x1616, "skylake": 0x1916, "kaby-lake": 0x5912, "coffee-lake": 0x3e92,
             "comet-lake": 0x9bc5, "ice-lake": 0x8a52, "tiger-lake": 0x9a49, "meteor-lake": 0x7d55}
TOPOLOGIES = os.path.join(os.path.dirname(__file__), "../../Topologies/*.yaml")
CARDS = ("e1000", "e1000e", "rtl8139", "virtio-net-pci")
BERTH = os.environ.get("BERTH", "berth")


def other(text):
    """The same guest with other RAM, and with an IGD of the other width of BDSM."""
    memory = re.search(r"^memory: (\d+)GiB", text, re.M)
    wide = re.search(r"platform: (ice|tiger|meteor)-lake", text)
    text = text.replace(memory[0], "memory: %dGiB" % (2 if int(memory[1]) > 4 else 8))
    place = re.search(r"^  at: .*\n", text, re.M)
    igd = "igd:\n%s  device: 0x%x\n  ggc: 0x02c1\n  stolen-memory: 64MiB\n  rom: none\n" % (
        place[0] if place else "", 0x5912 if wide else 0x9a49)
    return re.sub(r"^igd:\n(?:  .*\n)+", igd, text, flags=re.M)


def berth(*words):
    return subprocess.run([BERTH, *words], capture_output=True, text=True, check=True).stdout


def case(text, firmware, linux):
    with tempfile.TemporaryDirectory() as folder:
        path, rom = os.path.join(folder, "guest.yaml"), os.path.join(folder, "rom")
        with open(path, "w") as f:
            f.write(text)
        given = [path, "--stack", "debian-unstable", "--firmware", firmware, "--strategy", "ram-controller"]
        words = shlex.split(berth("plan", *given, "--format", "qemu").replace("\\\n", ""))
        berth("rom", *given, "-o", rom)
        writes = json.loads(berth("rom", "--show", rom, "--format", "json"))["images"][0]["writes"]
    device = re.search(r"device: (0x\w+)", text)
    device = int(device[1], 16) if device else PLATFORMS[re.search(r"platform: (\S+)", text)[1]]
    control = re.search(r"ggc: (0x\w+)", text)
    made = {"machine": "", "firmware": firmware, "memory": "", "linux": linux, "arguments": []}
    carriers, target = {}, None
    options = zip(words[2::2], words[3::2])  # behind -nodefaults
    for option, value in options:
        if option in ("-machine", "-m"):
            made["machine" if option == "-machine" else "memory"] = value if option == "-machine" else str(int(value[:-1]) * 1024)
            continue
        if option == "-cpu" or value.startswith("if=pflash"):
            continue
        if value.startswith("vfio-pci,"):
            target = re.search(r"addr=([^,]+)", value)[1]
            value = "pci-testdev,id=igd,membar=256M,addr=" + target
        if value.split(",")[0] in CARDS and not linux:
            value += ",romfile="
        found = re.search(r"id=(berth-[a-z]+),.*addr=([^,]+)", value)
        if found:
            carriers["00:" + found[2]] = found[1]
            value = re.sub(r"romfile=[^,]+", "romfile=writer.rom", value)
        made["arguments"] += [option, value]
    tasks, registers = [], []
    for write in writes:
        isOpRegion = write["register"] == 0xfc
        task = {"region": "opregion" if isOpRegion else "stolen-memory", "target": target, "register": write["register"],
                "width": write["width"], "carrier": carriers[write["carrier"]], "bar": write["bar"], "move": write["mayMove"]}
        tasks.append(dict(task, file=write["file"]) if "file" in write else task)
        if not isOpRegion:
            registers.append({"offset": write["register"], "name": "BDSM"})
            if write["width"] == 8:
                registers.append({"offset": write["register"] + 4, "name": "BDSM, upper half"})
    registers.append({"offset": 0xfc, "name": "ASLS"})
    made["arguments"] += ["-fw_cfg", "name=etc/igd-opregion,file=opregion.bin"]
    return dict(made, **{
        "relabel": {"vendor": 0x1b36, "device": 5, "asVendor": 0x8086, "asDevice": device, "asClass": 0x030000},
        "config": [{"bdf": "00:" + target, "offset": 0x50, "value": int(control[1], 16)}] if control else [],
        "registers": [dict(bdf="00:" + target, **r) for r in registers],
        "files": {"opregion.bin": {"size": 8192, "start": "IntelGraphicsMem"}, "writer.rom": {"size": 16384, "writer": tasks}}})


def main(folder, pattern="*"):
    os.makedirs(folder, exist_ok=True)
    for path in sorted(glob.glob(TOPOLOGIES)):
        with open(path) as f:
            text = f.read()
        for firmware in ("seabios", "ovmf"):
            for suffix, variant in (("", text), ("-other", other(text)), ("-linux", text)):
                name = "bundled-%s-%s%s" % (os.path.basename(path)[:-5], firmware, suffix)
                to = os.path.join(folder, name + ".json")
                if not fnmatch.fnmatch(name, pattern) or os.path.exists(to):
                    continue
                try:
                    made = case(variant, firmware, suffix == "-linux")
                except subprocess.CalledProcessError as error:
                    print("%s: %s" % (name, error.stderr.strip().splitlines()[-1]))
                    continue
                with open(to, "w") as f:
                    json.dump(dict(made, name=name), f, indent=1)
                    f.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
