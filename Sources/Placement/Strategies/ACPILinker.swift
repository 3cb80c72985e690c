import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The ACPI linker script allocates the OpRegion and programs ASLS.
struct ACPILinker: Strategy {
    let id: StrategyID = "acpi-linker"
    let summary = "memory that the ACPI linker script allocates, with a new command that writes a PCI register"
    let documentation = """
        QEMU already tells firmware by script where to load ACPI tables and to patch pointers between them. One \
        more command, 'write the address of this file into a PCI register', would place the OpRegion with any \
        firmware that runs the script, for any device. SeaBIOS and OVMF would have to learn it once. The script \
        has a command that writes an address into a fw_cfg file (WRITE_POINTER), none for a register of a \
        device.
        """
    let origin = Origin(
        "SeaBIOS list, 2 February 2016, a generalised linker script")
    let sources = [
        "SeaBIOS list, 2 February 2016, Alex Williamson",
        "QEMU hw/acpi/bios-linker-loader.c: ALLOCATE, ADD_POINTER, ADD_CHECKSUM, WRITE_POINTER",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .reservedRAM, Combination(.firmware, .guestRAM, .firmware, .qemuCopy),
            register: request.register(for: region),
            missing: [
                MissingPiece(.firmware, "neither SeaBIOS nor OVMF has a linker command that writes a PCI register"),
                MissingPiece(.qemu, "no released QEMU puts the OpRegion into the linker script"),
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}
