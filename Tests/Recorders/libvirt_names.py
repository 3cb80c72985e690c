#!/usr/bin/env python3
"""Names that libvirt's schemas know inside <devices>, <os>, <features> and <cpu>, by release.

    libvirt_names.py 9.0=FOLDER 11.3=FOLDER 12.8=FOLDER > Sources/LibvirtRules/Names/KnownNames.txt

FOLDER has domain.rng and what it includes (usr/share/libvirt/schemas of a root that stack.sh made). Names are facts; nothing
else of a schema is kept. A line is a place, PARENT/ELEMENT, and what may stand there: @ATTRIBUTE or CHILD, each followed by
^RELEASE where an earlier one of the given releases does not know it. '*' stands for anything.
"""
import os, sys
import xml.etree.ElementTree as ET

RNG = "{http://relaxng.org/ns/structure/1.0}"
TOPS = ["devices", "os", "features", "cpu"]


def grammar(folder):
    defines, seen = {}, set()

    def load(name):
        if name in seen:
            return
        seen.add(name)
        root = ET.parse(os.path.join(folder, name)).getroot()
        for node in root.iter():
            if node.tag == RNG + "include":
                load(node.get("href"))
            elif node.tag == RNG + "define":
                defines.setdefault(node.get("name"), []).append(node)

    load("domain.rng")
    return defines


def names(node):
    """Of an element or attribute: its names; '*' for any."""
    if node.get("name"):
        return [node.get("name")]
    first = next((c for c in node if c.tag in (RNG + "name", RNG + "choice", RNG + "anyName", RNG + "nsName")), None)
    if first is None or first.tag in (RNG + "anyName", RNG + "nsName"):
        return ["*"]
    return [first.text.strip()] if first.tag == RNG + "name" else [c.text.strip() for c in first if c.text]


def places(folder):
    defines = grammar(folder)
    found, done = {}, set()

    def content(node, place, stack):
        for child in node:
            if child.tag == RNG + "ref":
                if child.get("name") in stack:
                    continue
                for define in defines.get(child.get("name"), []):
                    content(define, place, stack | {child.get("name")})
            elif child.tag == RNG + "attribute":
                found.setdefault(place, set()).update("@" + n for n in names(child))
            elif child.tag == RNG + "element":
                for name in names(child):
                    found.setdefault(place, set()).add(name)
                    inner = (place.split("/")[-1], name)
                    key = (id(child), inner)
                    if key not in done:
                        done.add(key)
                        found.setdefault("/".join(inner), set())
                        content(child, "/".join(inner), frozenset())
            elif child.tag not in (RNG + "name", RNG + "anyName", RNG + "data", RNG + "value"):
                content(child, place, stack)

    for all in defines.values():
        for define in all:
            for element in define.iter(RNG + "element"):
                if element.get("name") in TOPS:
                    place = "domain/" + element.get("name")
                    found.setdefault(place, set())
                    content(element, place, frozenset())
    return found


def main(arguments):
    releases = [a.split("=", 1) for a in arguments]
    tables = [(name, places(folder)) for name, folder in releases]
    first = {}
    for name, table in tables:
        for place, known in table.items():
            entry = first.setdefault(place, {})
            for word in known | {""}:
                entry.setdefault(word, name)
    base = releases[0][0]
    for place in sorted(first):
        words = first[place]
        mark = lambda w: w if words[w] == base else "%s^%s" % (w, words[w])
        print((place + ": " + " ".join(mark(w) for w in sorted(words) if w)).strip())


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
