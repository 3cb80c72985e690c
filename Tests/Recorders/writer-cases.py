#!/usr/bin/env python3
"""Cases of guests whose BDSM and ASLS are written by Berth's option ROM, for guests.py to record.

    writer-cases.py FOLDER [PATTERN]        one file a guest, without what is observed; those that are there stay
    BERTH=... guests.py FOLDER/*.json       boots them; `berth rom` makes each case's ROM from the case itself

Machine, firmware, generation (a BDSM of 32 or 64 bits), RAM, carriers, and what may go wrong.
"""
import fnmatch, json, os, sys

KABYLAKE, TIGERLAKE = 0x5912, 0x9a49
STOLEN = ["-object", "memory-backend-ram,id=stolen-memory,size=%s,share=on", "-device", "ivshmem-plain,id=stolen,memdev=stolen-memory,%s"]
OPREGION = ["-object", "memory-backend-ram,id=opregion-memory,size=%s,share=on", "-device", "ivshmem-plain,id=opregion,memdev=opregion-memory,%s"]
TESTDEV = ["-device", "pci-testdev,id=%s,membar=%s,membar-backed=on,%s"]
ROM = ",romfile=writer.rom"
CROWD = ("pcie-root-port,id=r1,chassis=1,addr=03.0 pcie-root-port,id=r2,chassis=2,addr=04.0 e1000e,bus=r2,id=nic,romfile= "
         "pci-bridge,id=b1,chassis_nr=3,addr=05.0 rtl8139,bus=b1,addr=01.0,id=lan,romfile= bochs-display,addr=06.0,id=bochs qemu-xhci,addr=07.0,id=usb "
         "pxb-pcie,id=p,bus_nr=128,addr=08.0 pcie-root-port,bus=p,id=r3,chassis=4,addr=00.0 nvme,bus=r3,serial=1,id=disk")
SOME = "virtio-net-pci,addr=03.0,id=net,romfile= virtio-scsi-pci,addr=07.0,id=scsi e1000e,addr=06.0,id=nic"


def case(machine, firmware, memory, generation=9, linux=False, stolen="64M", opregion="16K", slots=("10.0", "1b.0"), on="stolen", extra="",
         devices="", bridge="", file=True, move=True, target="02.0", bar=2, romsize="", kind="ivshmem", files=()):
    wide = generation > 10
    attach = lambda name: (ROM + romsize if on == name else "") + extra
    place = lambda slot: ("bus=%s,addr=%s" % (bridge, slot)) if bridge else "addr=" + slot
    arguments = ["-device", "pci-testdev,id=igd,membar=256M,addr=02.0"]
    if bridge:
        arguments += ["-device", "pci-bridge,id=%s,chassis_nr=9,addr=1e.0" % bridge]
    if kind == "ivshmem":
        stolen_at, opregion_at = place(slots[0]) + attach("stolen"), place(slots[1]) + attach("opregion")
        arguments += [w % v if "%" in w else w for w, v in zip(STOLEN, (0, stolen, 0, stolen_at))]
        arguments += [w % v if "%" in w else w for w, v in zip(OPREGION, (0, opregion, 0, opregion_at))]
    else:
        arguments += [w % ("stolen", stolen, place(slots[0]) + attach("stolen")) if "%" in w else w for w in TESTDEV]
        arguments += [w % ("opregion", opregion, place(slots[1]) + attach("opregion")) if "%" in w else w for w in TESTDEV]
    for device in devices.split():
        arguments += ["-device", device]
    if file:
        arguments += ["-fw_cfg", "name=etc/igd-opregion,file=opregion.bin"]
    for name, text in files:
        arguments += ["-fw_cfg", "name=%s,string=%s" % (name, text)]
    task = lambda region, register, width, carrier: {
        "region": region, "target": target, "register": register, "width": width, "carrier": carrier, "bar": bar, "move": move}
    bdsm = task("stolen-memory", 0xc0, 8, "stolen") if wide else task("stolen-memory", 0x5c, 4, "stolen")
    asls = dict(task("opregion", 0xfc, 4, "opregion"), file="etc/igd-opregion")
    offsets = [(0xc0, "BDSM"), (0xc4, "BDSM, upper half")] if wide else [(0x5c, "BDSM")]
    return {
        "machine": machine, "firmware": firmware, "memory": str(memory), "linux": linux, "arguments": arguments,
        # Intel's display by its identity; the class of a pci-testdev is 00ff00.
        "relabel": {"vendor": 0x1b36, "device": 5, "asVendor": 0x8086, "asDevice": TIGERLAKE if wide else KABYLAKE, "asClass": 0x030000},
        "config": [{"bdf": "00:02.0", "offset": 0x50, "value": 0x0200}],
        "registers": [{"bdf": "00:02.0", "offset": o, "name": n} for o, n in offsets + [(0xfc, "ASLS")]],
        "files": {"opregion.bin": {"size": 8192, "start": "IntelGraphicsMem"}, "writer.rom": {"size": 16384, "writer": [bdsm, asls]}},
    }


def served(machine, firmware, generation, identity, slot, linux, bits=32):
    """Both regions behind one function of Berth's vfio-user server: QEMU 10.1 and later."""
    made = case(machine, firmware, 4096, generation, linux)
    bus = "pci.0" if machine == "pc" else "pcie.0"
    device = {"driver": "vfio-user-pci", "id": "carrier", "bus": bus, "addr": slot, "x-msg-timeout": 3600000, "romfile": "writer.rom",
              "socket": {"type": "unix", "path": "carrier.sock"}}
    made["arguments"] = made["arguments"][:2] + ["-device", json.dumps(device)] + made["arguments"][-2:]
    second = bits // 32
    for bar, task in zip((0, second), made["files"]["writer.rom"]["writer"]):
        task.update(carrier="carrier", bar=bar)
    made["served"] = {"carrier": {
        "vendor": 0x8086, "device": 0x9d84, "class": {"lpc": 0x060100, "host": 0x060000, "ram": 0x050000}[identity],
        "bars": [{"index": 0, "size": 64 << 20, "bits": bits}, {"index": second, "size": 16 << 10, "bits": bits}],
        "options": ["--size", "64M", "--opregion-size", "16K", "--bits", str(bits), "--identity", identity]}}
    return made


def served_cases():
    for machine in ("pc", "q35"):
        for firmware in ("seabios", "ovmf"):
            for identity, slot in (("lpc", "1f.0" if machine == "pc" else "1e.0"), ("host", "10.0"), ("ram", "0b.0")):
                for generation in (9, 12):
                    name = "served-%s-%s-%s-gen%d" % (machine, firmware, identity, generation)
                    yield name, served(machine, firmware, generation, identity, slot, linux=(generation == 9) == (firmware == "ovmf"))
            # Linux sizes what it takes for a host bridge without switching it off.
            yield "served-%s-%s-host-64" % (machine, firmware), served(machine, firmware, 12, "host", "10.0", True, bits=64)


def cases():
    yield from served_cases()
    short = {"pc": "pc", "q35": "q35"}
    for machine in short:
        for firmware in ("seabios", "ovmf"):
            for generation in (9, 12):
                for memory in (2048, 4096, 8192):
                    name = "%s-%s-gen%d-%dg" % (machine, firmware, generation, memory // 1024)
                    # Linux where the answer differs: without RAM above 4 GiB, and with.
                    yield name, case(machine, firmware, memory, generation, linux=memory != 4096 and (memory == 8192) == (generation == 9))
            both = "%s-%s" % (machine, firmware)
            yield both + "-devices", case(machine, firmware, 6144, devices=SOME)
            yield both + "-512m", case(machine, firmware, 8192, stolen="512M", linux=firmware == "seabios")
            yield both + "-1g", case(machine, firmware, 8192, stolen="1G")
            yield both + "-rom-on-opregion", case(machine, firmware, 8192, on="opregion")
            yield both + "-behind-bridge", case(machine, firmware, 8192, bridge="below", slots=("01.0", "02.0"))
            yield both + "-no-file", case(machine, firmware, 8192, file=False)
            yield both + "-small-bar", case(machine, firmware, 8192, opregion="4K")
            yield both + "-may-not-move", case(machine, firmware, 8192, 12, move=False)
            yield both + "-no-such-bar", case(machine, firmware, 2048, bar=4)
            yield both + "-no-display", case(machine, firmware, 2048, target="10.0")
            yield both + "-romsize", case(machine, firmware, 8192, romsize=",romsize=1048576")
            yield both + "-rombar-0", case(machine, firmware, 2048, romsize=",rombar=0")
            yield both + "-no-long-mode-file", case(machine, firmware, 8192, files=[("opt/org.seabios/pci64", "off")])
        for memory in (2048, 8192):
            for firmware in ("seabios", "ovmf"):
                if machine == "q35":
                    yield "q35-%s-crowded-%dg" % (firmware, memory // 1024), case("q35", firmware, memory, devices=CROWD, linux=memory == 8192)
                    yield "q35-%s-chipset-%dg" % (firmware, memory // 1024), case("q35", firmware, memory, slots=("1f.1", "1f.4"))
        for firmware in ("seabios", "ovmf"):
            for generation in (9, 12):
                # What a guest left in the registers is gone after a warm reset, and written again.
                made = case(machine, firmware, 8192, generation)
                left = [dict(bdf=r["bdf"], offset=r["offset"], value=0xdead0000) for r in made["registers"]]
                yield "%s-%s-reset-gen%d" % (machine, firmware, generation), dict(made, actions=[{"reboot": True, "config": left}])
            made = case(machine, firmware, 8192, 12 if machine == "pc" else 9, linux=True)
            yield "%s-%s-suspend-to-ram" % (machine, firmware), dict(made, actions=[{"suspendToRAM": True}])


def main(folder, pattern="*"):
    os.makedirs(folder, exist_ok=True)
    for name, made in cases():
        path = os.path.join(folder, name + ".json")
        if fnmatch.fnmatch(name, pattern) and not os.path.exists(path):
            with open(path, "w") as f:
                json.dump(dict(made, name="writer-" + name), f, indent=1)
                f.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
