package import BerthDiagnostics
import BerthPCI
package import BerthStack

/// What qemu-server dies of before it starts a VM; a rule is a row.
package struct VMRefusal: Sendable {
    package var id: RuleID
    /// The first release of qemu-server that says so.
    package var since: String
    /// The function that does.
    package var source: String
    /// Where the file says what is refused, and qemu-server's words.
    let find: @Sendable (VMConfiguration, VMMachine) -> [(key: String, message: String)]

    fileprivate init(
        _ id: RuleID, since: String, _ source: String,
        _ find: @escaping @Sendable (VMConfiguration, VMMachine) -> [(key: String, message: String)]
    ) {
        (self.id, self.since, self.source, self.find) = (id, since, source, find)
    }
}

package enum VMRefusals {
    package static func find(in vm: VMConfiguration, under qemu: QEMURelease) -> [Finding] {
        let machine = vm.machine(under: qemu)
        return all.flatMap { rule in
            rule.find(vm, machine).map { Finding(.error, $0.message, rule: rule.id, at: vm.location($0.key)) }
        }
    }

    package static let all: [VMRefusal] = [
        VMRefusal("proxmox-arch", since: "6.0", "config_to_command") { vm, _ in
            vm["arch"] == "aarch64"
                ? [("arch", "an aarch64 VM has no i440fx and no q35, and no IGD can be given to it")] : []
        },
        VMRefusal("proxmox-machine", since: "5.0", "$machine_fmt of PVE/QemuServer/Machine.pm") { vm, _ in
            let type = vm.machineType
            guard !["pc", "q35"].contains(type), vm.pinnedRelease == nil else { return [] }
            return [
                (
                    "machine",
                    "machine type '\(type)' is not one that qemu-server or a known QEMU has; expected pc, q35, pc-i440fx-VERSION or pc-q35-VERSION"
                )
            ]
        },
        VMRefusal("proxmox-revision", since: "6.1", "can_run_pve_machine_version") { vm, machine in
            // Later ones may have come since.
            let known = MachineRevisions.highest[machine.version] ?? 0
            guard machine.revision > known, machine.version < QEMURelease(11, 0) else { return [] }
            return [
                (
                    "machine",
                    "Installed qemu-server (max feature level for \(machine.version) is pve\(known)) is too old to run machine type "
                        + "'\(vm.machineType)'"
                )
            ]
        },
        VMRefusal("proxmox-pcie", since: "5.0", "parse_hostpci_devices") { vm, machine in
            machine.isQ35
                ? []
                : vm.hostDevices.filter(\.isExpress).map {
                    ($0.id, "q35 machine model is not enabled: '\($0.id)' has pcie=1, which takes 'machine: q35'")
                }
        },
        VMRefusal("proxmox-hostpci", since: "8.0", "parse_hostpci") { vm, _ in
            vm.hostDevices.compactMap { device in
                if device.mapping != nil, !device.hosts.isEmpty {
                    return (device.id, "Cannot set both 'host' and 'mapping'.")
                }
                if device.mapping == nil, device.hosts.isEmpty {
                    return (device.id, "Either 'host' or 'mapping' must be set.")
                }
                guard let wrong = device.hosts.first(where: { HostPCI.functions($0) == nil }) else { return nil }
                return (
                    device.id, "'\(wrong)' is no address of a host's device; expected 0000:00:02.0, 00:02.0 or 00:02"
                )
            }
        },
        legacy("proxmox-legacy-once") { vm, _, device in
            vm.hostDevices.first(where: \.isLegacyIGD) == device
                ? nil : "only one device can be assigned in legacy-igd mode"
        },
        legacy("proxmox-legacy-vga") { vm, _, _ in
            vm["vga"] == "none" ? nil : "legacy IGD assignment requires VGA mode to be 'none'; add 'vga: none'"
        },
        legacy("proxmox-legacy-rombar") { _, _, device in
            device.hasROM ? nil : "legacy IGD assignment requires rombar to be enabled"
        },
        legacy("proxmox-legacy-xvga") { _, _, device in
            device.isPrimary ? "legacy IGD assignment is not compatible with x-vga" : nil
        },
        legacy("proxmox-legacy-mdev") { _, _, device in
            device.mediatedType == nil ? nil : "legacy IGD assignment is not compatible with mdev"
        },
        legacy("proxmox-legacy-q35") { _, machine, _ in
            machine.isQ35 ? "legacy IGD assignment is not compatible with q35" : nil
        },
        legacy("proxmox-legacy-multifunction") { _, _, device in
            device.hosts.count > 1 ? "legacy IGD assignment is not compatible with multifunction devices" : nil
        },
        legacy("proxmox-legacy-host") { _, _, device in
            guard device.mapping == nil, let first = device.hosts.first.flatMap(HostPCI.functions) else { return nil }
            return first.device == 2 && first.function == 0
                ? nil : "legacy IGD assignment only works for devices on host bus 00:02.0"
        },
        VMRefusal("proxmox-viommu", since: "8.1", "assert_valid_machine_property") { vm, machine in
            guard let properties = vm.machineProperties else { return [] }
            if properties["viommu"] == "intel", !machine.isQ35 {
                return [("machine", "to use Intel vIOMMU please set the machine type to q35")]
            }
            if properties["aw-bits"] != nil, properties["viommu"] == nil {
                return [("machine", "cannot set aw-bits if no vIOMMU is configured")]
            }
            return []
        },
        VMRefusal("proxmox-memory-hotplug", since: "5.0", "config of PVE/QemuServer/Memory.pm") { vm, _ in
            let features = (vm["hotplug"] ?? "1").split { $0 == "," || $0 == ";" || $0.isWhitespace }
            return features.contains("memory") && vm.isOn("numa") != true
                ? [("hotplug", "NUMA needs to be enabled for memory hotplug")] : []
        },
        VMRefusal("proxmox-hugepages", since: "5.0", "config of PVE/QemuServer/Memory.pm") { vm, _ in
            vm["hugepages"] != nil && vm.isOn("numa") != true
                ? [("hugepages", "numa needs to be enabled to use hugepages")] : []
        },
        VMRefusal("proxmox-usb-number", since: "7.2", "assert_usb_index_is_useable") { vm, machine in
            let usesXHCI = machine.isAtLeast(7, 1) && (vm["ostype"] == "l26" || vm.windowsVersion > 7)
            return usesXHCI
                ? []
                : (5..<14).filter { vm["usb\($0)"] != nil }.map {
                    (
                        "usb\($0)",
                        "using usb\($0) is only possible with machine type >= 7.1 and ostype l26 or windows > 7"
                    )
                }
        },
    ]

    /// What `legacy-igd=1` cannot stand beside.
    private static func legacy(
        _ id: RuleID, _ find: @escaping @Sendable (VMConfiguration, VMMachine, HostPCI) -> String?
    ) -> VMRefusal {
        VMRefusal(id, since: "6.0", "parse_hostpci_devices") { vm, machine in
            vm.hostDevices.filter(\.isLegacyIGD).compactMap { device in
                find(vm, machine, device).map { (device.id, $0) }
            }
        }
    }
}
