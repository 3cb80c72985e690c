#!/usr/bin/env python3
"""Record every processor model of a QEMU: its vendor, and the widths that TCG gives it.

    processors.py [--stack ROOT] OUT.json

A model for each name of QMP `query-cpu-definitions`, on the newest pc machine; where a model cannot run under TCG the reason
stands in its place. `listed` is what `query-cpu-model-expansion` says of a width before anything runs: 0 where the model
has none of its own.
"""
import os, sys

import qemu

PROPERTIES = {"vendor": "vendor", "physBits": "phys-bits", "guestPhysBits": "guest-phys-bits", "giantPages": "pdpe1gb",
              "longMode": "lm", "hostPhysBits": "host-phys-bits", "hostPhysBitsLimit": "host-phys-bits-limit",
              "xlevel": "xlevel"}


def realized(name):
    guest = qemu.Guest(["-cpu", name], "pc", "64M")
    path = guest("query-cpus-fast")[0]["qom-path"]
    row = {}
    for key, property in PROPERTIES.items():
        try:
            row[key] = guest("qom-get", path=path, property=property)
        except RuntimeError:
            pass
    guest.end()
    return row


def main(arguments):
    if arguments[0] == "--stack":
        qemu.STACK, arguments = os.path.realpath(arguments[1]), arguments[2:]
    guest = qemu.Guest([], "pc", "64M")
    definitions = guest("query-cpu-definitions")
    listed = {}
    for row in definitions:
        try:
            properties = guest("query-cpu-model-expansion", type="full", model={"name": row["name"]})["model"]["props"]
            listed[row["name"]] = properties.get("phys-bits")
        except RuntimeError as problem:
            listed[row["name"]] = None
    guest.end()
    rows = []
    for name in sorted(listed):
        try:
            row = {"model": name} | realized(name)
        except RuntimeError as problem:
            row = {"model": name, "absent": str(problem)}
        row["listed"] = listed[name]
        rows.append(row)
    qemu.write(arguments[0], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
