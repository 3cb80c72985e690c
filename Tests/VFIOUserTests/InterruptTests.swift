import BerthVFIOUser
import Glibc
import TestSupport
import Testing

/// Interrupts that a function shows and never raises.
struct InterruptTests {
    private struct Shown: SilentInterrupts {
        var hasPin: Bool
        var hasMSI: Bool
        var registers = FunctionRegisters(.init(vendor: 0x8086, device: 0x1616, classCode: 0x03_0000))

        init(hasPin: Bool = true, hasMSI: Bool = true) {
            self.hasPin = hasPin
            self.hasMSI = hasMSI
            registers.setPin()
            registers.setMSI(at: 0x90)
        }

        func attach() {}
        func reset() {}
        func detach() {}
        func region(_ index: FunctionRegion.Index) -> FunctionRegion {
            index == .configuration ? .trapped(size: registers.size, isWritable: true) : .absent
        }
        func read(_ index: FunctionRegion.Index, at offset: UInt64, count: Int) -> [UInt8] {
            registers.read(at: offset, count: count)
        }
        mutating func write(_ bytes: [UInt8], to index: FunctionRegion.Index, at offset: UInt64) {
            registers.write(bytes, at: offset)
        }
    }

    private struct Reply: Hashable {
        var error: UInt32
        var payload: [UInt8]

        init(_ error: UInt32, _ payload: [UInt8]) {
            self.error = error
            self.payload = payload
        }
    }

    /// The reply's errno, and what is behind its header.
    private func ask(_ function: any FunctionBehaviour, _ command: UInt16, _ body: [UInt8]) -> Reply {
        var conversation = Conversation(function)
        _ = conversation.replies(to: message(1, [0, 0, 0, 0]))
        let replies = conversation.replies(to: message(command, body))
        guard replies.count == 1, let header = MessageHeader(replies[0]) else { return Reply(.max, []) }
        return Reply(header.error, Array(replies[0].dropFirst(MessageHeader.size)))
    }

    private func message(_ command: UInt16, _ body: [UInt8]) -> [UInt8] {
        MessageHeader(id: 7, command: command, size: UInt32(MessageHeader.size + body.count)).bytes + body
    }

    @Test func `a pin is one interrupt that masks itself, MSI one message, and there is no MSI-X`() {
        let kinds: [(UInt32, [UInt8])] = [
            (0, bytes(16, 0b0111, 0, 1)), (1, bytes(16, 0b1001, 1, 1)), (2, bytes(16, 0, 2, 0)),
        ]
        for (index, answer) in kinds {
            #expect(ask(Shown(), 7, bytes(16, 0, index, 0)) == Reply(0, answer))
        }
        #expect(ask(Shown(hasPin: false), 7, bytes(16, 0, 0, 0)) == Reply(0, bytes(16, 0, 0, 0)))
        #expect(ask(Shown(), 7, bytes(16, 0, 3, 0)) == Reply(UInt32(EINVAL), []))
    }

    @Test func `what QEMU asks of interrupts that are there is taken, and no more of them`() {
        // An eventfd for the pin, masking, none any more; the same for the message; more than there are.
        let requests: [([UInt8], Int32)] = [
            (bytes(20, 0x24, 0, 0, 1), 0), (bytes(20, 0x09, 0, 0, 1), 0), (bytes(20, 0x21, 0, 0, 0), 0),
            (bytes(20, 0x24, 1, 0, 1), 0), (bytes(20, 0x24, 1, 0, 2), EINVAL), (bytes(20, 0x24, 1, 1, 1), EINVAL),
            (bytes(20, 0x24, 0, .max, .max), EINVAL), (bytes(20, 0x24, 2, 0, 1), EINVAL),
        ]
        for (body, error) in requests { #expect(ask(Shown(), 8, body) == Reply(UInt32(error), [])) }
        #expect(ask(Shown(hasMSI: false), 8, bytes(20, 0x24, 1, 0, 1)) == Reply(UInt32(EINVAL), []))
    }

    @Test func `a guest finds the pin and the capability, and can turn the message on`() {
        var function = Shown()
        func word(_ offset: UInt64) -> UInt32 {
            function.read(.configuration, at: offset, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        #expect(word(0x04) == 0x0010_0000 && word(0x34) == 0x90 && word(0x3c) == 0x0100 && word(0x90) == 0x0005)
        function.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: 0x90)
        function.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: 0x94)
        function.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: 0x3c)
        #expect(word(0x90) == 0x0001_0005 && word(0x94) == 0xffff_fffc && word(0x3c) == 0x01ff)
    }
}
