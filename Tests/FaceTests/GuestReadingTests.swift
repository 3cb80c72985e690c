import Berth
import Testing

/// Guests as the library reads them, with nothing but its public face.
struct GuestReadingTests {
    private static let topology = """
        name: small
        machine: pc
        memory: 512MiB
        devices:
          - {id: net, model: virtio-net-pci, at: "00:03.0"}
        """

    @Test func `a topology file is read`() throws {
        let guest = try Guest(topologyFile: Self.topology.utf8)
        #expect(guest.name == "small")
        #expect(!guest.hasIGD)
        #expect(guest.findings.isEmpty)
    }

    @Test func `a key that is not known is refused at its place`() throws {
        let error = try #require(throws: InputError.self) {
            try Guest(topologyFile: Self.topology.replacing("memory", with: "memori").utf8, file: "f")
        }
        #expect(error.kind == .unusable)
        #expect(error.findings.map(\.location?.description) == ["f:3:1"])
    }

    @Test func `QEMU's arguments and a domain are the same guest to the firmware`() throws {
        let arguments = try Guest(qemuArguments: [
            "-nodefaults", "-machine", "pc", "-m", "512", "-device", "virtio-net-pci,id=net0,addr=3",
        ])
        let domain = try Guest(
            domainXML: """
                <domain type='kvm'>
                  <name>small</name>
                  <memory unit='MiB'>512</memory>
                  <os><type machine='pc'>hvm</type></os>
                  <devices>
                    <controller type='usb' model='none'/>
                    <interface type='user'><model type='virtio'/><address type='pci' slot='3'/></interface>
                    <memballoon model='none'/>
                  </devices>
                </domain>
                """.utf8)
        let first = try Prediction(arguments).function("net0")
        let second = try Prediction(domain).function("net0")
        #expect(first.address == PCIAddress("00:03.0"))
        #expect(first.bars == second.bars)
        #expect(first.bars.map(\.kind) == [.io, .memory32, .memory64])
    }

    @Test func `every bundled guest is there by its name`() throws {
        #expect(Guest.bundledNames.contains("pc-seabios-gen9"))
        for name in Guest.bundledNames { #expect(Guest(bundled: name)?.name == name) }
        #expect(Guest(bundled: "no-such-guest") == nil)
        #expect(Catalog.guests.map(\.id) == Guest.bundledNames)
    }
}
