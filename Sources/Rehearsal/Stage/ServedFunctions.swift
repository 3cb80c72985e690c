import BerthPCI
import BerthTopology
import BerthVFIOUser
import Dispatch

/// The functions of a guest that servers show, served while it runs.
final class ServedFunctions: Sendable {
    private let servers: [FunctionServer]

    /// Every device with a socket, on that socket. `display` is the stand-in, by its id.
    ///
    /// Errors: a function that cannot be served.
    init(of guest: GuestTopology, display: (id: String, StandInDisplay)?) throws {
        var servers: [FunctionServer] = []
        for device in guest.devices {
            guard let path = device.userSocket, let described = device.described else { continue }
            let function: any FunctionBehaviour =
                if let display, display.id == device.id {
                    display.1
                } else {
                    try CarrierFunction(
                        .init(
                            vendor: described.vendor, device: described.device, subsystemVendor: described.vendor,
                            subsystem: described.device, classCode: described.classCode.rawValue),
                        bars: described.bars.filter { $0.index != .rom }.map {
                            .init($0.index.position, size: $0.kind.size.rawValue, $0.kind.served)
                        })
                }
            servers.append(try FunctionServer(function, path: path))
        }
        self.servers = servers
        for (number, server) in servers.enumerated() {
            DispatchQueue(label: "berth.served-\(number)").async { try? server.run() }
        }
    }

    /// Ends them, whether or not a guest is there.
    func stop() {
        for server in servers {
            server.requestStop()
            server.requestStop()
        }
    }
}
