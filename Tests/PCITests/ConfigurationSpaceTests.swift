import BerthPCI
import Testing

struct ConfigurationSpaceTests {
    /// The first 64 bytes of a graphics device.
    private let space = ConfigurationSpace(bytes: [
        0x86, 0x80, 0x1e, 0x19, 0x07, 0x04, 0x10, 0x00, 0x07, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x00,
        0x04, 0x00, 0x00, 0xa0, 0x60, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x90, 0x00, 0x00, 0x00, 0x00,
        0x01, 0x30, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x86, 0x80, 0x12, 0x22,
        0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0x01, 0x00, 0x00,
    ])

    @Test func `fields are read in little endian order`() {
        #expect(space.vendor == 0x8086)
        #expect(space.device == 0x191e)
        #expect(space.revision == 7)
        #expect(space.classCode == .vga)
        #expect(space.command?.rawValue == 0x0407)
        #expect(space.command?.contains([.ioSpace, .memorySpace, .busMaster]) == true)
        #expect(space.command?.contains(.systemError) == false)
        #expect(space.header == .endpoint)
        #expect(space.isMultifunction == false)
        #expect(space.subsystemVendor == 0x8086)
        #expect(space.subsystem == 0x2212)
        #expect(space.qword(at: 0) == 0x0010_0407_191e_8086)
    }

    @Test func `base addresses lose their flags and keep their space`() throws {
        let wide = try #require(space.baseAddress(0))
        #expect(wide.address == 0x60_a000_0000)
        #expect(wide.space == .memory64(prefetchable: false))
        let narrow = try #require(space.baseAddress(2))
        #expect(narrow.address == 0x9000_0000)
        #expect(narrow.space == .memory32(prefetchable: true))
        let ports = try #require(space.baseAddress(4))
        #expect(ports.address == 0x3000)
        #expect(ports.space == .io)
        #expect(space.baseAddress(5) == nil)
        #expect(space.baseAddress(6) == nil)
        #expect(space.baseAddress(-1) == nil)
    }

    @Test func `what was not dumped is nil, not zero`() {
        #expect(space.byte(at: 63) == 0)
        #expect(space.byte(at: 64) == nil)
        #expect(space.word(at: 63) == nil)
        #expect(space.dword(at: 61) == nil)
        #expect(space.qword(at: 57) == nil)
        #expect(space.byte(at: -1) == nil)
        #expect(space.dword(at: -4) == nil)
        #expect(ConfigurationSpace(bytes: []).vendor == nil)
        #expect(ConfigurationSpace(bytes: []).header == nil)
    }

    @Test func `no more than 4096 bytes are kept`() {
        #expect(ConfigurationSpace(bytes: [UInt8](repeating: 1, count: 5000)).bytes.count == 4096)
    }

    @Test func `a bridge has two base addresses and no subsystem here`() {
        var bytes = space.bytes
        bytes[0xe] = 0x81
        let bridge = ConfigurationSpace(bytes: bytes)
        #expect(bridge.header == .bridge)
        #expect(bridge.isMultifunction == true)
        #expect(bridge.subsystem == nil)
        #expect(bridge.baseAddress(2) == nil)
    }

    @Test func `an unknown header type is no header`() {
        var bytes = space.bytes
        bytes[0xe] = 0x02
        #expect(ConfigurationSpace(bytes: bytes).header == nil)
    }
}
