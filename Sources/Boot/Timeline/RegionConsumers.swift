import BerthIGD
import BerthPCI
import BerthStack
package import BerthTopology

/// Who uses the regions in a guest, by generation, ROM, firmware and OS.
package enum RegionConsumers {
    package static func of(_ topology: GuestTopology) -> [RegionConsumer] {
        guard let igd = topology.igd ?? standIn(topology) else { return [] }
        let generation = igd.platform?.generation
        let placesStolen = igd.platform?.placesStolenMemory ?? true
        var all: [RegionConsumer] = []
        if igd.rom.contents != nil { all += romConsumers(topology, igd) }
        switch topology.guest {
        case .firmwareOnly: break
        case .linux(let version): all += linux(topology, igd, generation, version)
        case .windows: all += windows(topology, igd)
        }
        return placesStolen ? all : all.filter { $0.region != .stolenMemory }
    }

    /// A device that wears the identity of an IGD; it has no ROM of Intel's.
    private static func standIn(_ topology: GuestTopology) -> IGDAssignment? {
        let device = topology.devices.first { $0.identity?.vendor == 0x8086 && $0.identity?.classCode?.isVGA == true }
        guard let device, let id = device.identity?.device else { return nil }
        return IGDAssignment(
            id: device.id, slot: device.slot, host: PCIAddress(bus: 0, devfn: 2 << 3), device: id, stolenMemory: .zero)
    }

    private static func romConsumers(_ topology: GuestTopology, _ igd: IGDAssignment) -> [RegionConsumer] {
        let isGOP = topology.firmwareKind.isUEFI && igd.rom.contents != .vbios
        // The picture stays until a driver takes the display over; without one it stays for good.
        let end: BootPhase = topology.guest == .firmwareOnly ? .runtime : .drivers
        guard isGOP else {
            guard !topology.firmwareKind.isUEFI, igd.rom.contents == .vbios else { return [] }
            return [
                RegionConsumer(
                    "the video BIOS in a graphics mode", .stolenMemory, .dma, .firmwareBoot...end, isCertain: false,
                    source: "SeaBIOS list, 13 February 2016: text mode does not use stolen memory")
            ]
        }
        var all = [
            RegionConsumer(
                "the GOP driver", .stolenMemory, .dma, .enumeration...end, isVital: true,
                source:
                    "GOP frame buffer in stolen memory; PlatformBootManagerLib connects it after the last decode change"
            )
        ]
        if igd.rom.contents?.placesRegions == true {
            all.append(
                RegionConsumer(
                    "PlatformGopPolicy", .opRegion, .cpu, .enumeration ... .enumeration,
                    isCertain: false,
                    source: "PlatformGopPolicy/PlatformGopPolicy.c@VfioIgdPkg reads the VBT before the OS runs"))
        }
        return all
    }

    /// The picture before the driver, the driver, and who only reads the register.
    private static func linux(
        _ topology: GuestTopology, _ igd: IGDAssignment, _ generation: Generation?, _ version: LinuxRelease
    ) -> [RegionConsumer] {
        let driver = LinuxGraphicsDriver(generation, version)
        let until = driver.map { " until \($0.name) takes over" } ?? ""
        var all: [RegionConsumer] = []
        if isReadByEarlyQuirk(topology, igd, generation) {
            all.append(
                RegionConsumer(
                    "Linux's early quirk", .stolenMemory, .register, .enumeration ... .enumeration,
                    source: "arch/x86/kernel/early-quirks.c@Linux 6.1 intel_graphics_stolen reserves what BDSM says"))
        }
        let end: BootPhase = driver == nil ? .runtime : .drivers
        if topology.firmwareKind.isUEFI, igd.rom.contents != nil, igd.rom.contents != .vbios {
            all.append(
                RegionConsumer(
                    "efifb", .stolenMemory, .cpu, .drivers...end,
                    source: "drivers/video/fbdev/efifb.c@Linux 6.1 draws through the aperture\(until)"))
        } else if !topology.firmwareKind.isUEFI, igd.rom.contents == .vbios {
            all.append(
                RegionConsumer(
                    "vesafb", .stolenMemory, .cpu, .drivers...end, isCertain: false,
                    source: "drivers/video/fbdev/vesafb.c@Linux 6.1, with vga= or a graphical boot loader\(until)"))
        }
        guard let driver else { return all }
        if driver.usesStolenMemory {
            all.append(
                RegionConsumer(
                    driver.name, .stolenMemory, .dma, .drivers ... .runtime, source: driver.stolenMemorySource))
        }
        all.append(
            RegionConsumer(
                driver.name, .opRegion, .cpu, .drivers ... .runtime,
                source: "drivers/gpu/drm/i915/display/intel_opregion.c@Linux 6.1 intel_opregion_setup"))
        return all
    }

    /// Its list of ids ends with Raptor Lake, and it looks at VGA functions only.
    private static func isReadByEarlyQuirk(
        _ topology: GuestTopology, _ igd: IGDAssignment, _ generation: Generation?
    ) -> Bool {
        igd.shownClass(by: topology.qemu).isVGA && generation.map { $0 <= .gen12 } ?? false
    }

    private static func windows(_ topology: GuestTopology, _ igd: IGDAssignment) -> [RegionConsumer] {
        let source = "field reports; not measured"
        var all: [RegionConsumer] = []
        if topology.firmwareKind.isUEFI, igd.rom.contents != nil, igd.rom.contents != .vbios {
            all.append(
                RegionConsumer(
                    "Microsoft's basic display driver", .stolenMemory, .cpu, .enumeration ... .drivers,
                    source: "learn.microsoft.com, BasicDisplay.sys draws into the firmware's frame buffer; not measured"
                ))
        }
        return all + [
            RegionConsumer(
                "Intel's Windows driver", .stolenMemory, .dma, .drivers ... .runtime, isVital: true, source: source),
            RegionConsumer(
                "Intel's Windows driver", .opRegion, .cpu, .drivers ... .runtime, isVital: true, source: source),
        ]
    }
}
