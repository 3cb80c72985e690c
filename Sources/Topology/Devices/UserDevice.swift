import BerthDiagnostics
import BerthPCI

/// A function that a program beside QEMU describes, over vfio-user.
///
/// Source: hw/vfio-user/pci.c @ QEMU 10.1.
package enum UserDevice {
    package static let model = "vfio-user-pci"

    /// How long QEMU waits for an answer, in milliseconds: an hour. After QEMU's own 5 s a server that was paused is as good as
    /// dead, since the late answer breaks the connection for good (QEMU 11.1.3, measured).
    package static let patience: UInt64 = 3_600_000

    /// Where the socket of one carrier of a guest is; at most 107 bytes, whatever the guest is called.
    package static func socketPath(guest: String, device: String) -> String {
        let tidy = String(guest.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
        return "/run/berth-carrier/\(tidy.prefix(60))/\(device.prefix(20)).sock"
    }
}

extension Device {
    /// A function of a vfio-user server's, with memory behind these BARs.
    package init(userDevice id: String, at slot: Slot, _ function: DescribedFunction, socket: String) {
        self.init(
            id: id, model: UserDevice.model, at: slot,
            properties: [Property("x-msg-timeout", .number(UserDevice.patience)), Property("socket", .text(socket))])
        described = function
    }

    /// The path of the socket of a vfio-user device; nil for every other device.
    package var userSocket: String? {
        guard model == UserDevice.model, case .text(let path)? = self["socket"] else { return nil }
        return path
    }

    /// The command that shows the function to the guest; nil for every other device.
    package var servedBy: String? {
        guard let path = userSocket, let function = described else { return nil }
        let options = PerRegion(stolenMemory: "size", opRegion: "opregion-size")
        let sizes = Region.allCases.compactMap { region in
            let number = PerRegion(stolenMemory: 0, opRegion: 1)[region]
            return function.bars.first { $0.index == .bar(number) }.map {
                " --\(options[region]) \($0.kind.size.qemuText)"
            }
        }
        let identity: String =
            switch function.classCode.baseAndSub {
            case ClassCode.hostBridge.baseAndSub: " --identity host"
            case ClassCode.isaBridge.baseAndSub: ""
            default: " --identity ram"
            }
        return "berth carrier serve --socket \(path)\(sizes.joined())\(identity)"
    }

    /// Takes the BARs of a device with the same server; false where it is another one.
    package mutating func join(_ other: Device) -> Bool {
        guard let path = userSocket, path == other.userSocket, id == other.id, slot == other.slot,
            let more = other.described, var function = described
        else { return false }
        function.bars += more.bars.filter { bar in !function.bars.contains { $0.index == bar.index } }
        function.bars.sort { $0.index < $1.index }
        described = function
        return true
    }
}

extension UserDevice {
    /// The member of `-device` that names the socket, which has no other syntax: `Property 'vfio-user-pci.socket.type' not found`.
    package static func member(_ path: String) -> (name: String, value: String) {
        ("socket", JSONText.object([("type", JSONText.string("unix")), ("path", JSONText.string(path))]))
    }
}

extension Property {
    /// As a member of QEMU's JSON.
    package var member: (name: String, value: String) {
        switch value {
        case .bool(let isOn): (name, isOn ? "true" : "false")
        case .number(let number): (name, "\(number)")
        case .text(let text): (name, JSONText.string(text))
        }
    }
}
