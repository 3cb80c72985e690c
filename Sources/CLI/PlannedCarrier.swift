import BerthDiagnostics
import BerthPCI
import BerthTopology
import BerthVFIOUser

/// A function to serve, as a plan or options describe it.
struct PlannedCarrier {
    var identity: FunctionRegisters.Identity
    /// Stolen memory first, then the OpRegion.
    var bars: [CarrierFunction.BAR]
    var socket: String

    init(identity: FunctionRegisters.Identity, bars: [CarrierFunction.BAR], socket: String) {
        self.identity = identity
        self.bars = bars
        self.socket = socket
    }

    /// Errors: a device that no server describes.
    init(_ device: Device) throws(InputError) {
        guard let function = device.described, let socket = device.userSocket else {
            throw InputError("'\(device.id)' is a \(device.model), which no server shows", rule: "no-carrier")
        }
        identity = FunctionRegisters.Identity(
            vendor: function.vendor, device: function.device, subsystemVendor: function.vendor,
            subsystem: function.device, classCode: function.classCode.rawValue)
        self.socket = socket
        bars = []
        for bar in function.bars {
            guard case .bar(let number) = bar.index else { continue }
            let kind: FunctionRegisters.BARKind =
                switch bar.kind {
                case .io: .io
                case .memory32(_, let prefetchable): .memory32(prefetchable: prefetchable)
                case .memory64(_, let prefetchable): .memory64(prefetchable: prefetchable)
                }
            bars.append(CarrierFunction.BAR(number, size: bar.kind.size.rawValue, kind))
        }
    }

    /// Errors: a plan without a carrier that a server shows, with several of which none is named, or without the one named.
    static func device(_ id: String?, of guest: GuestTopology) throws(InputError) -> Device {
        let carriers = guest.devices.filter { $0.userSocket != nil }
        let names = carriers.map { "'\($0.id)'" }.joined(separator: ", ")
        if let id {
            guard let named = carriers.first(where: { $0.id == id }) else {
                throw InputError(
                    "--device: the plan has no carrier '\(id)'" + (names.isEmpty ? "" : "; it has \(names)"),
                    rule: "no-carrier",
                    kind: .usage)
            }
            return named
        }
        guard let only = carriers.first else {
            throw InputError(
                "the plan of '\(guest.name)' has no carrier that a server shows; --strategy vfio-user-lpc-bridge plans one",
                rule: "no-carrier")
        }
        guard carriers.count == 1 else {
            throw InputError(
                "the plan has more than one carrier, each with a server of its own: choose with --device one of \(names)",
                rule: "no-carrier", kind: .usage)
        }
        return only
    }

    /// `8086:9d84, class 060100, BAR 0 64 MiB, BAR 1 16 KiB`
    var text: String {
        let ids = [identity.vendor, identity.device].map { Hexadecimal.plain(UInt32($0), digits: 4) }.joined(
            separator: ":")
        let sizes = bars.map { ", BAR \($0.number) \(ByteCount($0.size))" }.joined()
        return "\(ids), class \(Hexadecimal.plain(identity.classCode, digits: 6))\(sizes)"
    }
}
