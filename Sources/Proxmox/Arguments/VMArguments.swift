package import BerthDiagnostics
package import BerthPCI
package import BerthStack

/// A word of the command line that Proxmox VE makes of a VM, and the line of the file that asked for it.
package struct VMWord: Hashable, Sendable {
    package var text: String
    package var location: SourceLocation
}

/// QEMU's command line, made of a VM's file as qemu-server makes it: what decides about PCI functions and memory, not disks and sockets.
///
/// Source: `config_to_command` in PVE/QemuServer.pm @ qemu-server 9.2.6, with what its parts do by the version of the machine, so that it
/// holds from 7.0 on. Each part cites its own.
package struct VMArguments {
    let vm: VMConfiguration
    let machine: VMMachine
    /// The functions that the host has, where somebody said so.
    let hostFunctions: [PCIAddress]
    var options: [VMWord] = []
    var devices: [VMWord] = []
    var machineFlags: [String] = []
    /// Numbers of the bridges that a device is behind.
    var bridges: Set<Int> = []
    var findings: [Finding] = []

    /// The words, QEMU's name left out, and what is assumed.
    ///
    /// `qemu` is the release that runs the VM. Errors: what qemu-server dies of, in its words.
    package static func commandLine(
        _ vm: VMConfiguration, qemu: QEMURelease, hostFunctions: [PCIAddress] = []
    ) throws(InputError) -> (words: [VMWord], findings: [Finding]) {
        let refusals = VMRefusals.find(in: vm, under: qemu)
        guard refusals.isEmpty else { throw InputError(.unusable, refusals) }
        var arguments = VMArguments(vm: vm, machine: vm.machine(under: qemu), hostFunctions: hostFunctions)
        try arguments.make()
        return (arguments.options + arguments.devices + arguments.last(), vm.findings + arguments.findings)
    }

    private init(vm: VMConfiguration, machine: VMMachine, hostFunctions: [PCIAddress]) {
        self.vm = vm
        self.machine = machine
        self.hostFunctions = hostFunctions
    }

    private mutating func make() throws(InputError) {
        firmware()
        if machine.isQ35 {
            let file = machine.isAtLeast(4, 0) ? "pve-q35-4.0.cfg" : "pve-q35.cfg"
            add("readconfig", "/usr/share/qemu-server/\(file)", "machine")
        }
        usbControllers()
        let display = self.display
        let isTabletOn = vm.isOn("tablet") ?? !(display.isSpice || display.isSerial)
        if isTabletOn { device("usb-tablet,id=tablet,bus=\(machine.isQ35 ? "ehci" : "uhci").0,port=1", "tablet") }
        hostDevices()
        usbDevices()
        serialAndAudio()
        if vm["tpmstate0"] != nil { device("tpm-tis,tpmdev=tpmdev", "tpmstate0") }
        option("nodefaults", nil, "name")
        displayDevice(display)
        processor()
        memory()
        agentAndRandom()
        spice(display)
        balloonAndWatchdog()
        drives()
        networks()
        sharedMemory()
        makeBridges()
        viommu()
        virtioFilesystems()
        machineOption()
    }

    // MARK: Words

    mutating func option(_ name: String, _ value: String? = nil, _ key: String) {
        let place = vm.location(key)
        options.append(VMWord(text: "-\(name)", location: place))
        if let value { options.append(VMWord(text: value, location: place)) }
    }

    mutating func add(_ name: String, _ value: String, _ key: String) {
        let place = vm.location(key)
        devices += [VMWord(text: "-\(name)", location: place), VMWord(text: value, location: place)]
    }

    mutating func device(_ value: String, _ key: String) { add("device", value, key) }

    /// Where a device is on a conventional bus, which is there from then on.
    mutating func place(_ name: String) -> String {
        guard let (bus, slot) = AddressMap.conventional(name) else { return "" }
        bridges.insert(bus)
        return ",bus=pci.\(bus),addr=0x\(String(slot, radix: 16))"
    }

    mutating func say(_ severity: Severity, _ message: String, _ rule: RuleID, _ key: String) {
        findings.append(Finding(severity, message, rule: rule, at: vm.location(key)))
    }

    // MARK: Parts

    /// Bridges 1 and 2 are always there on a pc; q35 has all of them but the fourth in its file.
    private mutating func makeBridges() {
        if bridges.contains(4) { bridges.insert(1) }
        if !machine.isQ35 {
            bridges.formUnion([1, 2])
            if vm["scsihw"] == "virtio-scsi-single" { bridges.insert(3) }
        }
        let isLegacy = vm.hostDevices.contains(where: \.isLegacyIGD)
        for number in bridges.sorted(by: >) where number > 0 && !(machine.isQ35 && number < 4) {
            let name = number == 2 && isLegacy ? "pci.2-igd" : "pci.\(number)"
            guard let (bus, slot) = AddressMap.conventional(name) else { continue }
            let text =
                "pci-bridge,id=pci.\(number),chassis_nr=\(number),bus=pci.\(bus),addr=0x\(String(slot, radix: 16))"
            let words = [
                VMWord(text: "-device", location: vm.location("machine")),
                VMWord(text: text, location: vm.location("machine")),
            ]
            devices.insert(contentsOf: words, at: machine.isQ35 ? 2 : 0)
        }
    }

    private mutating func machineOption() {
        if vm.isOn("kvm") == false { machineFlags.append("accel=tcg") }
        if vm.isOn("acpi") == false { machineFlags.append("acpi=off") }
        machineFlags.append("type=\(machine.name)")
    }

    /// What stands behind all devices.
    private func last() -> [VMWord] {
        let place = vm.location("machine")
        let machine = [
            VMWord(text: "-machine", location: place),
            VMWord(text: machineFlags.joined(separator: ","), location: place),
        ]
        return machine + (vm.settings["args"].map { ArgumentText.words($0.value, at: $0.location) } ?? [])
    }

    /// The `virtio` one finds a place by itself, as QEMU gives it.
    private mutating func viommu() {
        guard let properties = vm.machineProperties, let kind = properties["viommu"] else { return }
        let bits = properties["aw-bits"].map { ",aw-bits=\($0)" } ?? ""
        let place = vm.location("machine")
        if kind == "intel" {
            let words = ["-device", "intel-iommu,intremap=on,caching-mode=on\(bits)"].map {
                VMWord(text: $0, location: place)
            }
            devices.insert(contentsOf: words, at: 0)
        } else {
            device("virtio-iommu-pci\(bits)", "machine")
        }
    }
}
