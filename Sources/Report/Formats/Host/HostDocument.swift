import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI

/// What was read from a host, for programs. Nil: not in the dump.
package struct HostDocument: Codable, Hashable, Sendable {
    package var functions: Int
    package var igd: IGD?
    package var lpc: String?
    package var hostBridge: String?
    /// Address bits of the IOMMU.
    package var addressWidth: Int?

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

    package init(_ host: HostReport) {
        functions = host.functions
        lpc = host.lpc.map(HostText.identity)
        hostBridge = host.hostBridge.map(HostText.identity)
        addressWidth = host.addressWidth
        igd = host.igd.map { igd in
            IGD(
                address: igd.address.description, device: HostText.identity(igd),
                platform: igd.platform?.rawValue, generation: igd.generation?.description,
                classCode: igd.classCode?.description, graphicsControl: igd.graphicsControl?.word,
                stolenMemory: igd.stolenMemorySize?.rawValue, gtt: igd.graphicsControl?.gttSize?.rawValue,
                bdsm: igd.bdsm?.rawValue, bdsmIsLocked: igd.bdsmIsLocked, asls: igd.asls,
                aslsPageOffset: igd.aslsPageOffset?.rawValue)
        }
    }
}
