import BerthPCI
import BerthStack
import BerthTopology

extension FirmwareModels {
    static func decode(_ firmware: FirmwareChoice, _ tree: PCITree, _ outcome: FirmwareOutcome) -> any FirmwareDecode {
        switch firmware.kind {
        case .seabios: SeaBIOSDecode(tree, outcome)
        case .ovmf: OVMFDecode(tree, outcome)
        }
    }
}

extension PCITree {
    /// Functions that Linux finds, in the order of the tree.
    var reachable: [Int] { buses.indices.flatMap { visible(on: $0) }.sorted() }
    /// Functions that some firmware finds.
    var reachableByFirmware: [Int] {
        buses.indices.flatMap { visible(on: $0, includingVendorZero: true) }.sorted()
    }
}
