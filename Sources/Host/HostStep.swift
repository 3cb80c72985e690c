package import BerthDiagnostics
import BerthPCI

/// Something that has to be so on the host before a guest can have its IGD.
package struct HostStep: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// It is so.
        case done
        /// Somebody has to do it.
        case needed
        /// It stands against giving the IGD away, and is not to be undone without asking whoever made it so.
        case blocked
        /// The dump does not say.
        case unknown
        /// Worth knowing.
        case note
    }

    package enum Topic: String, Hashable, Sendable, CaseIterable {
        case iommu, virtualFunctions = "virtual-functions", mediatedDevices = "mediated-devices", framebuffer, driver
        case group, module, display, privileges
    }

    package var topic: Topic
    package var state: State
    package var statement: Statement
    /// What to type or to write; nil where there is nothing to do.
    package var remedy: String?

    init(_ topic: Topic, _ state: State, _ statement: Statement, remedy: String? = nil) {
        self.topic = topic
        self.state = state
        self.statement = statement
        self.remedy = remedy
    }
}

extension HostInventory {
    /// In the order in which they are done; empty without an IGD.
    ///
    /// Sources: QEMU docs/igd-assign.txt; Linux Documentation/driver-api/vfio.rst and admin-guide/kernel-parameters.txt
    /// (`intel_iommu=`, `video=`, `initcall_blacklist=`).
    package var steps: [HostStep] {
        guard let function = function(at: Self.igdAddress), igd != nil else { return [] }
        var steps = [iommuStep]
        let shares = sharing(function)
        steps += shares
        // Whose parts others use stays with its driver: nothing below is to be done then.
        if !shares.contains(where: { $0.state == .blocked }) {
            steps += framebufferStep(function) + [driverStep(function)] + moduleStep(function) + groupStep(function)
        }
        if function.state.isBootDisplay == false || igd?.isVGA == false {
            steps.append(
                HostStep(
                    .display, .note,
                    "the IGD is not the display that the host boots on: no legacy mode, and no copy of its video BIOS",
                    remedy: "'Primary display: IGD' in the host's firmware"))
        }
        return steps + privilegeStep(function)
    }

    private var iommuStep: HostStep {
        let words = system.commandLine ?? []
        if words.contains("intel_iommu=igfx_off") || words.contains("intel_iommu=on,igfx_off") {
            return HostStep(
                .iommu, .needed, "the IOMMU leaves graphics out (igfx_off)",
                remedy: "intel_iommu=on without igfx_off on the kernel's command line, and a restart")
        }
        switch system.hasIOMMU {
        case true?: return HostStep(.iommu, .done, "the kernel uses the IOMMU")
        case false?:
            let isAsked = words.contains { $0 == "intel_iommu=on" || $0.hasPrefix("intel_iommu=on,") }
            return HostStep(
                .iommu, .needed,
                isAsked
                    ? "the kernel was asked for the IOMMU and has none: VT-d is off in the host's firmware"
                    : "the kernel does not use the IOMMU",
                remedy: isAsked
                    ? "VT-d in the host's firmware"
                    : "intel_iommu=on on the kernel's command line, VT-d in the host's firmware, and a restart")
        case nil:
            // A log that speaks of the IOMMU's width does so where there is one.
            return HostStep(
                .iommu, .unknown,
                addressWidth == nil
                    ? "whether the kernel uses the IOMMU" : "whether the kernel uses the IOMMU, which is there",
                remedy: "intel_iommu=on on the kernel's command line")
        }
    }

    private func sharing(_ function: HostFunction) -> [HostStep] {
        var steps: [HostStep] = []
        let parts = functions.filter { $0.state.physicalFunction == function.address }.map(\.address)
        let count = max(function.state.virtualFunctions ?? 0, parts.count)
        if count > 0 {
            let first = parts.first.map { "\($0)" } ?? "0000:00:02.1"
            steps.append(
                HostStep(
                    .virtualFunctions, .blocked,
                    "\(count) virtual functions of the IGD are there: the physical function stays with the host's driver, on which they live",
                    remedy: "give the guest one of them: \(first)"))
        } else if let most = function.state.mostVirtualFunctions, most > 0 {
            steps.append(
                HostStep(
                    .virtualFunctions, .note,
                    "the host's driver can make \(most) virtual functions of the IGD, for guests that share it"))
        }
        if let count = function.state.mediatedDevices, count > 0 {
            steps.append(
                HostStep(
                    .mediatedDevices, .blocked,
                    "\(count) mediated devices of the IGD are in use (GVT-g): it stays with the host's driver",
                    remedy: "give the guest one of them, or stop the guests that have them first"))
        }
        return steps
    }

    private func framebufferStep(_ function: HostFunction) -> [HostStep] {
        var names = (system.framebuffers ?? []).filter { name in
            !["i915", "xe", "inteldrm"].contains { name.hasPrefix($0) } && !name.isEmpty
        }
        if let framebuffer, !names.contains(framebuffer.driver) { names.append(framebuffer.driver) }
        // Somebody else's framebuffer is none of ours, where another display is the first.
        guard !names.isEmpty, framebuffer != nil || function.state.isBootDisplay != false else { return [] }
        return [
            HostStep(
                .framebuffer, .needed,
                "a framebuffer of the host's is on the IGD: \(names.joined(separator: ", "))",
                remedy: "initcall_blacklist=sysfb_init on the kernel's command line (video=efifb:off before Linux 5.15)"
            )
        ]
    }

    private func driverStep(_ function: HostFunction) -> HostStep {
        let ids = function.identity.map {
            "\(Hexadecimal.plain($0.vendor, digits: 4)):\(Hexadecimal.plain($0.device, digits: 4))"
        }
        let way =
            "vfio-pci.ids=\(ids ?? "8086:…") and a softdep 'i915 pre: vfio-pci'; libvirt does it by itself (managed='yes')"
        switch function.state.driver {
        case .named("vfio-pci"): return HostStep(.driver, .done, "vfio-pci has the IGD")
        case .named(let name):
            return HostStep(
                .driver, .needed,
                "\(name) has the IGD: vfio-pci has to, and the host's screens on it go dark", remedy: way)
        case .unbound: return HostStep(.driver, .needed, "no driver has the IGD: vfio-pci has to", remedy: way)
        case nil: return HostStep(.driver, .unknown, "which driver has the IGD: vfio-pci has to", remedy: way)
        }
    }

    private func moduleStep(_ function: HostFunction) -> [HostStep] {
        guard let modules = system.modules, !modules.contains("vfio_pci"),
            function.state.driver != .named("vfio-pci")
        else { return [] }
        return [HostStep(.module, .needed, "vfio-pci is not loaded", remedy: "modprobe vfio-pci")]
    }

    private func groupStep(_ function: HostFunction) -> [HostStep] {
        guard let group = function.state.group else { return [] }
        // Bridges stay with the host; the kernel lets them.
        let others = functions.filter {
            $0.state.group == group && $0.address != function.address && $0.classCode?.isPCIBridge != true
        }
        guard !others.isEmpty else {
            return [HostStep(.group, .done, "the IGD is alone in IOMMU group \(group)")]
        }
        let names = others.map { "\($0.address)" }.joined(separator: ", ")
        let bound = others.allSatisfy { [.named("vfio-pci"), .unbound].contains($0.state.driver) }
        return [
            HostStep(
                .group, bound ? .done : .needed, "IOMMU group \(group) has \(names) as well",
                remedy: bound ? nil : "vfio-pci, or no driver, for all of them")
        ]
    }

    private func privilegeStep(_ function: HostFunction) -> [HostStep] {
        guard (1..<256).contains(function.configuration.bytes.count) else { return [] }
        return [
            HostStep(
                .privileges, .note,
                "read without root, which would add the control word, where stolen memory and the OpRegion are, and the OpRegion itself",
                remedy: "sudo berth host")
        ]
    }
}
