import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// What was read from a host, for people.
package enum HostText {
    package static func render(_ host: HostReport) -> String {
        var layout = TextLayout()
        let row = { (name: String, value: String?) in
            layout.field(name, value ?? "not in the dump", indent: 0, column: 18)
        }
        layout.line("\(host.functions) functions")
        if let machine = host.system.machine {
            row("machine", machine + (host.system.firmware.map { ", firmware \($0)" } ?? ""))
        }
        if let kernel = host.system.kernel { row("kernel", "Linux \(kernel)") }
        if let processor = host.processor { row("processor", words(processor)) }
        if let memory = memory(host.system) { row("memory", memory) }
        row("LPC bridge", host.lpc.map { named($0, host.names.lpc) })
        row("host bridge", host.hostBridge.map { named($0, host.names.hostBridge) })
        if let width = host.addressWidth { row("IOMMU", "\(width) address bits") }
        for entry in host.reservations { row("RMRR", words(entry)) }
        for display in host.otherDisplays { row("display", words(display)) }
        guard let igd = host.igd else {
            layout.line(
                host.otherDisplays.isEmpty
                    ? "no IGD: no Intel display in the dump" : "no IGD: no Intel display at 00:02.0, where every IGD is"
            )
            opRegion(host.opRegion, nil, &layout)
            return layout.text
        }
        row("IGD", "\(igd.address) \(identity(igd))" + (host.names.igd.map { ", \($0)" } ?? ""))
        row("platform", igd.platform.map { "\($0.rawValue), \($0.generation)" })
        row("class", igd.classCode.map { $0.description + ($0.name.map { ", \($0)" } ?? "") })
        row("control word", igd.graphicsControl.map { control($0, igd.platform) })
        row("stolen memory", stolen(igd))
        row("GTT", igd.graphicsControl?.gttSize?.description)
        row("BDSM", igd.bdsm.map { "\($0)" + (igd.bdsmIsLocked == true ? " (locked)" : "") })
        row("ASLS", igd.asls.map { Hexadecimal.string($0) + offset(igd.aslsPageOffset) })
        opRegion(host.opRegion, igd, &layout)
        if let state = host.igdState { self.state(state, host.groupMembers, &layout) }
        if igd.platform?.isSupportedForPassthrough == false {
            layout.blank()
            layout.line(
                "No guest can have it: QEMU gives away generation 6 (Sandy Bridge) and later, whose registers are in the device"
            )
            return layout.text
        }
        steps(host.steps, &layout)
        if let outlook = host.outlook { self.outlook(outlook, &layout) }
        return layout.text
    }

    // MARK: Rows

    /// `8086:9d84`
    static func identity(_ id: FunctionIdentity) -> String {
        "\(Hexadecimal.plain(id.vendor, digits: 4)):\(Hexadecimal.plain(id.device, digits: 4))"
    }

    static func identity(_ igd: HostIGD) -> String { "8086:\(Hexadecimal.plain(igd.deviceID, digits: 4))" }

    private static func named(_ id: FunctionIdentity, _ name: String?) -> String {
        identity(id) + (name.map { ", \($0)" } ?? "")
    }

    private static func words(_ processor: HostProcessor) -> String {
        let pages = processor.hasGiantPages.map { $0 ? ", pages of 1 GiB" : ", no pages of 1 GiB" } ?? ""
        return "\(processor.physicalAddressBits) address bits\(pages)"
    }

    private static func memory(_ system: HostSystem) -> String? {
        var parts = system.memory.map { ["\(Statement.rough($0))"] } ?? []
        parts += (system.hugePages ?? []).filter { $0.total > 0 }.map {
            "\($0.free) of \($0.total) pages of \(ByteCount($0.size)) free"
        }
        switch system.lockLimit {
        case .unlimited?: parts.append("a program may lock all of it")
        case .bytes(let limit)?: parts.append("a program may lock \(limit)")
        case nil: break
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func words(_ entry: HostReservation) -> String {
        let kind =
            switch entry.kind {
            case .direct: "a guest's memory cannot be there"
            case .relaxable: "until a driver has the device; a guest's memory may be there"
            case .reserved: "reserved"
            case .interrupts: "interrupts"
            case nil: "for whom, the log does not say"
            }
        return "\(entry.range), \(entry.range.size): \(kind)"
    }

    private static func words(_ display: HostReport.Display) -> String {
        let name = display.name.map { ", \($0)" } ?? ""
        let part = display.isPartOfIGD ? "part of the IGD" : "no IGD"
        return "\(display.address) \(identity(display.identity))\(name): \(part)"
    }

    /// `0x01c1: 32 MiB stolen, 8 MiB GTT, VGA on`
    private static func control(_ control: GraphicsControl, _ platform: Platform?) -> String {
        let parts = [
            control.stolenMemorySize.map { "\($0) of stolen memory" } ?? "a size that stands for nothing",
            control.gttSize.map { "\($0) of GTT" }, control.isVGADisabled ? "VGA off" : "VGA on",
            platform.map { if case .hostBridge = $0.graphicsControl { "in the host bridge" } else { nil } } ?? nil,
        ]
        return "\(Hexadecimal.string(control.word, digits: 4)): \(parts.compactMap { $0 }.joined(separator: ", "))"
    }

    private static func stolen(_ igd: HostIGD) -> String? {
        if let range = igd.stolenMemory { return "\(range), \(range.size)" }
        if igd.platform?.placesStolenMemory == false { return "inside BAR 2" }
        return igd.stolenMemorySize.map { "\($0), somewhere" }
    }

    private static func offset(_ offset: ByteCount?) -> String {
        guard let offset, offset > .zero else { return "" }
        return " (\(Hexadecimal.string(offset.rawValue)) into its page)"
    }

    private static func opRegion(_ dump: OpRegionDump?, _ igd: HostIGD?, _ layout: inout TextLayout) {
        guard let region = dump?.region else { return }
        let extent = region.exportedSize == region.size ? "" : ", \(region.exportedSize) with its VBT"
        layout.field(
            "OpRegion", "\(region.size)\(extent), version \(region.version), \(mailboxes(region.mailboxes))", indent: 0,
            column: 18)
        let vbt =
            switch region.vbt {
            case .inside(let range):
                "in it at \(Hexadecimal.string(range.lowerBound)), \(ByteCount(UInt64(range.count)))"
            case .absolute(let address, let size): "outside of it at \(address) of the host, \(size) (RVDA, RVDS)"
            }
        layout.field("VBT", vbt, indent: 0, column: 18)
        for finding in region.findings { layout.field("", finding.description, indent: 0, column: 18) }
    }

    private static func mailboxes(_ set: OpRegionMailboxes) -> String {
        let names = [
            (OpRegionMailboxes.acpi, "ACPI"), (.swsci, "SWSCI"), (.asle, "ASLE"), (.vbt, "VBT"),
            (.asleExtension, "ASLE extension"), (.backlight, "backlight"),
        ].filter { set.contains($0.0) }.map(\.1)
        return names.isEmpty ? "no mailboxes" : "mailboxes " + names.joined(separator: ", ")
    }

    private static func state(_ state: HostFunctionState, _ members: [PCIAddress], _ layout: inout TextLayout) {
        switch state.driver {
        case .named(let name)?: layout.field("driver", name, indent: 0, column: 18)
        case .unbound?: layout.field("driver", "none", indent: 0, column: 18)
        case nil: break
        }
        if let group = state.group {
            let others = members.isEmpty ? "alone" : "with \(members.map { "\($0)" }.joined(separator: ", "))"
            layout.field("IOMMU group", "\(group), \(others)", indent: 0, column: 18)
        }
        if let reset = state.resetMethods {
            layout.field("reset", reset.isEmpty ? "cannot be reset" : reset, indent: 0, column: 18)
        }
    }

    // MARK: What has to happen, and what comes of it

    private static func steps(_ steps: [HostStep], _ layout: inout TextLayout) {
        guard !steps.isEmpty else { return }
        layout.blank()
        layout.line("Before a guest can have it")
        for step in steps {
            let mark =
                switch step.state {
                case .done: "done"
                case .needed: "to do"
                case .blocked: "stop"
                case .unknown: "to see"
                case .note: "note"
                }
            let remedy = step.remedy.map { step.state == .done ? "" : " -> \($0)" } ?? ""
            layout.field(mark, "\(step.statement)\(remedy)", column: 8)
        }
    }

    private static func outlook(_ outlook: HostOutlook, _ layout: inout TextLayout) {
        layout.blank()
        layout.line("What a Linux guest of 4 GiB can do with it")
        var last: String?
        for (releases, cell) in runs(outlook.cells) {
            let purpose = cell.purpose.rawValue
            let answer =
                switch cell.level {
                case .works?: "works, \(cell.guest)"
                case .degraded?: "with a loss, \(cell.guest)"
                case .fails?: "fails"
                case nil: "no"
                }
            let loss = cell.loss.map { ": \($0)" } ?? ""
            layout.field(purpose == last ? "" : purpose, "QEMU \(releases): \(answer)\(loss)", column: 14)
            last = purpose
        }
    }

    /// Releases of which the same is to be said, together.
    private static func runs(_ cells: [HostOutlook.Cell]) -> [(releases: String, cell: HostOutlook.Cell)] {
        var result: [(releases: String, cell: HostOutlook.Cell)] = []
        for cell in cells {
            if let last = result.last?.cell, last.purpose == cell.purpose, last.level == cell.level,
                last.guest == cell.guest, last.loss == cell.loss
            {
                result[result.count - 1].releases += ", " + cell.behaviour
            } else {
                result.append((cell.behaviour, cell))
            }
        }
        return result
    }
}

extension Statement {
    /// To two decimals.
    fileprivate static func rough(_ size: ByteCount) -> Statement {
        var statement = Statement()
        statement.append(.roughSize(size.rawValue))
        return statement
    }
}
