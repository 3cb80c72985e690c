import Glibc

/// One client: what has come and not been answered, what has been answered and not gone out.
struct Connection {
    /// How a client left.
    enum Ending: Sendable, Hashable {
        case closed
        /// A header that begins no request, or a size that no message has: where the next one begins is not known.
        case notAMessage
        case refused
    }

    private struct Outgoing {
        var bytes: ArraySlice<UInt8>
        var memory: SharedMemory?
    }

    /// More answers than this wait for a client that reads none, in bytes; then no request of its is read.
    private static let backlog = 4 * WireLimit.data
    private static let chunk = 1 << 16

    let descriptor: Descriptor
    /// Of the process at the other end; 0 where unknown.
    let process: Int32
    private var exchange = MessageExchange()
    private var outgoing: [Outgoing] = []
    private var waiting = 0

    init(_ descriptor: Descriptor) {
        self.descriptor = descriptor
        // SO_PEERCRED gives process, user and group; glibc declares the structure for _GNU_SOURCE only.
        var credentials: (process: Int32, user: UInt32, group: UInt32) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: credentials))
        let peer = getsockopt(descriptor.number, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
        process = peer == 0 ? credentials.process : 0
    }

    var ending: Ending? { exchange.ending }

    /// What to wait for.
    var events: Int16 {
        var events: Int16 = 0
        if ending == nil, waiting < Self.backlog { events |= Int16(POLLIN) }
        if !outgoing.isEmpty { events |= Int16(POLLOUT) }
        return events
    }

    /// Nothing more comes and nothing more goes.
    var isOver: Bool { ending != nil && outgoing.isEmpty }

    /// Reads what has come, answers each whole message in its order, and sends what can go.
    mutating func serve(_ answer: MessageExchange.Answering) {
        if ending == nil, waiting < Self.backlog {
            switch UnixSocket.receive(descriptor, limit: Self.chunk) {
            case .bytes(let bytes):
                for reply in exchange.replies(to: bytes, answer) { queue(reply.bytes, reply.memory) }
                if ending == .notAMessage { drop() }
            case .nothingYet: break
            // Nobody reads what has not gone out.
            case .end: end(.closed)
            }
        }
        flush()
    }

    private mutating func queue(_ bytes: [UInt8], _ memory: SharedMemory?) {
        outgoing.append(Outgoing(bytes: bytes[...], memory: memory))
        waiting += bytes.count
    }

    private mutating func flush() {
        var gone = 0
        for index in outgoing.indices {
            guard let sent = UnixSocket.send(descriptor, outgoing[index].bytes, passing: outgoing[index].memory) else {
                end(.closed)
                return
            }
            waiting -= sent
            outgoing[index].bytes = outgoing[index].bytes.dropFirst(sent)
            // It went with the first byte.
            if sent > 0 { outgoing[index].memory = nil }
            guard outgoing[index].bytes.isEmpty else { break }
            gone += 1
        }
        outgoing.removeFirst(gone)
    }

    /// At once: what waits to go out is dropped.
    mutating func end(_ ending: Ending) {
        exchange.end(ending)
        drop()
    }

    private mutating func drop() {
        outgoing = []
        waiting = 0
    }
}
