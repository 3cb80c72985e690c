package import BerthDiagnostics

/// The table of messages. A test holds it against the folder, and has a line for each row.
package enum LogMessages {
    package static let all: [LogMessage] =
        dmar + iommu + hostDevice + framebuffer + vfioInQEMU + igdInQEMU + legacyMode + stolenMemory + opRegion
        + driverState + sharedGraphics + seabios + ovmf + libvirt + proxmox + windows + kvm

    package static func message(_ id: RuleID) -> LogMessage? { all.first { $0.id == id } }
}
