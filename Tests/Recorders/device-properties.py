#!/usr/bin/env python3
"""The properties of QEMU's PCI device models, as a table in Swift.

    device-properties.py [RELEASE=ROOT]... > Sources/Topology/Devices/RecordedPropertyTable.swift

RELEASE is a name such as 7.2, ROOT the folder that install-stack filled, or / for this machine. A property's kind is what
QEMU's JSON takes: a switch, a number or a string. Models whose properties people set by hand have a list of their own, with the
releases that have each; of all others only names and kinds are kept.
"""
import re, subprocess, sys, textwrap

OWN = ["ivshmem-plain", "pci-testdev", "vfio-pci", "vfio-pci-nohotplug"]
NUMBERS = {"int", "int32", "uint8", "uint16", "uint32", "uint64", "uint4", "size", "int64"}


def kind(name, type):
    """None for what nobody can set, and for addr, which takes both."""
    if type.startswith("child<") or type in ("irq", "list", "guest statistics") or name == "addr":
        return None
    return "bool" if type == "bool" else "number" if type in NUMBERS else "text"


def ask(root, *arguments):
    prefix = [] if root == "/" else ["chroot", root]
    run = subprocess.run(prefix + ["qemu-system-x86_64", "-machine", "q35", *arguments], capture_output=True, text=True)
    return run.stdout + run.stderr


releases = dict(argument.split("=", 1) for argument in sys.argv[1:]) or {"7.2": "/"}
own, other = {}, {}
for release, root in releases.items():
    models = re.findall(r'name "([^"]+)", bus PCI', ask(root, "-device", "help"))
    for model in models:
        for name, type in re.findall(r"^  ([^\s=]+)=<([^>]*>?)>", ask(root, "-device", model + ",help"), re.M):
            if (found := kind(name, type)) is None:
                continue
            if model in OWN:
                own.setdefault((model, name, found), []).append(release)
            else:
                other.setdefault(name, set()).add(found)

rows = {}
for (model, name, found), where in own.items():
    rows.setdefault((model, found, ",".join(where)), []).append(name)
for name, found in other.items():
    if len(found) == 1:  # One name that stands for two kinds says nothing.
        rows.setdefault(("*", found.pop(), "-"), []).append(name)

print("// Written by Tests/Recorders/device-properties.py; not to be changed by hand.\n")
print("extension RecordedProperties {")
print("    /// The releases that were asked, oldest first.")
print('    static let asked = "%s"\n' % " ".join(releases))
print("    /// Model (`*` for the others together), kind, releases, and names.")
print('    static let table = """')
for (model, found, where), names in sorted(rows.items()):
    for line in textwrap.wrap(" ".join(sorted(names)), 112 - len(model + found + where), break_on_hyphens=False):
        print("        %s %s %s %s" % (model, found, where, line))
print('        """')
print("}")
