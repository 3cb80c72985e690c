import BerthIGD
import BerthPCI
public import BerthTopology

/// Who uses the regions in a guest, by generation, ROM, firmware and OS.
public enum RegionConsumers {
    public static func of(_ topology: GuestTopology) -> [RegionConsumer] {
        guard let igd = topology.igd ?? standIn(topology) else { return [] }
        let generation = igd.platform?.generation
        let placesStolen = igd.platform?.placesStolenMemory ?? true
        var all: [RegionConsumer] = []
        if igd.rom.contents != nil { all += romConsumers(topology, igd) }
        switch topology.guest {
        case .firmwareOnly: break
        case .linux: all += linux(topology, igd, generation)
        case .windows: all += windows()
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
        let isGOP = topology.firmware.kind == .ovmf && igd.rom.contents != .vbios
        // The picture stays until a driver takes the display over; without one it stays for good.
        let end: BootPhase = topology.guest == .firmwareOnly ? .runtime : .drivers
        guard isGOP else {
            guard topology.firmware.kind == .seabios, igd.rom.contents == .vbios else { return [] }
            return [
                RegionConsumer(
                    "the video BIOS in a graphics mode", .stolenMemory, .dma, .firmwareBoot...end, isCertain: false,
                    source: "SeaBIOS list, 13 February 2016: text mode does not use stolen memory")
            ]
        }
        var all = [
            RegionConsumer(
                "the GOP driver", .stolenMemory, .dma, .enumeration...end,
                source:
                    "GOP frame buffer in stolen memory; PlatformBootManagerLib connects it after the last decode change"
            )
        ]
        if igd.rom.contents == .vfioIgdPkg {
            all.append(
                RegionConsumer(
                    "PlatformGopPolicy", .opRegion, .cpu, .enumeration ... .enumeration,
                    isCertain: false,
                    source: "PlatformGopPolicy/PlatformGopPolicy.c@VfioIgdPkg reads the VBT before the OS runs"))
        }
        return all
    }

    private static func linux(
        _ topology: GuestTopology, _ igd: IGDAssignment, _ generation: Generation?
    ) -> [RegionConsumer] {
        let driver = generation.map { $0 >= .xe2 } == true ? "xe" : "i915"
        var all: [RegionConsumer] = []
        if topology.firmware.kind == .ovmf, igd.rom.contents != nil, igd.rom.contents != .vbios {
            all.append(
                RegionConsumer(
                    "efifb", .stolenMemory, .cpu, .drivers ... .drivers,
                    source:
                        "drivers/video/fbdev/efifb.c@Linux 6.1 draws through the aperture until \(driver) takes over"))
        }
        // VT-d is assumed under a hypervisor, and with VT-d stolen memory is off before generation 8.
        if generation.map({ $0 >= .gen8 }) ?? true {
            all.append(
                RegionConsumer(
                    driver, .stolenMemory, .dma, .drivers ... .runtime,
                    source: "drivers/gpu/drm/i915/gem/i915_gem_stolen.c@Linux 6.1 i915_gem_init_stolen"))
        }
        all.append(
            RegionConsumer(
                driver, .opRegion, .cpu, .drivers ... .runtime,
                source: "drivers/gpu/drm/i915/display/intel_opregion.c@Linux 6.1 intel_opregion_setup"))
        return all
    }

    private static func windows() -> [RegionConsumer] {
        let source = "field reports; not measured"
        return [
            RegionConsumer("Intel's Windows driver", .stolenMemory, .dma, .drivers ... .runtime, source: source),
            RegionConsumer("Intel's Windows driver", .opRegion, .cpu, .drivers ... .runtime, source: source),
        ]
    }
}
