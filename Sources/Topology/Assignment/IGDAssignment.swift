package import BerthDiagnostics
package import BerthIGD
package import BerthPCI

/// The host's integrated graphics device given to the guest, and the two regions it needs there.
package struct IGDAssignment: Hashable, Sendable {
    /// QEMU id of the vfio-pci device.
    package var id: String
    package var slot: Slot
    /// Where it sits on the host.
    package var host: PCIAddress
    /// PCI device id that the guest sees.
    package var device: UInt16
    /// VGA, or another display class where the host firmware made something else primary.
    package var classCode: ClassCode
    package var revision: UInt8
    /// The host's graphics control word (GGC, configuration offset 0x50); nil when not known.
    package var graphicsControl: UInt16?
    /// Data stolen memory that the guest shall have; zero for none.
    package var stolenMemory: ByteCount
    /// Size of the OpRegion, extended VBT included; zero for none.
    package var opRegion: ByteCount
    package var rom: ROM
    /// What a register writer in its ROM does, in front of what else is in it; empty for a ROM without one.
    package var tasks: [RegisterTask] = []
    /// Function 0 announces further ones: older IGDs have a second.
    package var isMultifunction = false
    /// The host's base of stolen memory, lock bit masked; nil when not known.
    package var hostStolenBase: HostPhysicalAddress?
    /// How much of it the host has by its memory map, which counts where the control word says something else; nil when not known.
    package var hostStolenSize: ByteCount?
    /// The host's ASLS register as it stands; nil when not known.
    package var hostASLS: UInt32?
    /// How many address bits the host's IOMMU has; nil when not known.
    package var hostAddressWidth: Int?
    /// Device id of the host's LPC bridge at 00:1f.0, which QEMU copies; nil when not known.
    package var hostLPC: UInt16?
    /// `x-igd-…` properties, set explicitly because their defaults changed between releases.
    package var properties: [Property]
    package var location: SourceLocation?

    /// The option ROM the guest sees.
    package enum ROM: Hashable, Sendable {
        /// `rombar=0`: no ROM at all.
        case none
        /// The host's shadow copy of the video BIOS, out of the device's own ROM BAR.
        case hostShadow
        case file(path: String, contents: Contents)

        /// What is inside a ROM file; it decides who writes which register.
        package enum Contents: String, Hashable, Sendable, CaseIterable {
            /// Intel's video BIOS.
            case vbios
            /// VfioIgdPkg's IgdAssignmentDxe, with or without a GOP driver beside it.
            case vfioIgdPkg = "vfio-igd-pkg"
            /// The same, with stolen memory reserved at the host's base: Centaurus99's patch of VfioIgdPkg, for gen 11 and 12.
            case hostBase = "host-base"
            /// Intel's GOP driver alone: a picture before the OS, but nobody places the regions.
            case gop

            /// Whether IgdAssignmentDxe is in it, which places both regions.
            package var placesRegions: Bool { self == .vfioIgdPkg || self == .hostBase }
        }

        package var contents: Contents? {
            switch self {
            case .none: nil
            case .hostShadow: .vbios
            case .file(_, let contents): contents
            }
        }
        package var path: String? {
            if case .file(let path, _) = self { path } else { nil }
        }
    }

    package init(
        id: String = "igd", slot: Slot, host: PCIAddress, device: UInt16, stolenMemory: ByteCount,
        opRegion: ByteCount = .kib(8), rom: ROM = .none
    ) {
        self.id = id
        self.slot = slot
        self.host = host
        self.device = device
        classCode = .vga
        revision = 0
        self.stolenMemory = stolenMemory
        self.opRegion = opRegion
        self.rom = rom
        properties = []
    }

    package var platform: Platform? { Platform.identify(device: device) }

    /// The BARs of every IGD from gen 6 on: registers and GTT, aperture, an index/data pair of ports.
    /// Sizes as host dumps show them; the aperture may be larger where the host firmware says so.
    package var bars: [BAR] {
        var bars = [
            BAR(.bar(0), .memory64(size: .mib(16), prefetchable: false)),
            BAR(.bar(2), .memory64(size: .mib(256), prefetchable: true)),
            BAR(.bar(4), .io(size: 64)),
        ]
        switch rom {
        case .none: break
        // The kernel hands out 0xC0000-0xDFFFF, 128 KiB, as the ROM of the boot display.
        case .hostShadow: bars.append(.rom(size: .kib(128)))
        // The file is not read here; 64 KiB is the size of Intel's video BIOS images.
        case .file: bars.append(.rom(size: .kib(64)))
        }
        return bars
    }
}
