import BerthDiagnostics
package import BerthHost
import BerthIGD
import BerthPCI

/// What was read from a host, for programs. Nil: not in the dump.
package struct HostDocument: Codable, Hashable, Sendable {
    package var functions: Int
    package var igd: IGD?
    package var lpc: String?
    package var hostBridge: String?

    package struct IGD: Codable, Hashable, Sendable {
        package var address: String
        package var device: String
        package var platform: String?
        package var generation: String?
        package var classCode: String?
        package var graphicsControl: UInt16?
        package var stolenMemory: UInt64?
        package var gtt: UInt64?
        package var bdsm: UInt64?
        package var bdsmIsLocked: Bool?
        package var asls: UInt32?
        package var aslsPageOffset: UInt64?
    }

    package init(_ host: HostInventory) {
        functions = host.functions.count
        let identity = { (id: FunctionIdentity) in
            "\(Hexadecimal.plain(id.vendor, digits: 4)):\(Hexadecimal.plain(id.device, digits: 4))"
        }
        lpc = host.lpc.map(identity)
        hostBridge = host.hostBridge.map(identity)
        igd = host.igd.map { igd in
            IGD(
                address: igd.address.description, device: "8086:\(Hexadecimal.plain(igd.deviceID, digits: 4))",
                platform: igd.platform?.rawValue, generation: igd.generation?.description,
                classCode: igd.classCode?.description, graphicsControl: igd.graphicsControl?.word,
                stolenMemory: igd.stolenMemorySize?.rawValue, gtt: igd.graphicsControl?.gttSize?.rawValue,
                bdsm: igd.bdsm?.rawValue, bdsmIsLocked: igd.bdsmIsLocked, asls: igd.asls,
                aslsPageOffset: igd.aslsPageOffset?.rawValue)
        }
    }
}

/// The same for people.
package enum HostText {
    package static func render(_ host: HostDocument) -> String {
        var layout = TextLayout()
        layout.line("\(host.functions) functions")
        layout.field("LPC bridge", host.lpc ?? "not in the dump", indent: 0, column: 18)
        layout.field("host bridge", host.hostBridge ?? "not in the dump", indent: 0, column: 18)
        guard let igd = host.igd else {
            layout.line("no IGD: no Intel display in the dump")
            return layout.text
        }
        let rows: [(String, String?)] = [
            ("IGD", "\(igd.address) \(igd.device)"),
            ("platform", igd.platform.map { "\($0), \(igd.generation ?? "")" }),
            ("class", igd.classCode), ("control word", igd.graphicsControl.map { Hexadecimal.string($0, digits: 4) }),
            ("stolen memory", igd.stolenMemory.map { ByteCount($0).description }),
            ("GTT", igd.gtt.map { ByteCount($0).description }),
            ("BDSM", igd.bdsm.map { Hexadecimal.string($0) + (igd.bdsmIsLocked == true ? " (locked)" : "") }),
            ("ASLS", igd.asls.map { Hexadecimal.string($0) + offset(igd.aslsPageOffset) }),
        ]
        for (name, value) in rows { layout.field(name, value ?? "not in the dump", indent: 0, column: 18) }
        return layout.text
    }

    private static func offset(_ offset: UInt64?) -> String {
        guard let offset, offset > 0 else { return "" }
        return " (\(Hexadecimal.string(offset)) into its page)"
    }
}
