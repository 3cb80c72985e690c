import BerthVFIOUser
import TestSupport
import Testing

/// Configuration space and BARs of a function without behaviour.
struct FunctionTests {
    private func number(_ bytes: [UInt8]) -> UInt32 { numbers(bytes).first ?? 0 }

    private func config(_ function: inout CarrierFunction, _ offset: UInt64) -> UInt32 {
        number(function.read(.configuration, at: offset, count: 4))
    }

    @Test func `identity, class and revision are where PCI has them`() throws {
        var function = try bridge()
        #expect(config(&function, 0x00) == 0x9d84_8086)
        #expect(config(&function, 0x04) == 0)
        #expect(config(&function, 0x08) == 0x0601_0000)
        #expect(config(&function, 0x0c) == 0)
        #expect(config(&function, 0x2c) == 0x7270_8086)
        #expect(config(&function, 0x34) == 0)
        #expect(function.region(.configuration).isTrapped(256))
    }

    @Test func `only what a guest may change changes`() throws {
        var function = try bridge()
        for offset in stride(from: UInt64(0), to: 256, by: 4) {
            function.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: offset)
        }
        #expect(config(&function, 0x00) == 0x9d84_8086)
        #expect(config(&function, 0x04) == 0x0547)
        #expect(config(&function, 0x08) == 0x0601_0000)
        #expect(config(&function, 0x0c) == 0xff)
        #expect(config(&function, 0x3c) == 0xff)
        function.reset()
        #expect(config(&function, 0x04) == 0)
    }

    @Test func `BARs answer to sizing`() throws {
        var function = try bridge(
            [
                .init(0, size: 64 << 20), .init(1, size: 4096, .memory32(prefetchable: false)),
                .init(2, size: 8 << 30, .memory64(prefetchable: true)),
                .init(4, size: 1 << 20, .memory64(prefetchable: false)),
            ], rom: [0x55, 0xaa] + [UInt8](repeating: 0, count: 2047))
        for offset: UInt64 in [0x10, 0x14, 0x18, 0x1c, 0x20, 0x24, 0x30] {
            function.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: offset)
        }
        #expect(config(&function, 0x10) == 0xfc00_0008)
        #expect(config(&function, 0x14) == 0xffff_f000)
        #expect(config(&function, 0x18) == 0xc)
        #expect(config(&function, 0x1c) == 0xffff_fffe)
        #expect(config(&function, 0x20) == 0xfff0_0004)
        #expect(config(&function, 0x24) == 0xffff_ffff)
        #expect(config(&function, 0x30) == 0xffff_f001)
        #expect(function.read(.rom, at: 0, count: 2) == [0x55, 0xaa])
        #expect(function.read(.rom, at: 4094, count: 2) == [0xff, 0xff])
    }

    @Test func `an address stays until it is reset`() throws {
        var function = try bridge()
        function.write([0x00, 0x00, 0x00, 0xf8], to: .configuration, at: 0x10)
        #expect(config(&function, 0x10) == 0xf800_0008)
        try function.attach()
        #expect(config(&function, 0x10) == 0x8)
    }

    private func message(_ bars: [CarrierFunction.BAR], rom: [UInt8] = []) -> String {
        do throws(FunctionError) {
            _ = try CarrierFunction(.init(vendor: 1, device: 1, classCode: 0), bars: bars, rom: rom)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `BARs that are none`() {
        #expect(message([.init(6, size: 4096)]) == "BAR 6: a function has the BARs 0 to 5")
        #expect(message([.init(-1, size: 4096)]) == "BAR -1: a function has the BARs 0 to 5")
        #expect(
            message([.init(0, size: 3 << 20)])
                == "BAR 0: 3145728 bytes is no power of two, which the size of a BAR has to be")
        #expect(message([.init(0, size: 0)]) == "BAR 0: 0 bytes is no power of two, which the size of a BAR has to be")
        #expect(message([.init(0, size: 4 << 30)]) == "BAR 0: 4294967296 bytes; one of 32 bits has 16 bytes to 2 GiB")
        #expect(
            message([.init(5, size: 4096, .memory64(prefetchable: true))])
                == "BAR 5: one of 64 bits takes the next register, which BAR 5 does not have")
        #expect(
            message([.init(0, size: 4096, .memory64(prefetchable: true)), .init(1, size: 4096)])
                == "BAR 1: given twice; a BAR of 64 bits takes the next one, too")
        #expect(message([.init(0, size: 2048)]) == "BAR 0: 2048 bytes; a client maps whole pages of 4096")
        #expect(message([.init(0, size: 16, .io)]) == "BAR 0: memory cannot lie behind an I/O BAR")
        #expect(
            message([.init(0, size: 4096, contents: [UInt8](repeating: 1, count: 4097))])
                == "BAR 0: 4097 bytes of contents do not fit into 4096")
    }

    @Test func `more memory than the machine has`() {
        let text = message([.init(0, size: 1 << 46, .memory64(prefetchable: true))])
        #expect(text.hasPrefix("67108864 MiB behind BARs are more than the "))
        #expect(text.hasSuffix(" MiB of this machine"))
    }

    @Test func `option ROMs that are none`() {
        #expect(message([], rom: [0x4d, 0x5a]) == "no option ROM: it does not begin with 55 AA")
        #expect(
            message([], rom: [0x55, 0xaa] + [UInt8](repeating: 0, count: 16 << 20))
                == "an option ROM has at most 16 MiB, not 16777218 bytes")
    }

    @Test func `memory that is shared begins with zeros and ends at its size`() throws {
        let memory = try SharedMemory(size: 4096)
        #expect(memory.read(at: 0, count: 4) == [0, 0, 0, 0])
        memory.write([1, 2, 3, 4], at: 4094)
        #expect(memory.read(at: 4092, count: 100) == [0, 0, 1, 2])
        memory.write([1], at: 4096)
        #expect(memory.read(at: 4096, count: 1) == [])
        #expect(memory.read(at: 0, count: -1) == [])
    }

    @Test func `registers of one's own have values and masks`() {
        var registers = FunctionRegisters(
            .init(vendor: 1, device: 2, classCode: 0x030000, revision: 7), isExtended: true)
        registers.set(0x0000_0208, at: 0x50, writable: 0x0000_0001)
        registers.write([0xff, 0xff, 0xff, 0xff], at: 0x50)
        #expect(numbers(registers.read(at: 0x50, count: 4)) == [0x209])
        #expect(registers.size == 4096)
        registers.set(1, at: 4094, writable: 0)
        #expect(registers.read(at: 4094, count: 4) == [0, 0])
        registers.reset()
        #expect(numbers(registers.read(at: 0x50, count: 4)) == [0x208])
    }
}

extension FunctionRegion {
    fileprivate func isTrapped(_ expected: UInt64) -> Bool {
        if case .trapped(expected, isWritable: true) = self { true } else { false }
    }
}
