import Glibc

/// What a message gets for an answer. No socket is in it: bytes in, bytes out.
struct Answer {
    /// Behind the header.
    var payload: [UInt8] = []
    /// Goes with the reply as a descriptor.
    var memory: SharedMemory?
}

/// An errno for the client.
struct Refusal: Error {
    var number: Int32
    init(_ number: Int32) { self.number = number }
}

/// One client's conversation with the function.
///
/// Source: QEMU docs/interop/vfio-user.rst; what QEMU 11.1.3 sends and makes of each answer was measured.
struct Session {
    /// 5 interrupt kinds of VFIO for PCI. INTx and MSI are there where the function says so, MSI-X never. QEMU warns where an error
    /// interrupt is there without being any, and says nothing where it is refused.
    private static let interruptKinds: UInt32 = 5
    private static let regions: UInt32 = 9

    private var descriptors = 1
    private(set) var isGreeted = false

    /// - Parameter greet: called for the first message once it is well formed; refuses the client where the function is taken.
    mutating func answer(
        _ header: MessageHeader, _ body: [UInt8], function: inout any FunctionBehaviour,
        greet: (inout any FunctionBehaviour) throws(Refusal) -> Void
    ) throws(Refusal) -> Answer {
        guard let command = MessageCommand(rawValue: header.command) else { throw Refusal(ENOSYS) }
        var reader = WireReader(body)
        guard isGreeted else {
            guard command == .version else { throw Refusal(EINVAL) }
            let answer = try version(&reader)
            try greet(&function)
            isGreeted = true
            return answer
        }
        switch command {
        case .version: throw Refusal(EINVAL)
        // Guest memory is nothing to a function that never reads it; whoever gets the message has closed its descriptors.
        case .dmaMap: return try dma(body, size: 32, echo: 0)
        case .dmaUnmap: return try dma(body, size: 24, echo: 24)
        case .getInfo: return try info(&reader)
        case .getRegionInfo: return try regionInfo(&reader, function)
        case .getIRQInfo: return try interruptInfo(&reader, function)
        case .setIRQs: return try setInterrupts(&reader, function)
        case .regionRead: return try read(&reader, body, &function)
        case .regionWrite: return try write(&reader, body, &function)
        case .reset:
            function.reset()
            return Answer()
        case .feature: throw Refusal(ENOTTY)
        case .getRegionIOFDs, .dmaRead, .dmaWrite, .regionWriteMulti: throw Refusal(ENOSYS)
        }
    }

    private mutating func version(_ reader: inout WireReader) throws(Refusal) -> Answer {
        guard let major = reader.next(UInt16.self), reader.next(UInt16.self) != nil, major == 0,
            let capabilities = ClientCapabilities(reader.rest)
        else { throw Refusal(EINVAL) }
        descriptors = capabilities.descriptors
        // 0.0 is the only version there is.
        return Answer(payload: [0, 0, 0, 0] + ClientCapabilities.ofServer)
    }

    private func dma(_ body: [UInt8], size: Int, echo: Int) throws(Refusal) -> Answer {
        guard body.count >= size else { throw Refusal(EINVAL) }
        return Answer(payload: Array(body.prefix(echo)))
    }

    private func info(_ reader: inout WireReader) throws(Refusal) -> Answer {
        guard let room = reader.next(UInt32.self), room >= 16 else { throw Refusal(EINVAL) }
        // It can be reset, and it is a PCI function.
        return numbers(16, 0b11, Self.regions, Self.interruptKinds)
    }

    private func numbers(_ values: UInt32...) -> Answer {
        var answer = Answer()
        for value in values { answer.payload.append(littleEndian: value) }
        return answer
    }

    private func regionInfo(_ reader: inout WireReader, _ function: any FunctionBehaviour) throws(Refusal) -> Answer {
        guard let room = reader.next(UInt32.self), room >= 32, reader.next(UInt32.self) != nil,
            let number = reader.next(UInt32.self), let index = FunctionRegion.Index(rawValue: number)
        else { throw Refusal(EINVAL) }
        let region = function.region(index)
        // Read, write, map: bits 0, 1, 2.
        let flags: UInt32
        var memory: SharedMemory?
        switch region {
        case .absent: flags = 0
        case .trapped(_, let isWritable): flags = isWritable ? 0b011 : 0b001
        case .mapped(let shared):
            memory = descriptors > 0 ? shared : nil
            flags = memory == nil ? 0b011 : 0b111
        }
        var answer = numbers(32, flags, number, 0)
        answer.payload.append(littleEndian: region.size)
        answer.payload.append(littleEndian: UInt64(0))
        answer.memory = memory
        return answer
    }

    /// How many interrupts of a kind the function has; nil for a kind that is refused.
    private func interrupts(_ index: UInt32, _ function: any FunctionBehaviour) -> UInt32? {
        let silent = function as? any SilentInterrupts
        switch index {
        case 0: return silent?.hasPin == true ? 1 : 0
        case 1: return silent?.hasMSI == true ? 1 : 0
        case 2: return 0
        default: return nil
        }
    }

    private func interruptInfo(
        _ reader: inout WireReader, _ function: any FunctionBehaviour
    ) throws(Refusal) -> Answer {
        guard let room = reader.next(UInt32.self), room >= 16, reader.next(UInt32.self) != nil,
            let index = reader.next(UInt32.self), let count = interrupts(index, function)
        else { throw Refusal(EINVAL) }
        // By eventfd; a pin can be masked and masks itself; the number of messages stays.
        let flags: UInt32 = count == 0 ? 0 : index == 0 ? 0b0111 : 0b1001
        return numbers(16, flags, index, count)
    }

    /// An eventfd that comes with it is never signalled, so that nobody keeps it.
    private func setInterrupts(
        _ reader: inout WireReader, _ function: any FunctionBehaviour
    ) throws(Refusal) -> Answer {
        guard reader.next(UInt32.self) != nil, reader.next(UInt32.self) != nil, let index = reader.next(UInt32.self),
            let start = reader.next(UInt32.self), let count = reader.next(UInt32.self),
            let known = interrupts(index, function), count == 0 || start < known && count <= known - start
        else { throw Refusal(EINVAL) }
        return Answer()
    }

    /// Offset, region and count of an access that stays within its region.
    private func access(
        _ reader: inout WireReader, _ function: any FunctionBehaviour
    ) throws(Refusal) -> (offset: UInt64, index: FunctionRegion.Index, count: Int, region: FunctionRegion) {
        guard let offset = reader.next(UInt64.self), let number = reader.next(UInt32.self),
            let count = reader.next(UInt32.self), let index = FunctionRegion.Index(rawValue: number),
            count > 0, count <= WireLimit.data
        else { throw Refusal(EINVAL) }
        let region = function.region(index)
        let (end, overflows) = offset.addingReportingOverflow(UInt64(count))
        guard !overflows, end <= region.size else { throw Refusal(EINVAL) }
        return (offset, index, Int(count), region)
    }

    private func read(
        _ reader: inout WireReader, _ body: [UInt8], _ function: inout any FunctionBehaviour
    ) throws(Refusal) -> Answer {
        let (offset, index, count, region) = try access(&reader, function)
        var data: [UInt8]
        if case .mapped(let memory) = region {
            data = memory.read(at: offset, count: count)
        } else {
            data = function.read(index, at: offset, count: count)
        }
        data = Array(data.prefix(count))
        data += [UInt8](repeating: 0, count: count - data.count)
        return Answer(payload: body.prefix(16) + data)
    }

    private func write(
        _ reader: inout WireReader, _ body: [UInt8], _ function: inout any FunctionBehaviour
    ) throws(Refusal) -> Answer {
        let (offset, index, count, region) = try access(&reader, function)
        let data = reader.rest
        guard data.count == count else { throw Refusal(EINVAL) }
        switch region {
        case .mapped(let memory): memory.write(data, at: offset)
        case .trapped(_, isWritable: true): function.write(data, to: index, at: offset)
        // As a ROM does. QEMU waits for no answer to such a write, so an error would be lost anyway.
        case .trapped, .absent: break
        }
        return Answer(payload: Array(body.prefix(16)))
    }
}
