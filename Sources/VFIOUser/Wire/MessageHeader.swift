/// The 16 bytes before every message.
///
/// Source: QEMU docs/interop/vfio-user.rst, "Header"; hw/vfio-user/protocol.h.
package struct MessageHeader: Sendable, Hashable {
    package static let size = 16

    /// Chosen by who asks, repeated in the reply.
    package var id: UInt16
    /// A ``MessageCommand``, if it is known.
    package var command: UInt16
    /// Of the whole message, this header included.
    package var size: UInt32
    package var flags: UInt32
    /// An errno where ``isError``.
    package var error: UInt32

    package init(id: UInt16, command: UInt16, size: UInt32, flags: UInt32 = 0, error: UInt32 = 0) {
        self.id = id
        self.command = command
        self.size = size
        self.flags = flags
        self.error = error
    }

    /// Nil where there are fewer than 16 bytes.
    package init?(_ bytes: some Sequence<UInt8>) {
        var reader = WireReader(bytes.prefix(Self.size))
        guard let id = reader.next(UInt16.self), let command = reader.next(UInt16.self),
            let size = reader.next(UInt32.self), let flags = reader.next(UInt32.self),
            let error = reader.next(UInt32.self)
        else { return nil }
        self.init(id: id, command: command, size: size, flags: flags, error: error)
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: id)
        bytes.append(littleEndian: command)
        bytes.append(littleEndian: size)
        bytes.append(littleEndian: flags)
        bytes.append(littleEndian: error)
        return bytes
    }

    /// Bits 0 to 3 say what the message is; 0 is a request.
    package var isRequest: Bool { flags & 0xf == 0 }
    /// The request wants no reply, not even that it failed. QEMU sets it on writes to a BAR that is not mapped.
    package var wantsNoReply: Bool { flags & Self.noReply != 0 }
    package var isError: Bool { flags & Self.errorFlag != 0 }

    package static let reply: UInt32 = 0x1
    package static let noReply: UInt32 = 0x10
    package static let errorFlag: UInt32 = 0x20
}

/// What a message asks for.
///
/// Source: QEMU hw/vfio-user/protocol.h, `enum vfio_user_command`. An old text of libvfio-user numbers the reset 14.
package enum MessageCommand: UInt16, Sendable, CaseIterable {
    case version = 1
    case dmaMap, dmaUnmap, getInfo, getRegionInfo, getRegionIOFDs, getIRQInfo, setIRQs, regionRead, regionWrite
    case dmaRead, dmaWrite, reset
    case regionWriteMulti = 15
    case feature
}

/// What this server holds a client to.
package enum WireLimit {
    /// Of data in one read or write, in bytes; `max_data_xfer_size`, and QEMU's own bound.
    package static let data = 1 << 20
    /// Of one message, in bytes.
    package static let message = data + 64
    /// Of the capabilities in the first message, in bytes. QEMU 11.1 sends 198.
    package static let capabilities = 1 << 14
}
