package import BerthDiagnostics
import BerthPCI
package import BerthTopology

/// A VM's file on its way to what a plan needs, changed in place and as little as possible: comments, snapshots, order and every line
/// that says nothing of the IGD stay as they are.
///
/// A setting that is pending is changed where it is pending. What Proxmox has no key for goes into `args:`.
package struct VMPatch: Sendable {
    package private(set) var document: VMDocument
    /// What changed, for people.
    package private(set) var findings: [Finding] = []

    package init(_ document: VMDocument) { self.document = document }

    var vm: VMConfiguration { VMConfiguration(document) }

    /// Whether a plan added the device that has this id, so that the next run can replace it.
    package static func isPlanned(_ id: String) -> Bool { plannedIDs.contains { id.hasPrefix($0) } }

    static let plannedIDs = ["berth-stolen", "berth-opregion"]

    // MARK: Settings

    /// Errors: a setting that the next start takes away.
    mutating func set(_ key: String, _ value: String, because reason: String? = nil) throws(EmissionRefusal) {
        let vm = vm
        if let old = vm.settings[key] {
            guard old.value != value else { return }
            document.setValue(value, at: old.index)
        } else {
            guard !vm.deleted.contains(key) else {
                throw EmissionRefusal(
                    "proxmox-pending",
                    "'\(key)' is needed, and [PENDING] takes it away at the next start; start the VM once, or revert the change"
                )
            }
            document.insert(key, value)
        }
        if let reason { say("\(key): \(value): \(reason)", key) }
    }

    /// Takes a setting out of the sections that count.
    mutating func remove(_ key: String) {
        while let setting = vm.settings[key] { document.remove(at: setting.index) }
    }

    private mutating func say(_ message: String, _ key: String) {
        findings.append(Finding(.note, message, rule: "apply-proxmox", at: vm.location(key)))
    }

    mutating func changeArguments(_ change: (inout ArgumentLine) -> Void) throws(EmissionRefusal) {
        let old = vm["args"] ?? ""
        guard old.isEmpty || !ArgumentText.words(old, at: vm.location("args")).isEmpty else {
            throw EmissionRefusal("proxmox-args", "a quote in 'args' is not closed, so that QEMU gets none of it")
        }
        var line = ArgumentLine(old)
        change(&line)
        guard line.text != old else { return }
        if line.isEmpty { remove("args") } else { try set("args", line.text) }
    }

    // MARK: Room

    /// Gives the VM the host's IGD, which it does not have.
    ///
    /// Errors: no number is free.
    package mutating func addIGD() throws(EmissionRefusal) {
        guard let free = (0..<16).first(where: { vm["hostpci\($0)"] == nil }) else {
            throw EmissionRefusal("proxmox-hostpci", "the VM has 16 host devices, and no number is left for the IGD")
        }
        try set("hostpci\(free)", "0000:00:02.0" + (vm.isQ35 ? ",pcie=1" : ""), because: "the host's IGD")
    }

    /// On a pc: what qemu-server has for it, which puts the IGD to 00:02.0 and the second bridge away from 00:1f.0.
    ///
    /// Errors: more than one function, which legacy mode does not take; an IGD that `args:` has.
    package mutating func useLegacyMode() throws(EmissionRefusal) {
        if vm.igd == nil { try takeOutOfArguments() }
        guard var entry = vm.igd else { return }
        guard entry.hosts.count <= 1 else {
            throw EmissionRefusal(
                "proxmox-legacy", "'\(entry.id)' has several devices; give the IGD a hostpci line of its own")
        }
        var moved: [String] = []
        if entry.properties["x-vga"] != nil {
            entry.properties["x-vga"] = nil
            moved.append("x-vga, which legacy-igd does not go with")
        }
        if !entry.hasROM {
            entry.properties["rombar"] = nil
            try changeArguments { $0.set("rombar", to: "0", of: entry.id) }
        }
        if entry.hosts.first.map(HostPCI.isWholeSlot) == true { entry.properties["host"] = "0000:00:02.0" }
        if !entry.isLegacyIGD { entry.properties["legacy-igd"] = "1" }
        try set(
            entry.id, entry.properties.text(defaultKey: "host"), because: "the IGD at 00:02.0, and nothing at 00:1f.0")
        for what in moved { say("\(entry.id): without \(what)", entry.id) }
        if vm["vga"] != "none" {
            try set("vga", "none", because: "legacy-igd wants it; the console of the web interface has no picture then")
        }
    }

    /// An IGD that QEMU is given by `args:` becomes a `hostpci` line: no other has qemu-server clear 00:1f.0.
    private mutating func takeOutOfArguments() throws(EmissionRefusal) {
        guard let parts = ArgumentLine(vm["args"] ?? "").partsOfIGD else { return }
        try addIGD()
        guard let id = vm.igd?.id else { return }
        let own = ["host", "sysfsdev", "id", "bus", "addr", "multifunction", "x-vga", "romfile"]
        try changeArguments { line in
            line.removeIGD()
            for part in parts where !own.contains(part.name) { line.set(part.name, to: part.value, of: id) }
        }
        if let file = parts.first(where: { $0.name == "romfile" })?.value {
            try setROM(.file(path: file.replacing(",,", with: ","), contents: .vbios))
        }
        say("the IGD of 'args' becomes '\(id)', so that qemu-server keeps 00:1f.0 free", id)
    }

    /// Moves devices: the IGD, or what is in its way. `moves` are ids and their new slots.
    ///
    /// Errors: a device that no option reaches.
    package mutating func move(_ moves: [(id: String, slot: Slot)]) throws(EmissionRefusal) {
        for (id, slot) in moves {
            try single(id)
            let igd = vm.igd
            let target = igd.map { id == "\($0.id).0" ? $0.id : id } ?? id
            if igd == nil, ArgumentLine(vm["args"] ?? "").hasIGD, !vm.settings.keys.contains(id), isIGDOfArguments(id) {
                try changeArguments { line in
                    line.setOnIGD("bus", to: slot.bus.rawValue)
                    line.setOnIGD("addr", to: slot.slotText)
                }
                continue
            }
            guard !target.contains("."), !target.contains("#") else {
                throw EmissionRefusal(
                    "proxmox-move",
                    "'\(id)' has to move to \(slot), and no -set of QEMU's reaches a device of that name")
            }
            try changeArguments { line in
                line.set("bus", to: slot.bus.rawValue, of: target)
                line.set("addr", to: slot.slotText, of: target)
            }
        }
    }

    /// An IGD with the host's other functions of its slot comes alone: `-set` reaches no id with a dot.
    private mutating func single(_ id: String) throws(EmissionRefusal) {
        guard var entry = vm.igd, id == "\(entry.id).0", entry.hosts.count == 1, HostPCI.isWholeSlot(entry.hosts[0])
        else {
            return
        }
        entry.properties["host"] = "0000:00:02.0"
        try set(entry.id, entry.properties.text(defaultKey: "host"), because: "function 0 alone")
    }

    private func isIGDOfArguments(_ id: String) -> Bool { !id.hasPrefix("hostpci") || vm[id] == nil }

    // MARK: The plan

    /// Makes the file say what `plan` has and `guest`, which the file makes as it is, has not. `additions` are the options of the
    /// devices that the plan adds.
    ///
    /// Errors: what neither a key of Proxmox' nor an option of QEMU's can say.
    package mutating func carryOut(
        _ emittable: EmittablePlan, on guest: GuestTopology, additions: [String]
    ) throws(EmissionRefusal) {
        if let shared = guest.sharedGraphics {
            throw EmissionRefusal(SharedGraphics.rule, "\(shared.statement); \(shared.advice)")
        }
        let plan = emittable.topology
        if let igd = plan.igd, let old = guest.igd {
            if igd.rom != old.rom { try setROM(igd.rom) }
            for property in igd.properties where !property.isSame(as: old[property: property.name]) {
                try setOnIGD(property.name, property.value.description)
            }
        }
        try changeArguments { line in
            line.replacePlanned(with: additions)
            if let limit = plan.machine.maxRAMBelow4GiB, limit != guest.machine.maxRAMBelow4GiB {
                line.setMachine("max-ram-below-4g", to: "\(limit.rawValue)")
            }
            for file in guest.firmwareFiles where !plan.firmwareFiles.contains(file) { line.removeFile(file.name) }
        }
    }

    /// An option ROM by its path on the host; below `/usr/share/kvm` by Proxmox' own key.
    package mutating func setROM(_ rom: IGDAssignment.ROM) throws(EmissionRefusal) {
        guard var entry = vm.igd else {
            return try changeArguments { line in
                switch rom {
                case .none: line.setOnIGD("rombar", to: "0")
                case .hostShadow: break
                case .file(let path, _): line.setOnIGD("romfile", to: path)
                }
            }
        }
        let id = entry.id
        switch rom {
        case .none:
            entry.properties["romfile"] = nil
            // legacy-igd refuses the key, and takes what QEMU is told behind it.
            if entry.isLegacyIGD {
                try changeArguments { $0.set("rombar", to: "0", of: id) }
            } else {
                entry.properties["rombar"] = "0"
            }
        case .hostShadow: break
        case .file(let path, _):
            entry.properties["rombar"] = nil
            let folder = "/usr/share/kvm/"
            if path.hasPrefix(folder), !path.dropFirst(folder.count).contains(where: { ",;/".contains($0) }) {
                entry.properties["romfile"] = String(path.dropFirst(folder.count))
                try changeArguments { line in
                    line.unset("romfile", of: id)
                    line.unset("rombar", of: id)
                }
            } else {
                entry.properties["romfile"] = nil
                try changeArguments { $0.set("romfile", to: OptionText.escaped(path), of: id) }
            }
        }
        let isGone = rom == .none && vm.igd?.properties["romfile"] != nil
        try set(
            id, entry.properties.text(defaultKey: "host"),
            because: isGone ? "without its ROM, beside which nothing can be placed" : nil)
    }

    /// What Proxmox has a key for goes there, if the file has it there already; everything else of a device goes into `args:`.
    private mutating func setOnIGD(_ name: String, _ value: String) throws(EmissionRefusal) {
        guard var entry = vm.igd else { return try changeArguments { $0.setOnIGD(name, to: value) } }
        if let (key, number) = HostPCI.key(of: Property(name, .text(value))) {
            entry.properties[key] = number
            return try set(entry.id, entry.properties.text(defaultKey: "host"))
        }
        try single("\(entry.id).0")
        try changeArguments { $0.set(name, to: value, of: entry.id) }
    }

    // MARK: Showing

    /// The lines that say how the VM has its IGD, in the order of the file.
    package var lines: [String] {
        let vm = vm
        let igd = vm.igd?.id
        let keys: Set<String> = ["machine", "bios", "vga", "args", "efidisk0", igd ?? "hostpci0"]
        return vm.settings.values.filter { keys.contains($0.key) && $0.key != "efidisk0" }.sorted { $0.key < $1.key }
            .map {
                "\($0.key): \($0.value)"
            }
    }
}

extension Property {
    /// `0x2` is as good as `2`.
    fileprivate func isSame(as other: PropertyValue?) -> Bool {
        guard let old = other?.description else { return false }
        let new = value.description
        return old == new || UInt64(number: old) != nil && UInt64(number: old) == UInt64(number: new)
            || Self.switches[old] != nil && Self.switches[old] == Self.switches[new]
    }

    private static let switches = ["on": true, "true": true, "yes": true, "off": false, "false": false, "no": false]
}
