import BerthTopology
import Foundation
import TestSupport

extension FuzzTarget {
    /// A topology file, through simulate and plan.
    static let topology = FuzzTarget(
        "topology",
        seeds: {
            try PackageRoot.files(below: "Topologies", suffix: ".yaml").map {
                Array(try Data(contentsOf: PackageRoot.url.appendingPathComponent("Topologies/\($0)")))
            } + [Array(TopologyWords.everything.utf8)]
        }, words: TopologyWords.all
    ) { bytes, sample in
        let topology = try TopologyFile.read(bytes, file: "guest.yaml")
        try GuestWork.simulate(topology, sample)
        if sample.isOne(in: 16) { try GuestWork.deliver(topology, sample) }
    }
}

/// Keys, values and lines of topology files.
enum TopologyWords {
    static let all: [String] =
        TopologyFile.keys + TopologyFile.processorKeys + IGDSection.keys + DeviceSection.keys + DeviceSection.barKeys
        + values + devices + properties
        + [
            "processor: {vendor: intel, physical-address-bits: 36}", "max-memory: 64GiB", "memory-slots: 256",
            "max-ram-below-4g: 1GiB", "usb: on", "  opregion: 0", "  stolen-memory: 0", "  class: display",
        ]

    /// Every key at least once.
    static let everything = """
        name: everything
        summary: every key
        machine: q35
        max-ram-below-4g: 2GiB
        usb: true
        memory: 6GiB
        max-memory: 16GiB
        memory-slots: 4
        firmware: ovmf:2023.05
        guest: linux-6.14
        qemu: "10.1"
        processor: {vendor: intel, physical-address-bits: 46, giant-pages: yes}
        igd:
          id: gpu
          device: 0x9a49
          at: 00:02.0
          host: 0000:00:02.0
          ggc: 0x02c1
          bdsm: 0x4b800000
          asls: 0x45f88018
          lpc: 0xa082
          class: vga
          stolen-memory: 64MiB
          opregion: 16KiB
          rom: {file: /igd.rom, contains: vfio-igd-pkg}
        devices:
          - {model: pcie-root-port, id: port, at: 00:1c.0, multifunction: on, properties: {pref64-reserve: 1G, mem-reserve: 8M, io-reserve: 4K, bus-reserve: 3}}
          - {model: pcie-pci-bridge, id: down, on: port, at: 00.0}
          - {model: ivshmem-plain, id: shared, on: down, at: 01.0, memory: 64MiB}
          - {model: pxb-pcie, id: far, at: 00:05.0, properties: {bus_nr: 128}}
          - {model: ioh3420, id: farport, on: far, at: 00.0}
          - model: card
            id: card
            on: farport
            at: 00.0
            identity: 8086:1533
            class: 0x020000
            bars: [{bar: 0, memory64: 1MiB}, {bar: 2, prefetchable64: 256MiB}, {bar: 4, io: 32}, {rom: 64KiB}]
          - {model: pci-testdev, id: dummy, at: 00:06.0, properties: {membar: 256M}}

        """

    /// Everything, and little.
    static let texts = [everything, "name: g\nmachine: pc\nmemory: 1GiB\nigd: {device: 0x5916, at: 00:02.0}\n"].map {
        Array($0.utf8)
    }

    private static let values = [
        "pc", "q35", "pc-i440fx-7.2", "pc-q35-9.2", "seabios", "ovmf", "seabios:1.17.0", "ovmf:2024.08", "linux-6.1",
        "linux-6.14", "windows-10", "windows-11", "firmware-only", "7.2", "9.2", "10.0", "10.1", "none", "host",
        "sandy-bridge", "haswell", "skylake", "tiger-lake", "alder-lake", "meteor-lake", "display", "amd", "00:1f.0",
        "00:02.1", "{}", "[]", "null", "~", "- ", ": ", "|", "!!binary", "<<", "---\n", "...\n", "#", "\t",
    ]

    private static let devices: [String] = DeviceCatalogue.models.enumerated().map { number, model in
        let place = ["at: 00:0\(3 + number % 7).\(number % 3)", "on: port, at: 00.0", "on: down, at: 0\(number % 9).0"]
        return "  - {model: \(model.name), id: d\(number), \(place[number % 3])}"
    }

    /// Of the models whose BARs they change.
    private static let properties = [
        "properties: {vgamem: 256M}", "properties: {vgamem_mb: 512}",
        "properties: {ram_size_mb: 4096, vram64_size_mb: 65536}",
        "properties: {max_ioqpairs: 65535, msix_qsize: 2048}", "properties: {cmb_size_mb: 65536}",
        "properties: {membar: 9223372036854775808}", "properties: {vectors: 2048}", "properties: {vectors: 0}",
        "properties: {page-per-vq: on}", "properties: {romfile: /x, romsize: 16777216}", "properties: {rombar: 0}",
        "properties: {bus_nr: 255}", "properties: {hotplug: off}", "properties: {shpc: off}",
        "properties: {pref64-reserve: 9223372036854775808}", "properties: {mem-reserve: 2147483648}",
        "properties: {io-reserve: 0}", "properties: {bus-reserve: 255}", "properties: {pref32-reserve: 1G}",
    ]
}
