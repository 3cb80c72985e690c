import BerthDiagnostics

/// SeaBIOS, by isa-debugcon at port 0x402.
extension LogMessages {
    static let seabios: [LogMessage] = [
        LogMessage(
            "seabios-opregion", by: .seabios,
            "Intel IGD OpRegion enabled at \(guest: "address"), size \(number: "size")KB, dev \(function: "device")",
            releases: "SeaBIOS 1.10.0 to 1.17.0", .fine,
            means: "SeaBIOS placed the OpRegion and wrote ASLS",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c intel_igd_setup"),
        LogMessage(
            "seabios-stolen", by: .seabios,
            "Intel IGD BDSM enabled at \(guest: "address"), size \(number: "size")MB, dev \(function: "device")",
            releases: "SeaBIOS 1.10.0 to 1.17.0", .fine,
            means: "SeaBIOS reserved stolen memory and wrote BDSM at 0x5c, where gen 11 and later do not look",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c intel_igd_setup"),
        LogMessage(
            "seabios-no-memory", by: .seabios,
            "WARNING - Unable to allocate resource at intel_igd_setup:\(number: "line")!",
            releases: "SeaBIOS 1.10.0 to 1.17.0", .trouble,
            means: "there was no room below 4 GiB for stolen memory or the OpRegion",
            sees: .noEarlyPicture,
            help: "more RAM, or a smaller x-igd-gms",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c intel_igd_setup, src/output.c __warn_noalloc"),
        LogMessage(
            "seabios-primary-vga", by: .seabios,
            "PCI: Using \(function: "device") for primary VGA",
            releases: "SeaBIOS 1.8 to 1.17.0", .fine,
            means: "SeaBIOS runs this display's video BIOS",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c pci_enable_default_vga"),
        LogMessage(
            "seabios-no-vga", by: .seabios,
            "PCI: No VGA devices found",
            releases: "SeaBIOS 1.8 to 1.17.0", .trouble,
            means: "SeaBIOS found no VGA device: the IGD has class 0380, or is not there",
            sees: .noEarlyPicture,
            help: "the IGD as primary display of the host, or x-pci-class-code=0x030000 from QEMU 10.1 on",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c pci_enable_default_vga"),
        LogMessage(
            "seabios-out-of-space", by: .seabios,
            "PCI: out of 32bit address space",
            releases: "SeaBIOS 1.7 to 1.17.0", .trouble,
            means: "the BARs do not fit below 4 GiB, and SeaBIOS stops",
            sees: .firmwareStops,
            help: "less RAM below 4 GiB (max-ram-below-4g), a smaller BAR, or OVMF",
            source: "SeaBIOS 1.17.0 src/fw/pciinit.c pci_bios_map_devices"),
        LogMessage(
            "seabios-option-rom", by: .seabios,
            "Running option rom at \(raw: "segment"):\(raw: "offset")",
            releases: "SeaBIOS 1.0 to 1.17.0", .fine,
            means: "SeaBIOS runs an option ROM; that at c000 is the display's",
            source: "SeaBIOS 1.17.0 src/optionroms.c callrom"),
        LogMessage(
            "seabios-bad-checksum", by: .seabios,
            "Found option rom with bad checksum: loc=\(raw: "address") len=\(number: "length") sum=\(raw: "sum")",
            releases: "SeaBIOS 1.0 to 1.17.0", .trouble,
            means: "the option ROM is damaged and does not run",
            sees: .noEarlyPicture,
            help: "another ROM file",
            source: "SeaBIOS 1.17.0 src/optionroms.c is_valid_rom"),
    ]
}
