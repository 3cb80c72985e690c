#!/usr/bin/env python3
"""Record what every versioned pc and q35 machine of a QEMU comes with, and what it makes of devices.

    machines.py [--stack ROOT] OUT.json

Of the newest machine of each kind everything is written, of others what differs from it; of a model only the fields that
differ, `absent` with QEMU's words where the machine cannot have it. `functions`: without defaults; `usb`: with `usb=on`; `defaults`: what comes
beside them without `-nodefaults`; `models`: each in a slot of the root bus; `behind`: each behind a root port of its own (q35);
`memory`: by the size asked for, with `slots=4,maxmem=64G`, where RAM ends below 4 GiB, of two sizes fw_cfg's
etc/reserved-memory-end; `chipset`: settings of chipset and machine that firmware or guests can notice.
"""
import os, re, sys

import backends, qemu

# Models with a place or a process of their own.
LEFT_OUT = re.compile(r"^(cxl-|pxb|xio3130|x3130|vfio-|x-pci-proxy|xen-platform|pvrdma|ivshmem-doorbell|AMDVI|iommu-testdev"
                      r"|virtio-iommu|vhost-(scsi|vsock|vdpa|user)|virtio-input-host|.*-gl(-pci)?$|pci-bridge-seat$)")
# What is looked at behind a port, too: PCI Express there, or not.
BEHIND = ["e1000e", "igb", "nvme", "qemu-xhci", "nec-usb-xhci", "vmxnet3", "pvscsi", "megasas-gen2", "bochs-display",
          "virtio-balloon-pci", "virtio-blk-pci", "virtio-gpu-pci", "virtio-net-pci", "virtio-rng-pci", "virtio-scsi-pci",
          "virtio-serial-pci", "virtio-keyboard-pci", "virtio-net-pci-transitional", "virtio-net-pci-non-transitional"]
MEMORY = ["2815M", "2816M", "3583M", "3584M", "8G"]
PLUGGED = ["2816M", "8G"]
SETTINGS = [
    ("hpet", "/machine", "hpet"), ("maxRAMBelow4G", "/machine", "max-ram-below-4g"), ("smm", "/machine", "smm"),
    ("hole64Fix", "HOST", "x-pci-hole64-fix"), ("hole64Size", "HOST", "pci-hole64-size"),
    ("tsegMebibytes", "/machine/q35/mch", "extended-tseg-mbytes"),
    ("acpiBehindBridges", "POWER", "acpi-pci-hotplug-with-bridge-support"),
    ("acpiOnRoot", "POWER", "acpi-root-pci-hotplug"), ("keepsSlotHotPlug", "POWER", "x-keep-pci-slot-hpc"),
]


def places(guest, known=()):
    return [{"slot": row["slot"], "function": row["function"]} | qemu.describe(guest, row)
            for row in guest.functions() if (row["slot"], row["function"]) not in known]


def models(machine, names, start):
    """Several at once; halves where QEMU does not take them together, its words where it does not take one."""
    arguments = []
    for number, name in enumerate(names):
        before, properties = backends.prepare(name, number)
        arguments += before + ["-device", "%s,id=it%d%s" % (name, number, "," + properties if properties else "")]
    try:
        guest = start(machine, arguments)
    except RuntimeError as problem:
        if len(names) == 1:
            return {names[0]: {"absent": str(problem)}}
        middle = len(names) // 2
        return models(machine, names[:middle], start) | models(machine, names[middle:], start)
    rows = {row["qdev_id"]: row for row in guest.functions()}
    found = {name: qemu.describe(guest, rows["it%d" % number]) for number, name in enumerate(names)}
    guest.end()
    return found


def on_root(machine, arguments):
    try:
        return qemu.Guest(arguments, machine, "256M,slots=2,maxmem=1G")
    except RuntimeError as problem:
        if "slots|maxmem" not in str(problem):
            raise
        return qemu.Guest(arguments, machine, "256M")


def behind_ports(machine, names):
    arguments = []
    for number, name in enumerate(names):
        before, properties = backends.prepare(name, number)
        arguments += ["-device", "pcie-root-port,id=port%d,chassis=%d" % (number, number + 1)] + before
        arguments += ["-device", "%s,id=it%d,bus=port%d%s" % (name, number, number, "," + properties if properties else "")]
    guest = qemu.Guest(arguments, machine, "256M")
    ports = {row["qdev_id"]: row["slot"] << 3 for row in guest.functions()}
    for number in range(len(names)):
        guest.bridge(0, ports["port%d" % number], number + 1)
    rows = {row["qdev_id"]: row for row in guest.functions()}
    found = {name: qemu.describe(guest, rows["it%d" % number]) for number, name in enumerate(names)}
    guest.end()
    return found


def memory(machine):
    found = {}
    for size in MEMORY:
        try:
            guest, plug = qemu.Guest([], machine, size + ",slots=4,maxmem=64G"), True
        except RuntimeError as problem:
            if "slots|maxmem" not in str(problem):
                raise
            guest, plug = qemu.Guest([], machine, size), False
        low = re.search(r"^ *0*0-0*([0-9a-f]+) .*: alias ram-below-4g", guest.monitor("info mtree"), re.M)
        low = low or re.search(r"([0-9a-f]+)-([0-9a-f]+) \(prio 0, ram\): alias ram-below-4g", guest.monitor("info mtree"))
        found[size] = {"below4G": int(low.groups()[-1], 16) + 1 if low else None}
        if size in PLUGGED:
            end = guest.firmware_file("etc/reserved-memory-end")
            found[size]["plug"] = plug
            found[size]["reservedEnd"] = int.from_bytes(end, "little") if end else None
        guest.end()
    return found


def chipset(guest):
    found = {}
    devices = {}
    for row in guest("qom-list", path="/machine/unattached"):
        devices[row["type"]] = "/machine/unattached/" + row["name"]
    power = devices.get("child<PIIX4_PM>") or devices.get("child<ICH9-LPC>")
    host = "/machine/" + ("q35" if any(r["name"] == "q35" for r in guest("qom-list", path="/machine")) else "i440fx")
    if power is None:
        power = "/machine/unattached/device[0]"
        for type, path in devices.items():
            if "PIIX4_PM" in type or "ICH9-LPC" in type:
                power = path
    for name, path, property in SETTINGS:
        path = {"HOST": host, "POWER": power}.get(path, path)
        try:
            found[name] = guest("qom-get", path=path, property=property)
        except RuntimeError:
            pass
    return found


def record(machine, names, is_q35):
    guest = qemu.Guest([], machine, "256M")
    row = {"functions": places(guest), "chipset": chipset(guest)}
    guest.end()
    known = {(place["slot"], place["function"]) for place in row["functions"]}
    guest = qemu.Guest([], machine + ",usb=on", "256M")
    row["usb"] = places(guest, known)
    guest.end()
    guest = qemu.Guest([], machine, "256M", nodefaults=False)
    row["defaults"] = places(guest, known)
    guest.end()
    row["memory"] = memory(machine)
    row["models"] = {}
    for first in range(0, len(names), 24):
        row["models"] |= models(machine, names[first:first + 24], on_root)
    if is_q35:
        row["behind"] = behind_ports(machine, [name for name in BEHIND if name in names])
    return row


def less(row, newest):
    """What differs from the newest machine: of models and tables by entry, of a model by field."""
    found = {}
    for key, value in row.items():
        if value == newest[key]:
            continue
        if not isinstance(value, dict):
            found[key] = value
            continue
        found[key] = {}
        for name, fact in value.items():
            other = newest[key].get(name)
            if fact == other:
                continue
            if isinstance(fact, dict) and isinstance(other, dict) and "absent" not in fact:
                fact = {k: v for k, v in (dict.fromkeys(other) | fact).items() if v != other.get(k)}
            found[key][name] = fact
        for name in newest[key]:
            if name not in value:
                found[key][name] = None
    return found


def main(arguments):
    if arguments[0] == "--stack":
        qemu.STACK, arguments = os.path.realpath(arguments[1]), arguments[2:]
    names = [name for name in qemu.names() if not LEFT_OUT.match(name)]
    rows = []
    for kind, machines in qemu.machine_names().items():
        newest = None
        for machine in machines:
            row = record(machine, names, kind == "pc-q35")
            newest = newest or row
            rows.append({"machine": machine} | (row if row is newest else less(row, newest)))
            print(machine, file=sys.stderr)
    qemu.write(arguments[-1], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
