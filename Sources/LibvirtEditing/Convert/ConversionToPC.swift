import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

/// From MCH and ICH9 to i440FX and PIIX3: no PCI Express.
extension DomainConversion {
    mutating func convertToPC() {
        convertMachine(to: .pc)
        let buses = ConventionalBuses(controllers("pci"))
        convertControllers(buses)
        convertDrivesToIDE()
        convertUSBToPC()
        convertAddresses(buses)
        writeAddresses()
        convertFeatures()
        convertArguments(from: "pcie.0", to: "pci.0")
        warnOfNames(buses)
    }

    private mutating func convertControllers(_ buses: ConventionalBuses) {
        for controller in controllers("pci") {
            guard let element = controller.element else { continue }
            if controller.model == "pcie-root" {
                editor.set("model", to: "pci-root", of: element)
            } else if ConventionalBuses.vanishing.contains(controller.model) {
                settle(element)
                editor.remove(element)
            } else if let (model, name) = Self.counterparts[controller.model] {
                editor.set("model", to: model, of: element)
                if let child = element.first("model") { editor.set("name", to: name, of: child) }
            }
            if let old = controller.index, let new = buses.newIndices[old], old != new {
                editor.set("index", to: "\(new)", of: element)
            }
        }
        let gone = controllers("pci").filter { ConventionalBuses.vanishing.contains($0.model) }
        if let first = gone.first?.element {
            let what = gone.count == 1 ? "1 PCI Express port goes" : "\(gone.count) PCI Express ports go"
            say(
                .note, "\(what); devices behind them become conventional ones on the bus above", "convert-controller",
                at: first)
        }
    }

    /// Without a model it is PIIX3's own on either machine, which on a pc has one place.
    private mutating func convertUSBToPC() {
        let own = DomainPCIAddress(slot: 1, function: 2)
        for controller in controllers("usb")
        where ["", "piix3-uhci"].contains(controller.model) && (controller.index ?? 0) == 0 {
            guard let element = controller.element, let address = controller.address.pci else { continue }
            settle(element)
            if !address.isSamePlace(as: own) { editor.setAddress(own, of: element) }
        }
    }

    private static let counterparts = [
        "pcie-to-pci-bridge": ("pci-bridge", "pci-bridge"), "dmi-to-pci-bridge": ("pci-bridge", "pci-bridge"),
        "pcie-expander-bus": ("pci-expander-bus", "pxb"),
    ]

    /// First what can stay where it is, then the others into free slots, function by function of a slot together.
    private mutating func convertAddresses(_ buses: ConventionalBuses) {
        take(bus: 0, slot: 1)
        var moving: [[Int]] = []
        for group in groups() {
            let old = placed[group[0]].address
            let bus = buses.conventional(old.bus)
            let hasFunctionZero = group.contains { placed[$0].address.function == 0 }
            let isFree = old.bus == 0 ? old.slot != 1 : old.slot != 0 || buses.takesSlotZero(old.bus)
            if bus == old.bus, isFree, hasFunctionZero {
                let new = buses.newIndices[bus] ?? bus
                for index in group { placed[index].address.bus = new }
                take(bus: new, slot: old.slot)
            } else if hasFunctionZero {
                moving.append(group)
            } else {
                moving += group.map { [$0] }
            }
        }
        for group in moving {
            let old = placed[group[0]].address
            let bus = buses.conventional(old.bus)
            let new = buses.newIndices[bus] ?? bus
            guard let slot = freeSlot(on: new) else {
                say(
                    .error, "no slot is left on bus \(new) for this device", "convert-address",
                    at: placed[group[0]].element)
                continue
            }
            for index in group {
                placed[index].address.bus = new
                placed[index].address.slot = slot
                if group.count == 1 { placed[index].address.function = 0 }
            }
        }
    }

    /// Devices that share a slot, in the order of addresses.
    private func groups() -> [[Int]] {
        let open = placed.indices.filter { !placed[$0].isSettled }
        let sorted = open.sorted { a, b in
            let (left, right) = (placed[a].address, placed[b].address)
            return (left.bus, left.slot, left.function, a) < (right.bus, right.slot, right.function, b)
        }
        var groups: [[Int]] = []
        for index in sorted {
            if let last = groups.last?.first, placed[last].address.bus == placed[index].address.bus,
                placed[last].address.slot == placed[index].address.slot
            {
                groups[groups.count - 1].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups
    }

    private mutating func convertFeatures() {
        for device in domain[.iommu] where ["intel", "virtio"].contains(device.model) {
            guard let element = device.element else { continue }
            editor.remove(element)
            say(.warning, "the IOMMU is lost: libvirt has it on a q35 only", "convert-iommu", at: element)
        }
        if let features = domain.element.first("features"), let smm = features.first("smm") {
            editor.remove(smm)
            say(.warning, "SMM is lost, and with it Secure Boot: both need a q35", "convert-smm", at: smm)
        }
        guard let os = domain.element.first("os") else { return }
        if let loader = os.first("loader"), loader["secure"] == "yes" {
            editor.set("secure", to: nil, of: loader)
            say(
                .warning, "Secure Boot is lost; '\(loader.text)' may not start without SMM: name a build without it",
                "convert-smm", at: loader)
        }
        for feature in os.first("firmware")?.elements("feature") ?? []
        where feature["name"] == "secure-boot" && feature["enabled"] == "yes" {
            editor.set("enabled", to: "no", of: feature)
            say(.warning, "Secure Boot is lost: it needs a q35", "convert-smm", at: feature)
        }
        for watchdog in domain[.watchdog] where watchdog.model == "itco" {
            guard let element = watchdog.element else { continue }
            // Libvirt gives every q35 one; who has another needs none in its place.
            guard domain[.watchdog].count == 1 else {
                editor.remove(element)
                continue
            }
            editor.set("model", to: "i6300esb", of: element)
            say(.note, "the watchdog of ICH9 becomes an i6300esb", "convert-watchdog", at: element)
        }
    }

    /// Overrides name controllers by their index.
    private mutating func warnOfNames(_ buses: ConventionalBuses) {
        for override in domain.passthrough.overrides where override.alias.hasPrefix("pci.") {
            guard let index = Int(override.alias.dropFirst("pci.".count)), index > 0 else { continue }
            if let new = buses.newIndices[index] {
                if new != index { editor.set("alias", to: "pci.\(new)", of: override.element) }
            } else {
                editor.remove(override.element)
                say(
                    .warning, "properties of '\(override.alias)' are lost with the port", "convert-override",
                    at: override.element)
            }
        }
    }
}

/// What becomes of the buses of a q35 where there is no PCI Express.
struct ConventionalBuses {
    static let vanishing: Set<String> = [
        "pcie-root-port", "pcie-switch-upstream-port", "pcie-switch-downstream-port",
    ]

    /// New by old, for controllers that stay; without gaps, which libvirt would fill with bridges.
    let newIndices: [Int: Int]
    private let parents: [Int: Int]
    private let models: [Int: String]

    init(_ controllers: [DomainDevice]) {
        var parents: [Int: Int] = [:]
        var models: [Int: String] = [:]
        for controller in controllers {
            guard let index = controller.index else { continue }
            parents[index] = controller.address.pci?.bus ?? 0
            models[index] = controller.model
        }
        self.parents = parents
        self.models = models
        let staying = models.keys.filter { $0 != 0 && !Self.vanishing.contains(models[$0] ?? "") }
        var depths: [Int: Int] = [:]
        for index in staying { depths[index] = Self.chain(from: index, parents).count }
        // A bridge's index has to be larger than that of the bus it is on.
        let ordered = staying.sorted { (depths[$0] ?? 0, $0) < (depths[$1] ?? 0, $1) }
        newIndices = Dictionary(uniqueKeysWithValues: zip([0] + ordered, 0...))
    }

    /// The bus itself, or the nearest above that stays. A bus without a controller is a port that libvirt adds.
    func conventional(_ bus: Int) -> Int {
        Self.chain(from: bus, parents).first { newIndices[$0] != nil } ?? 0
    }

    func takesSlotZero(_ bus: Int) -> Bool { models[bus] == "pcie-expander-bus" }

    /// From a bus up to the root; a circle, which no document that libvirt takes has, ends it.
    private static func chain(from bus: Int, _ parents: [Int: Int]) -> [Int] {
        var chain = [bus]
        while let parent = parents[chain[chain.count - 1]], !chain.contains(parent) { chain.append(parent) }
        return chain
    }
}
