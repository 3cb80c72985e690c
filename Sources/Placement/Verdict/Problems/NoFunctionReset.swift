import BerthDiagnostics
import BerthHost
import BerthPCI

/// The host's IGD cannot be reset alone.
struct NoFunctionReset: Problem {
    let id: RuleID = "no-function-reset"
    let summary = "the host's IGD has no function-level reset"
    let documentation = """
        A guest that reboots or ends leaves the device as it is unless it can be reset alone: the next start finds it in \
        use, and hosts have frozen. An integrated device shares bus 0, so no bus reset helps. Whether a reset that is \
        there works shows only when it is done. Needs a dump of configuration space (lspci -xxx).
        """
    let sources = [
        "PCI Express Base 3.1 §7.8.3, bit 28 of Device Capabilities; PCI ECN Advanced Capabilities, bit 1",
        "https://github.com/patmagauran/i915ovmfPkg/issues/23, https://github.com/patmagauran/i915ovmfPkg/issues/33",
        "Linux drivers/pci/pci.c pcie_reset_flr, pci_af_flr",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let host = situation.host, let igd = host.igd,
            let function = host.function(at: igd.address), Self.hasReset(function) == false
        else { return [] }
        return [
            consequence(
                .degraded, .cannotRestart, "the host's \(short: igd.address) has no function-level reset",
                remedy: "no reboot of the guest; a reboot of the host in between")
        ]
    }

    /// As the kernel says, which knows quirks of devices as well; else by the capabilities.
    private static func hasReset(_ function: HostFunction) -> Bool? {
        guard let methods = function.state.resetMethods else { return hasReset(function.configuration) }
        return methods.split(separator: " ").contains { ["flr", "af_flr", "device_specific", "acpi"].contains($0) }
    }

    /// Nil where the dump does not have the capabilities.
    static func hasReset(_ space: ConfigurationSpace) -> Bool? {
        guard let status = space.word(at: 6), space.byte(at: 0xff) != nil else { return nil }
        guard status & 0x10 != 0, var next = space.byte(at: 0x34).map({ Int($0 & 0xfc) }) else { return false }
        // Registers up to 0x3f are the header; 48 capabilities of four bytes fill the rest.
        for _ in 0..<48 where next >= 0x40 {
            guard let id = space.byte(at: next), let following = space.byte(at: next + 1) else { return nil }
            switch id {
            case 0x10: if (space.dword(at: next + 4) ?? 0) & 1 << 28 != 0 { return true }
            case 0x13: if (space.byte(at: next + 3) ?? 0) & 2 != 0 { return true }
            default: break
            }
            next = Int(following & 0xfc)
        }
        return false
    }
}
