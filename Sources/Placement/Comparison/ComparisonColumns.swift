package import BerthStack
package import BerthTopology

extension Comparison {
    /// One firmware with one guest OS.
    package struct Column: Hashable, Sendable {
        package var firmware: FirmwareChoice
        package var guest: GuestOS

        package init(firmware: FirmwareChoice, guest: GuestOS) {
            self.firmware = firmware
            self.guest = guest
        }

        /// The guest's own firmware and OS.
        package init(own topology: GuestTopology) { self.init(firmware: topology.firmware, guest: topology.guest) }
    }

    /// Both firmwares with each guest OS that behaves differently: Linux before and from 6.14, and Windows. What the
    /// guest has itself stands for its kind; a guest without OS comes first.
    package static func columns(for topology: GuestTopology) -> [Column] {
        let kinds = [topology.firmwareKind] + topology.firmwareKind.others
        var guests: [GuestOS] = [.linux(.init(6, 1)), .linux(.init(6, 14)), .windows(11)]
        switch topology.guest {
        case .firmwareOnly: guests.insert(.firmwareOnly, at: 0)
        case .linux(let version): guests[version.batchesSizing ? 1 : 0] = topology.guest
        case .windows: guests[2] = topology.guest
        }
        return kinds.flatMap { kind in
            guests.map { guest in
                Column(firmware: FirmwareChoice(kind, of: topology.stack), guest: guest)
            }
        }
    }
}
