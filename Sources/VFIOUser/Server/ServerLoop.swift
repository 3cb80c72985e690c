import Glibc

/// What the thread of a server holds. Nothing in it waits but the one `poll`.
struct ServerLoop {
    private let listener: Listener
    private let wake: Descriptor
    private let mostWaiting: Int
    private var function: any FunctionBehaviour
    private var connections: [Connection] = []
    /// Of the connection that has the function; descriptors are unique while they are open.
    private var owner: Int32?
    private var isLeaving = false
    /// No descriptor was left for a client; it is tried again after a while or when a client goes.
    private var isShort = false

    init(listener: Listener, wake: Descriptor, function: any FunctionBehaviour, mostWaiting: Int) {
        self.listener = listener
        self.wake = wake
        self.function = function
        self.mostWaiting = mostWaiting
    }

    /// Waits for something to happen and does what it asks for. False: it is time to end.
    mutating func turn(wishes: () -> Int, _ log: (FunctionServer.Event) -> Void) throws(FunctionError) -> Bool {
        var polled = [pollfd(fd: wake.number, events: Int16(POLLIN), revents: 0)]
        polled.append(pollfd(fd: isShort ? -1 : listener.descriptor.number, events: Int16(POLLIN), revents: 0))
        polled += connections.map { pollfd(fd: $0.descriptor.number, events: $0.events, revents: 0) }
        let ready = poll(&polled, nfds_t(polled.count), isShort ? 100 : -1)
        guard ready >= 0 || errno == EINTR else { throw .system("cannot wait for clients", errno) }
        isShort = false
        if polled[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            _ = read(wake.number, &bytes, bytes.count)
        }
        guard !isTime(toEnd: wishes(), log) else { return false }
        for (index, polled) in polled.dropFirst(2).enumerated() where polled.revents != 0 { serve(index, log) }
        sweep(log)
        if polled[1].revents != 0 { accept(log) }
        return !(isLeaving && owner == nil)
    }

    private mutating func isTime(toEnd wishes: Int, _ log: (FunctionServer.Event) -> Void) -> Bool {
        guard wishes > 0 else { return false }
        guard let connection = connections.first(where: { $0.descriptor.number == owner }), wishes == 1 else {
            return true
        }
        if !isLeaving { log(.stopRefused(process: connection.process)) }
        isLeaving = true
        return false
    }

    private mutating func serve(_ index: Int, _ log: (FunctionServer.Event) -> Void) {
        let number = connections[index].descriptor.number
        let process = connections[index].process
        connections[index].serve { session, header, body throws(Refusal) in
            do throws(Refusal) {
                let answer = try session.answer(header, body, function: &function) { function throws(Refusal) in
                    guard owner == nil, !isLeaving else {
                        log(.refused(process: process))
                        throw Refusal(EBUSY)
                    }
                    do throws(FunctionError) {
                        try function.attach()
                    } catch {
                        log(.failed(error))
                        throw Refusal(error.number)
                    }
                    owner = number
                    log(.attached(process: process))
                }
                log(.answered(command: header.command, size: header.size, error: 0))
                return answer
            } catch {
                log(.answered(command: header.command, size: header.size, error: error.number))
                throw error
            }
        }
    }

    /// Lets go of those that are over.
    private mutating func sweep(_ log: (FunctionServer.Event) -> Void) {
        for connection in connections where connection.isOver && connection.descriptor.number == owner {
            leave(connection, log)
        }
        connections.removeAll(where: \.isOver)
    }

    private mutating func leave(_ connection: Connection, _ log: (FunctionServer.Event) -> Void) {
        owner = nil
        function.detach()
        log(.detached(process: connection.process, brokeProtocol: connection.ending == .notAMessage))
    }

    private mutating func accept(_ log: (FunctionServer.Event) -> Void) {
        do throws(FunctionError) {
            guard let descriptor = try listener.accept() else { return }
            let waiting = connections.indices.filter { connections[$0].descriptor.number != owner }
            if waiting.count >= mostWaiting, let oldest = waiting.first { connections.remove(at: oldest) }
            connections.append(Connection(descriptor))
        } catch {
            log(.failed(error))
            isShort = true
        }
    }

    /// Drops every client.
    mutating func end(_ log: (FunctionServer.Event) -> Void) {
        for connection in connections where connection.descriptor.number == owner { leave(connection, log) }
        connections = []
    }
}

extension FunctionError {
    /// What a client is told.
    var number: Int32 {
        if case .system(_, let number) = self { number } else { ENOMEM }
    }
}
