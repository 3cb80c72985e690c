import Glibc

/// What started the server and wants to know that it is ready: systemd, or anything else that speaks sd_notify(3).
package enum ServiceManager {
    /// Sends the state to the socket that `NOTIFY_SOCKET` names; `@` in front of a name means the abstract name space.
    ///
    /// - Returns: whether somebody got it. Nobody there is no error: who starts the server by hand waits for nothing.
    @discardableResult package static func tell(_ state: String, socket path: String) -> Bool {
        guard var address = UnixSocket.address(path) else { return false }
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard number >= 0 else { return false }
        let descriptor = Descriptor(number)
        // An abstract name is as long as it is said to be, a path ends with its NUL.
        var length = MemoryLayout<sa_family_t>.size + path.utf8.count
        if path.first == "@" {
            address.sun_path.0 = 0
        } else {
            length += 1
        }
        guard UnixSocket.call(connect, descriptor, address, length: length) == 0 else { return false }
        let bytes = Array(state.utf8)
        return bytes.withUnsafeBytes { send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == bytes.count
    }
}
