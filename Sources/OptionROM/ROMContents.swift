import BerthPCI

/// What is inside an image, by the traces it leaves.
package enum ROMContents: String, Hashable, Sendable, CaseIterable, Codable {
    /// Berth's register writer.
    case registerWriter = "register writer"
    /// VfioIgdPkg's IgdAssignmentDxe, which asks fw_cfg for the OpRegion.
    case vfioIgdPkg = "VfioIgdPkg's IgdAssignmentDxe"
    /// A driver that makes a Graphics Output Protocol: Intel's GOP, or another.
    case graphicsOutput = "GOP driver"
    /// A BIOS with a table of Intel's for its video outputs.
    case intelVideoBIOS = "Intel's video BIOS"
    case seaVGABIOS = "SeaVGABIOS"
    case iPXE
}

extension ROMImage {
    /// Empty where nothing known is in it, which in a compressed driver that cannot be read means little.
    package var contents: [ROMContents] {
        let code = driverBytes ?? bytes
        return ROMContents.allCases.filter { $0.isIn(self, code) }
    }
}

extension ROMContents {
    fileprivate func isIn(_ image: ROMImage, _ code: [UInt8]) -> Bool {
        switch self {
        case .registerWriter: WriterTable.position(in: code) != nil
        case .vfioIgdPkg: image.isUEFI && code.contains("etc/igd-opregion") && !code.contains("BERTHTAB")
        case .graphicsOutput:
            // Drivers of network cards draw through one, too.
            image.isUEFI && image.classCode.isDisplay && code.position(of: Self.graphicsOutputProtocol) != nil
        case .intelVideoBIOS: !image.isUEFI && code.contains("$VBT")
        case .seaVGABIOS: !image.isUEFI && code.contains("SeaVGABIOS")
        case .iPXE: code.contains("iPXE")
        }
    }

    /// EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID, UEFI 2.10 §12.9.2.
    private static let graphicsOutputProtocol: [UInt8] = [
        0xde, 0xa9, 0x42, 0x90, 0xdc, 0x23, 0x38, 0x4a, 0x96, 0xfb, 0x7a, 0xde, 0xd0, 0x80, 0x51, 0x6a,
    ]
}

extension ROMImage {
    var isUEFI: Bool { if case .uefi = code { true } else { false } }

    /// The driver as it is loaded; nil where it cannot be had.
    package var driverBytes: [UInt8]? {
        guard case .uefi(let header) = code else { return nil }
        let stored = Array(bytes[header.driver...])
        return header.isCompressed ? UEFICompression.expanded(stored) : stored
    }
}
