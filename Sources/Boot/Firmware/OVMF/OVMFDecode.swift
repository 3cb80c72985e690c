import BerthPCI
import BerthTopology

/// Decode goes on and off several times before it stays on.
///
/// Source: MdeModulePkg/Bus/Pci/PciBusDxe PciOptionRomSupport.c `LoadOpRomImage`, `RomDecode`,
/// PciRomTable.c; PciEnumeratorSupport.c `PciTestSupportedAttribute`; PciDeviceSupport.c
/// `StartPciDevicesOnBridge`; OvmfPkg/AcpiPlatformDxe `EnablePciDecoding`; OvmfPkg/Library/
/// PlatformBootManagerLib `DetectAndPreparePlatformPciDevicePath` @ edk2-stable202211.
struct OVMFDecode: FirmwareDecode {
    let tree: PCITree
    let outcome: FirmwareOutcome
    /// By function: how many below it have a ROM, which is read through it.
    private let romsBelow: [Int: Int]

    init(_ tree: PCITree, _ outcome: FirmwareOutcome) {
        self.tree = tree
        self.outcome = outcome
        var romsBelow: [Int: Int] = [:]
        for index in tree.functions.indices where outcome.functions[index].romReservation != nil {
            var bus = tree.functions[index].bus
            while case .bridge(let bridge) = tree.buses[bus].parent {
                romsBelow[bridge, default: 0] += 1
                bus = tree.functions[bridge].bus
            }
        }
        self.romsBelow = romsBelow
    }

    private enum Cause {
        static let rom = DecodeCause(
            "OVMF reads the option ROM", source: "PciBusDxe/PciOptionRomSupport.c@edk2-stable202211 RomDecode")
        static let romBelow = DecodeCause(
            "OVMF reads an option ROM behind the bridge",
            source: "PciBusDxe/PciOptionRomSupport.c@edk2-stable202211 ProgramUpstreamBridgeForRom")
        static let attributes = DecodeCause(
            "OVMF tests which attributes the function supports",
            source: "PciBusDxe/PciEnumeratorSupport.c@edk2-stable202211 PciTestSupportedAttribute")
        static let start = DecodeCause(
            "OVMF starts the bridge", source: "PciBusDxe/PciDeviceSupport.c@edk2-stable202211 StartPciDevicesOnBridge")
        static let tables = DecodeCause(
            "OVMF reads the ACPI tables with all decode on",
            source: "OvmfPkg/AcpiPlatformDxe/PciDecoding.c@edk2-stable202211 EnablePciDecoding")
        static let bootManager = DecodeCause(
            "OVMF's boot manager enables the function",
            source: "OvmfPkg/Library/PlatformBootManagerLib/BdsPlatform.c@edk2-stable202211 "
                + "DetectAndPreparePlatformPciDevicePath")
    }

    func run(_ decode: inout FunctionDecode) {
        let function = tree.functions[decode.index]
        let result = outcome.functions[decode.index]
        guard !result.isRejected, outcome.busNumbers[function.bus] != nil else { return }
        for bar in function.bars where bar.index != .rom {
            decode.write(bar.index, result.addresses[bar.index], .firmware, Cause.attributes)
        }
        if function.bridge != nil {
            for _ in 0..<(romsBelow[decode.index] ?? 0) {
                decode.set(memory: true, .optionROM, Cause.romBelow)
                decode.set(memory: false, .optionROM, Cause.romBelow)
            }
        }
        if let rom = result.romReservation {
            decode.write(.rom, rom, .optionROM, Cause.rom)
            decode.set(memory: true, .optionROM, Cause.rom)
            decode.set(memory: false, .optionROM, Cause.rom)
            decode.write(.rom, nil, .optionROM, Cause.rom)
        }
        decode.on(.optionROM, Cause.attributes)
        decode.off(.optionROM, Cause.attributes)
        if function.bridge != nil {
            decode.on(.firmwareBoot, Cause.start)
        } else {
            decode.on(.firmwareBoot, Cause.tables)
            decode.off(.firmwareBoot, Cause.tables)
            decode.on(.firmwareBoot, Cause.bootManager)
        }
    }
}
