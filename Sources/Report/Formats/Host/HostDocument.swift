import BerthDiagnostics
package import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// What was read from a host, for programs. Nil: not in the dump.
package struct HostDocument: Codable, Hashable, Sendable {
    package var functions: Int
    package var machine: String?
    package var kernel: String?
    package var igd: IGD?
    package var lpc: String?
    package var hostBridge: String?
    /// Address bits of the IOMMU.
    package var addressWidth: Int?
    package var opRegion: OpRegion?
    package var otherDisplays: [String]
    package var steps: [Step]
    package var purposes: [Purpose]
    /// The whole host, as `--host` takes it.
    package var record: HostRecord

    package struct IGD: Codable, Hashable, Sendable {
        package var address: String
        package var device: String
        package var name: String?
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
        package var driver: String?
        package var group: Int?
        package var groupMembers: [String]
    }

    package struct OpRegion: Codable, Hashable, Sendable {
        package var size: UInt64
        package var exportedSize: UInt64
        package var version: String
        package var mailboxes: UInt32
        package var rvda: UInt64
        package var rvds: UInt64
        package var findings: [String]
    }

    package struct Step: Codable, Hashable, Sendable {
        package var topic: String
        /// `done`, `needed`, `blocked`, `unknown`, `note`
        package var state: String
        package var sentence: String
        package var remedy: String?
    }

    package struct Purpose: Codable, Hashable, Sendable {
        package var purpose: String
        package var qemu: String
        /// `works`, `degraded`, `fails`; `none` where there is no plan.
        package var verdict: String
        package var guest: String
        package var loss: String?
    }

    package init(_ host: HostReport) {
        functions = host.functions
        machine = host.system.machine
        kernel = host.system.kernel
        lpc = host.lpc.map(HostText.identity)
        hostBridge = host.hostBridge.map(HostText.identity)
        addressWidth = host.addressWidth
        otherDisplays = host.otherDisplays.map { "\($0.address)" }
        opRegion = host.opRegion.map { dump in
            OpRegion(
                size: dump.region.size.rawValue, exportedSize: dump.region.exportedSize.rawValue,
                version: dump.region.version.description, mailboxes: dump.region.mailboxes.rawValue,
                rvda: dump.region.rvda, rvds: dump.region.rvds.rawValue,
                findings: dump.region.findings.map(\.description))
        }
        steps = host.steps.map {
            Step(
                topic: $0.topic.rawValue, state: $0.state.rawValue, sentence: $0.statement.description,
                remedy: $0.remedy)
        }
        purposes = (host.outlook?.cells ?? []).map {
            Purpose(
                purpose: $0.purpose.rawValue, qemu: $0.qemu.description, verdict: $0.level?.rawValue ?? "none",
                guest: $0.guest, loss: $0.loss?.description)
        }
        igd = host.igd.map { igd in
            IGD(
                address: igd.address.description, device: HostText.identity(igd), name: host.names.igd,
                platform: igd.platform?.rawValue, generation: igd.generation?.description,
                classCode: igd.classCode?.description, graphicsControl: igd.graphicsControl?.word,
                stolenMemory: igd.stolenMemorySize?.rawValue, gtt: igd.graphicsControl?.gttSize?.rawValue,
                bdsm: igd.bdsm?.rawValue, bdsmIsLocked: igd.bdsmIsLocked, asls: igd.asls,
                aslsPageOffset: igd.aslsPageOffset?.rawValue,
                driver: host.igdState?.driver?.name,
                group: host.igdState?.group, groupMembers: host.groupMembers.map(\.description))
        }
        record = host.record
    }
}
