import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI

/// What was read from a host, for people.
package enum HostText {
    package static func render(_ host: HostReport) -> String {
        var layout = TextLayout()
        let row = { (name: String, value: String?) in
            layout.field(name, value ?? "not in the dump", indent: 0, column: 18)
        }
        layout.line("\(host.functions) functions")
        row("LPC bridge", host.lpc.map(identity))
        row("host bridge", host.hostBridge.map(identity))
        if let width = host.addressWidth { row("IOMMU", "\(width) address bits") }
        guard let igd = host.igd else {
            layout.line("no IGD: no Intel display in the dump")
            return layout.text
        }
        row("IGD", "\(igd.address) \(identity(igd))")
        row("platform", igd.platform.map { "\($0.rawValue), \($0.generation)" })
        row("class", igd.classCode?.description)
        row("control word", igd.graphicsControl.map { Hexadecimal.string($0.word, digits: 4) })
        row("stolen memory", igd.stolenMemorySize?.description)
        row("GTT", igd.graphicsControl?.gttSize?.description)
        row("BDSM", igd.bdsm.map { "\($0)" + (igd.bdsmIsLocked == true ? " (locked)" : "") })
        row("ASLS", igd.asls.map { Hexadecimal.string($0) + offset(igd.aslsPageOffset) })
        return layout.text
    }

    /// `8086:9d84`
    static func identity(_ id: FunctionIdentity) -> String {
        "\(Hexadecimal.plain(id.vendor, digits: 4)):\(Hexadecimal.plain(id.device, digits: 4))"
    }

    static func identity(_ igd: HostIGD) -> String { "8086:\(Hexadecimal.plain(igd.deviceID, digits: 4))" }

    private static func offset(_ offset: ByteCount?) -> String {
        guard let offset, offset > .zero else { return "" }
        return " (\(Hexadecimal.string(offset.rawValue)) into its page)"
    }
}
