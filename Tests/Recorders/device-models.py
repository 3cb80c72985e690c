#!/usr/bin/env python3
"""Record what every PCI device model of a QEMU shows before any firmware ran, with its default properties.

    device-models.py [--stack ROOT] OUT.json

All models that `-device help` lists on bus PCI. ROOT is the root of another release, as Tests/Recorders/README.md says.
Each model has a QEMU to itself, stopped at its first instruction (`-S`); identity, header and capabilities are read through
the configuration ports, BARs from `query-pci`. A model that cannot be made here is written with the reason QEMU gives.
"""
import os, sys

import backends, qemu

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


def start(model, argument, place, before):
    machine = {"machine": "pc"} if model in ON_PC else {}
    files = ()
    if "FD" in argument:
        files = (os.open("/dev/null", os.O_RDWR),)
        argument = argument.replace("FD", str(files[0]))
    qemu.SHIM = backends.shim() if backends.KERNEL.match(model) else ""
    arguments = before + place + ["-device", argument]
    try:
        return qemu.Guest(arguments, files=files, **machine)
    except RuntimeError as problem:
        if "requires kvm" in str(problem):
            return qemu.Guest(arguments, accelerator="kvm", **machine)
        if "requires a Xen guest" in str(problem):
            return qemu.Guest(arguments, accelerator="kvm,xen-version=0x4000a,kernel-irqchip=split", **machine)
        raise
    finally:
        for file in files:
            os.close(file)


def record(model):
    before, properties = backends.prepare(model)
    place, bus, bridges = PLACES.get(model, ([], None, []))
    for attempt in properties.split("|"):
        argument = model + ",id=it" + (",bus=" + bus if bus else "") + ("," + attempt if attempt else "")
        try:
            guest = start(model, argument, place, before)
            break
        except RuntimeError as problem:
            if "not found" not in str(problem) or attempt == properties.split("|")[-1]:
                raise
    try:
        guest.number(bridges)
        rows = [row for row in guest.functions() if row["qdev_id"] == "it"]
        if not rows:
            return {"absent": "no function of its own"}
        return qemu.describe(guest, rows[0])
    finally:
        guest.end()


def main(arguments):
    if arguments[0] == "--stack":
        qemu.STACK, arguments = os.path.realpath(arguments[1]), arguments[2:]
    chosen, found = arguments[1:], []
    for name in chosen or qemu.names():
        try:
            row = {"model": name} | record(name)
        except RuntimeError as problem:
            row = {"model": name, "absent": str(problem)}
        found.append(row)
        print("%-45s %s" % (name, row.get("absent", "")), file=sys.stderr)
    qemu.write(arguments[0], found)


if __name__ == "__main__":
    main(sys.argv[1:])
