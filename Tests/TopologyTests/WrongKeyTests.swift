import BerthTopology
import Testing

/// Keys that do not exist, are missing or have no usable value: the first finding, to the letter.
struct WrongKeyTests {
    private static let top =
        "name, summary, machine, max-ram-below-4g, usb, memory, max-memory, memory-slots, firmware, guest, purpose, stack, qemu, "
        + "processor, igd, devices"
    private static let base = "machine: q35\nmemory: 2GiB\n"

    @Test(arguments: [
        (
            "machine: q35\nmemry: 2GiB\n", "2:1",
            "the file has no key 'memry'; did you mean 'memory'?; its keys are \(top)"
        ),
        (base + "quux: 1\n", "3:1", "the file has no key 'quux'; its keys are \(top)"),
        (base + "<<: {usb: on}\n", "3:1", "the file has no key '<<'; its keys are \(top)"),
        (
            base + "igd:\n  platform: skylake\n  stolen-mem: 64MiB\n", "5:3",
            "'igd' has no key 'stolen-mem'; did you mean 'stolen-memory'?; its keys are id, platform, device, at, "
                + "stolen-memory, opregion, rom, host, class, ggc, bdsm, asls, lpc"
        ),
        (
            base + "igd: {platform: skylake, rom: {path: /a, contains: gop}}\n", "3:32",
            "'rom' has no key 'path'; its keys are file, contains"
        ),
        (
            base + "processor: {vendr: amd}\n", "3:13",
            "'processor' has no key 'vendr'; did you mean 'vendor'?; its keys are vendor, physical-address-bits, "
                + "guest-physical-address-bits, giant-pages"
        ),
        (
            base + "devices:\n  - {model: e1000, id: net0, att: 00:03.0}\n", "4:30",
            "device 1 has no key 'att'; did you mean 'at'?; its keys are model, id, at, on, multifunction, memory, "
                + "properties, identity, class, bars"
        ),
        (
            base
                + "devices:\n  - {model: x, id: x, at: 00:03.0, identity: 8086:1, class: 0x020000, bars: [{bar: 0, mem32: 4K}]}\n",
            "4:87",
            "a BAR of device 'x' has no key 'mem32'; its keys are bar, io, memory32, memory64, prefetchable32, "
                + "prefetchable64, rom"
        ),
    ])
    func `an unknown key names the nearest one`(text: String, place: String, message: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(place): error: \(message) [unknown-key]")
    }

    @Test(arguments: [
        ("memory: 2GiB\n", "1:1", "the file has no 'machine'"), ("machine: q35\n", "1:1", "the file has no 'memory'"),
        (Reading.q35("{id: net0, at: 00:03.0}"), "4:5", "device 1 has no 'model'"),
        (Reading.q35("{id: net0, model: e1000}"), "4:5", "device 'net0' has no 'at'"),
        (base + "igd: {at: 00:02.0}\n", "3:6", "'igd' has no 'platform' or 'device'"),
        (base + "igd: {platform: skylake, rom: {file: /a.rom}}\n", "3:31", "'rom' has no 'contains'"),
        (base + "igd: {platform: skylake, rom: {contains: gop}}\n", "3:31", "'rom' has no 'file'"),
        (
            Reading.q35("{model: x, id: x, at: 00:03.0, bars: [{bar: 1, io: 16}]}"), "4:5",
            "device 'x' has no 'identity'"
        ),
        (Reading.q35("{model: x, id: x, at: 00:03.0, identity: 8086:1}"), "4:5", "device 'x' has no 'class'"),
        (
            Reading.q35("{model: x, id: x, at: 00:03.0, identity: 8086:1, class: 0x020000, bars: [{io: 16}]}"), "4:78",
            "a BAR of device 'x' has no 'bar'"
        ),
        (
            Reading.q35("{model: x, id: x, at: 00:03.0, identity: 8086:1, class: 0x020000, bars: [{bar: 1}]}"), "4:78",
            "BAR 1 of device 'x' has no size; give one of io, memory32, memory64, prefetchable32, prefetchable64"
        ),
    ])
    func `a missing key is named`(text: String, place: String, message: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(place): error: \(message) [missing-key]")
    }

    @Test(arguments: [
        ("- a\n- b\n", "1:1", "the file should be keys and values, found a list"),
        ("hello\n", "1:1", "the file should be keys and values, found 'hello'"),
        (base + "igd: [a]\n", "3:6", "'igd' should be keys and values, found a list"),
        (base + "devices: {a: b}\n", "3:10", "'devices' of the file should be a list, found keys and values"),
        (base + "devices:\n", "3:9", "'devices' of the file should be a list, found nothing"),
        (base + "devices:\n  - e1000\n", "4:5", "device 1 should be keys and values, found 'e1000'"),
        ("machine: [q35]\nmemory: 2GiB\n", "1:10", "'machine' of the file should be a word or a number, found a list"),
        ("machine:\nmemory: 2GiB\n", "1:9", "'machine' of the file should be a word or a number, found nothing"),
        (base + "? [a]\n: b\n", "3:3", "a key of the file is not a word"),
        (
            Reading.q35("{model: e1000, id: t, at: 00:03.0, properties: [a]}"), "4:52",
            "'properties' of device 't' should be keys and values, found a list"
        ),
        (
            Reading.q35("{model: e1000, id: t, at: 00:03.0, properties: {a: [1]}}"), "4:53",
            "a property of device 't' should be a name and a value"
        ),
    ])
    func `a value of the wrong kind says what was found`(text: String, place: String, message: String) throws {
        #expect(try Reading.refusal(text) == "guest.yaml:\(place): error: \(message) [topology-file]")
    }

    @Test(arguments: [
        ("machine: q35\nmemory: 2GiB\nmachine: pc\n", "1:1", "machine"),
        (Reading.q35("{model: e1000, at: 00:03.0, model: edu}"), "4:6", "model"),
    ])
    func `a key given twice is refused`(text: String, place: String, key: String) throws {
        #expect(
            try Reading.refusal(text)
                == "guest.yaml:\(place): error: the key '\(key)' is given twice in the mapping that starts here [yaml]")
    }
}
