/// What a client sent, cut into messages, each answered in its order. No socket is in it: bytes in, replies out.
struct MessageExchange {
    struct Reply {
        var bytes: [UInt8]
        /// Goes with it as a descriptor.
        var memory: SharedMemory?
    }

    typealias Answering = (inout Session, MessageHeader, [UInt8]) throws(Refusal) -> Answer

    private(set) var session = Session()
    private(set) var ending: Connection.Ending?
    /// Of a message that has not come whole.
    private var incoming: [UInt8] = []

    /// The replies to each message that is whole now; nothing after the end.
    mutating func replies(to bytes: [UInt8], _ answer: Answering) -> [Reply] {
        guard ending == nil else { return [] }
        incoming += bytes
        var replies: [Reply] = []
        var at = 0
        while ending == nil, let header = MessageHeader(incoming[at...].prefix(MessageHeader.size)) {
            let size = Int(header.size)
            guard header.isRequest, (MessageHeader.size...WireLimit.message).contains(size) else {
                end(.notAMessage)
                return []
            }
            guard incoming.count - at >= size else { break }
            if let reply = reply(to: header, Array(incoming[(at + MessageHeader.size)..<(at + size)]), answer) {
                replies.append(reply)
            }
            at += size
        }
        incoming.removeFirst(min(at, incoming.count))
        return replies
    }

    private mutating func reply(to header: MessageHeader, _ body: [UInt8], _ answer: Answering) -> Reply? {
        var reply = MessageHeader(
            id: header.id, command: header.command, size: UInt32(MessageHeader.size), flags: MessageHeader.reply)
        do {
            let answer = try answer(&session, header, body)
            guard !header.wantsNoReply else { return nil }
            reply.size += UInt32(answer.payload.count)
            return Reply(bytes: reply.bytes + answer.payload, memory: answer.memory)
        } catch {
            reply.flags |= MessageHeader.errorFlag
            reply.error = UInt32(bitPattern: error.number)
            // Who is not greeted has nothing more to say: QEMU gives up, and so would any client.
            if !session.isGreeted { ending = .refused }
            return header.wantsNoReply ? nil : Reply(bytes: reply.bytes)
        }
    }

    /// What has come and not been answered is dropped.
    mutating func end(_ ending: Connection.Ending) {
        self.ending = ending
        incoming = []
    }
}

/// A function and a client that is always let in, without a socket between them.
package struct Conversation {
    private var exchange = MessageExchange()
    private var function: any FunctionBehaviour

    package init(_ function: any FunctionBehaviour) { self.function = function }

    /// Whether the client was left or sent something that is no message.
    package var isOver: Bool { exchange.ending != nil }

    /// The replies to what has come whole, each with its header.
    package mutating func replies(to bytes: [UInt8]) -> [[UInt8]] {
        exchange.replies(to: bytes) { session, header, body throws(Refusal) in
            try session.answer(header, body, function: &function) { function throws(Refusal) in
                do throws(FunctionError) {
                    try function.attach()
                } catch {
                    throw Refusal(error.number)
                }
            }
        }.map(\.bytes)
    }
}
