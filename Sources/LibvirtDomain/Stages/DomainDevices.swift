/// The devices of a domain, kind after kind.
///
/// In libvirt's order: disks by bus and name, controllers by type and index, a primary video first, the others as written.
package struct DomainDevices: Hashable, Sendable {
    private var lists: [[DomainDevice]]

    init() { lists = Array(repeating: [], count: DomainDevice.Kind.allCases.count) }

    package subscript(kind: DomainDevice.Kind) -> [DomainDevice] {
        get { lists[kind.rawValue] }
        // In place: a list can have thousands of devices.
        _modify { yield &lists[kind.rawValue] }
    }

    package var all: [DomainDevice] { lists.flatMap { $0 } }
}
