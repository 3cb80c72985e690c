package import Glibc

/// Addresses, and descriptors beside bytes, which Swift's module of glibc has no words for.
package enum UnixSocket {
    /// Of a path, in bytes, without the NUL. QEMU says "108" and takes 108; everybody else's limit is this one.
    package static let pathLimit = 107

    /// Nil for a path that does not fit, is empty or has a NUL in it.
    package static func address(_ path: String) -> sockaddr_un? {
        let bytes = Array(path.utf8)
        guard (1...pathLimit).contains(bytes.count), !bytes.contains(0) else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    package static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Descriptor,
        _ address: sockaddr_un,
        length: Int = MemoryLayout<sockaddr_un>.size
    ) -> Int32 {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor.number, $0, socklen_t(length))
            }
        }
    }

    /// What a receipt of a part of the stream came to.
    enum Receipt {
        case bytes([UInt8])
        case nothingYet
        case end
    }

    /// Most descriptors that the kernel passes with one call. Source: Linux include/net/scm.h, SCM_MAX_FD.
    private static let mostDescriptors = 253
    private static let headerSize = MemoryLayout<cmsghdr>.size

    /// What has come, at most `limit` bytes. Descriptors that came with it are closed at once: they are guest memory and
    /// eventfds, which nobody here uses, and guest memory would be kept alive by them.
    static func receive(_ descriptor: Descriptor, limit: Int) -> Receipt {
        var bytes = [UInt8](repeating: 0, count: limit)
        var control = [UInt8](repeating: 0, count: headerSize + 4 * mostDescriptors + 8)
        var received = -1
        var controlSize = 0
        repeat {
            (received, controlSize) = bytes.withUnsafeMutableBytes { bytes in
                control.withUnsafeMutableBytes { control in
                    var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
                    return withUnsafeMutablePointer(to: &part) { part in
                        var message = msghdr()
                        message.msg_iov = part
                        message.msg_iovlen = 1
                        message.msg_control = control.baseAddress
                        message.msg_controllen = control.count
                        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_CMSG_CLOEXEC)
                        let received = recvmsg(descriptor.number, &message, flags)
                        return (received, received < 0 ? 0 : message.msg_controllen)
                    }
                }
            }
        } while received < 0 && errno == EINTR
        if received < 0 { return errno == EAGAIN || errno == EWOULDBLOCK ? .nothingYet : .end }
        for number in descriptors(in: control.prefix(controlSize)) { close(number) }
        return received == 0 ? .end : .bytes(Array(bytes.prefix(received)))
    }

    /// Source: cmsg(3); on 64-bit Linux a header of 16 bytes (length, level, type), everything aligned to 8.
    private static func descriptors(in control: ArraySlice<UInt8>) -> [Int32] {
        var found: [Int32] = []
        var at = control.startIndex
        while control.endIndex - at >= headerSize {
            let header = control[at...].withUnsafeBytes { $0.loadUnaligned(as: cmsghdr.self) }
            guard header.cmsg_len >= headerSize, header.cmsg_len <= control.endIndex - at else { break }
            if header.cmsg_level == SOL_SOCKET, header.cmsg_type == Int32(SCM_RIGHTS) {
                let data = control[(at + headerSize)..<(at + header.cmsg_len)]
                data.withUnsafeBytes { data in
                    for index in 0..<data.count / 4 {
                        found.append(data.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self))
                    }
                }
            }
            at += (header.cmsg_len + 7) & ~7
            if at > control.endIndex { break }
        }
        return found
    }

    /// How many bytes went; nil where the other end is gone. `passing` goes with the first of them.
    static func send(_ descriptor: Descriptor, _ bytes: ArraySlice<UInt8>, passing memory: SharedMemory?) -> Int? {
        var control: [UInt8] = []
        if let memory {
            control = [UInt8](repeating: 0, count: headerSize + 8)
            var header = cmsghdr()
            header.cmsg_len = headerSize + 4
            header.cmsg_level = SOL_SOCKET
            header.cmsg_type = Int32(SCM_RIGHTS)
            control.withUnsafeMutableBytes {
                $0.storeBytes(of: header, as: cmsghdr.self)
                $0.storeBytes(of: memory.descriptor.number, toByteOffset: headerSize, as: Int32.self)
            }
        }
        var sent = -1
        repeat {
            sent = bytes.withUnsafeBytes { bytes in
                control.withUnsafeMutableBytes { control in
                    var part = iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
                    return withUnsafeMutablePointer(to: &part) { part in
                        var message = msghdr()
                        message.msg_iov = part
                        message.msg_iovlen = 1
                        if !control.isEmpty {
                            message.msg_control = control.baseAddress
                            message.msg_controllen = control.count
                        }
                        return sendmsg(
                            descriptor.number, &message, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                    }
                }
            }
        } while sent < 0 && errno == EINTR
        if sent < 0 { return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : nil }
        return sent
    }
}
