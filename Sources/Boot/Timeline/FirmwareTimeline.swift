import BerthPCI
import BerthTopology

extension PCITree {
    /// Functions that Linux finds, in the order of the tree.
    var reachable: [Int] { buses.indices.flatMap { visible(on: $0) }.sorted() }
    /// Functions that some firmware finds.
    var reachableByFirmware: [Int] {
        buses.indices.flatMap { visible(on: $0, includingVendorZero: true) }.sorted()
    }
}
